"""Handover: what the officer sees."""
