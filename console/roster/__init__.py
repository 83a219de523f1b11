"""Crews, their status and their latest whereabouts."""
