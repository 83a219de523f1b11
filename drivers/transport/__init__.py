"""Wires: how bytes come and go."""
