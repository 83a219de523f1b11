"""Videowall: acts."""
