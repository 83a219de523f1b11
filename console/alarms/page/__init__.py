"""Alarms: what the officer sees."""
