"""Citizen: tables and queries."""
