"""Patrol: acts."""
