"""Videowall: what the officer sees."""
