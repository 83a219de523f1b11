"""Alarms: facts and rules."""
