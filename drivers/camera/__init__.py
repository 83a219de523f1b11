"""Cameras that speak ONVIF: found, looked at, turned. ``python -m drivers.camera`` serves a program."""
