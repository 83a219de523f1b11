"""Radios: the bytes of their data ports, what they say and what they can be asked."""
