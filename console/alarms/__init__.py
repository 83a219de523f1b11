"""Alarms: one line an originator and kind, from raised to cleared."""
