"""The duty desk: what waits, what is late, and the keys that act."""

from console.dispatch.page.desk import DeskPage
from console.dispatch.page.place import DeskPlace

__all__ = ["DeskPage", "DeskPlace"]
