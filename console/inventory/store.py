"""Inventory: tables and queries."""
