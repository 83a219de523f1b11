"""Handover: facts and rules."""
