"""Handover: tables and queries."""
