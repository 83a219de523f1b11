"""Cameras and their pictures."""
