"""Inventory: facts and rules."""
