"""Figures of the post's work."""
