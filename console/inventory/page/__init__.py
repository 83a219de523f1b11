"""Inventory: what the officer sees."""
