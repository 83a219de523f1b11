"""Simulators: devices made of bytes, for tests, training and the drill."""
