"""Citizen: acts."""
