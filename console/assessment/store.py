"""The times of a day's calls, as dispatch keeps them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from console.assessment.model import CallTimes
from console.dispatch.model import CallStatus
from console.dispatch.model.call import short_number
from console.dispatch.store import call_table

_NOT_VALID = frozenset({CallStatus.CANCELLED, CallStatus.MERGED})
_NAMES = (
    "id", "number", "received_at", "status", "is_open", "area_id", "signed_at", "departed_at",
    "arrived_at", "first_feedback_at",
)  # fmt: skip
_TIMES = (
    sa.select(*(call_table.c[name] for name in _NAMES))
    .where(
        call_table.c.received_at >= sa.bindparam("begin"),
        call_table.c.received_at < sa.bindparam("end"),
    )
    .order_by(call_table.c.received_at, call_table.c.id)
)


def times_between(connection: sa.Connection, begin: datetime, end: datetime) -> list[CallTimes]:
    """The calls received from ``begin`` up to, not including, ``end``; the oldest first."""
    rows = connection.execute(_TIMES, {"begin": begin, "end": end})
    return [
        CallTimes(
            row.id, short_number(row.number), row.received_at, bool(row.is_open),
            CallStatus(row.status) not in _NOT_VALID, row.area_id, row.signed_at, row.departed_at,
            row.arrived_at, row.first_feedback_at,
        )
        for row in rows
    ]  # fmt: skip
