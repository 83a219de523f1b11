"""Citizen: what the officer sees."""
