"""Upkeep of the post: its settings, its backups, its audit trail, and what it still lacks."""
