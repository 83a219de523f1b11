"""Devices that say where they are."""
