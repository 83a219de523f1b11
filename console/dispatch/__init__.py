"""Calls: intake, recommend, assign, arrive, feed back, close."""
