"""The search indexes of every room, built anew from its rows."""

from __future__ import annotations

import sqlalchemy as sa

from console.citizen import service as citizen
from console.dispatch import service as dispatch


def index_anew(connection: sa.Connection) -> None:
    """Visits and calls are found by their words, whatever the indexes held before."""
    citizen.index_anew(connection)
    dispatch.index_anew(connection)
