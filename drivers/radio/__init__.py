"""Radios, one file a device family."""
