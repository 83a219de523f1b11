"""Assessment: tables and queries."""
