"""Inventory: acts."""
