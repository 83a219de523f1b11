"""Handover: acts."""
