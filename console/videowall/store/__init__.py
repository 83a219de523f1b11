"""The tables of the video wall: cameras here, recordings in their own module."""

from console.videowall.store.cameras import camera, count, find, numbered, put, window

__all__ = ["camera", "count", "find", "numbered", "put", "window"]
