"""Videowall: tables and queries."""
