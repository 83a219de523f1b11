"""Patrol: what the officer sees."""
