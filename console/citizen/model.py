"""Citizen: facts and rules."""
