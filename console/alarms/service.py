"""Alarms: acts."""
