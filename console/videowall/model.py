"""Videowall: facts and rules."""
