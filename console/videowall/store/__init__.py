"""The tables of the video wall: cameras here, everything else in a module of its own."""

from console.videowall.store.cameras import camera, count, find, numbered, put, window

__all__ = ["camera", "count", "find", "numbered", "put", "window"]
