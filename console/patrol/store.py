"""Patrol: tables and queries."""
