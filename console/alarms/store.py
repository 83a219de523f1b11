"""Alarms: tables and queries."""
