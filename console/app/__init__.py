"""Everything is built here, once, and taken down in reverse."""

from console.app.post import Post

__all__ = ["Post"]
