"""Inputs and outputs: buttons, doors, lamps."""
