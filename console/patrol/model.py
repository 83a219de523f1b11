"""Patrol: facts and rules."""
