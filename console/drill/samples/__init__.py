"""What stands in the rooms of the sample post: one module a room, all of it invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from console.core.database import Database

Fill = Callable[[Database, str], None]


def fills() -> Sequence[Fill]:
    """What fills the rooms of a new sample post (database, language), in this order."""
    from console.drill.samples import alarms, inventory

    return (inventory.fill, alarms.fill)
