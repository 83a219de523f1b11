"""The rows of units, their statuses, whereabouts and duty levels."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from console.core.ids import UnitId
from console.core.tables import CanonicalJson, UtcTime, metadata
from console.roster.model import DutyOrder, NewUnit, TravelMode, Unit, Whereabouts

unit_table = sa.Table(
    "unit",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("call_sign", sa.String(32), nullable=False, unique=True),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("mode", sa.String(16), nullable=False),
    sa.Column("crew", CanonicalJson, nullable=False),
    sa.Column("kit", CanonicalJson, nullable=False),
    sa.Column("status", sa.String(32), nullable=False),
    sa.Column("status_since", UtcTime, nullable=False),
    sa.Column("on_duty", sa.Integer, nullable=False),
    sa.Column("area_id", sa.Text, nullable=True),
    sa.Column("rev", sa.Integer, nullable=False),
)

status_log = sa.Table(
    "unit_status_log",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("unit_id", sa.String(36), sa.ForeignKey("unit.id"), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("status", sa.String(32), nullable=False),
    sa.Column("previous", sa.String(32), nullable=False),
    sa.Column("previous_since", UtcTime, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    # the line that this one takes back; the line itself is never changed
    sa.Column("undoes", sa.Integer, nullable=True),
    sa.Index("unit_status_log_unit", "unit_id", "seq"),
)

whereabouts_table = sa.Table(
    "whereabouts",
    metadata,
    sa.Column("unit_id", sa.String(36), sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("lat", sa.Float, nullable=False),
    sa.Column("lon", sa.Float, nullable=False),
    sa.Column("fixed_at", UtcTime, nullable=False),
    sa.Column("received_at", UtcTime, nullable=False),
    sa.Column("speed_mps", sa.Float, nullable=True),
    sa.Column("course_deg", sa.Float, nullable=True),
    sa.Column("error_m", sa.Float, nullable=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("rev", sa.Integer, nullable=False),
)

duty_level_table = sa.Table(
    "duty_level",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("from_at", UtcTime, nullable=False),
    sa.Column("until_at", UtcTime, nullable=True),
    sa.Column("set_by", sa.Text, nullable=False),
    sa.Column("set_at", UtcTime, nullable=False),
)


# Built once: to build a statement costs more than to run it.
_UNITS = sa.select(unit_table, *(c.label(f"w_{c.name}") for c in whereabouts_table.c)).select_from(
    unit_table.outerjoin(whereabouts_table, whereabouts_table.c.unit_id == unit_table.c.id)
)
_ALL_UNITS = _UNITS.order_by(unit_table.c.call_sign)
_ONE_UNIT = _UNITS.where(unit_table.c.id == sa.bindparam("of_id"))
_UNIT_ROW = sa.select(unit_table).where(unit_table.c.id == sa.bindparam("of_id"))
_CHANGE = unit_table.update().where(unit_table.c.id == sa.bindparam("of_id"))
_LOG = status_log.insert()


def to_unit(row: Any) -> Unit:
    """The unit of a row."""
    return Unit(
        UnitId(row.id), row.call_sign, row.name, TravelMode(row.mode), tuple(row.crew),
        frozenset(row.kit), row.status, row.status_since, bool(row.on_duty), row.rev, row.area_id,
    )  # fmt: skip


def all_units(connection: sa.Connection) -> list[tuple[Unit, Whereabouts | None]]:
    """Every unit with its last place, by call sign, in one query."""
    rows = connection.execute(_ALL_UNITS)
    return [(to_unit(row), _to_place(row)) for row in rows]


def one_unit(connection: sa.Connection, unit_id: str) -> tuple[Unit, Whereabouts | None] | None:
    """This unit with its last place; None when there is none of this id."""
    row = connection.execute(_ONE_UNIT, {"of_id": unit_id}).first()
    return None if row is None else (to_unit(row), _to_place(row))


def _to_place(row: Any) -> Whereabouts | None:
    if row.w_unit_id is None:
        return None
    return Whereabouts(
        UnitId(row.w_unit_id), row.w_lat, row.w_lon, row.w_fixed_at, row.w_received_at,
        row.w_speed_mps, row.w_course_deg, row.w_error_m, row.w_source,
    )  # fmt: skip


def plain_unit(connection: sa.Connection, unit_id: str) -> Unit | None:
    """This unit without its place; None when there is none of this id."""
    row = connection.execute(_UNIT_ROW, {"of_id": unit_id}).first()
    return None if row is None else to_unit(row)


def unit_ids(connection: sa.Connection) -> set[UnitId]:
    """The id of every unit."""
    return {UnitId(value) for value in connection.execute(sa.select(unit_table.c.id)).scalars()}


def call_sign_taken(connection: sa.Connection, call_sign: str, but: str = "") -> bool:
    """Another unit has this call sign."""
    found = connection.execute(
        sa.select(unit_table.c.id).where(
            unit_table.c.call_sign == call_sign, unit_table.c.id != but
        )
    ).first()
    return found is not None


def _told(new: NewUnit) -> dict[str, Any]:
    return {
        "call_sign": new.call_sign,
        "name": new.name,
        "mode": str(new.mode),
        "crew": list(new.crew),
        "kit": sorted(new.kit),
        "on_duty": int(new.on_duty),
        "area_id": new.area_id,
    }


def insert_unit(connection: sa.Connection, unit_id: str, new: NewUnit, at: datetime) -> None:
    """A row of a new unit."""
    connection.execute(
        unit_table.insert().values(
            id=unit_id, rev=1, status=new.status, status_since=at, **_told(new)
        )
    )


def update_unit(connection: sa.Connection, unit_id: str, rev: int, **values: Any) -> None:
    """These columns of the unit, and its revision."""
    connection.execute(_CHANGE, {**values, "rev": rev, "of_id": unit_id})


def rewrite_unit(connection: sa.Connection, unit_id: str, rev: int, new: NewUnit) -> None:
    """Everything told of the unit but its status."""
    update_unit(connection, unit_id, rev, **_told(new))


def log_status(connection: sa.Connection, **values: Any) -> int:
    """A line of the status log; returns its number."""
    return _number(connection.execute(_LOG, values))


def _number(result: sa.CursorResult[Any]) -> int:
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


def last_status_line(connection: sa.Connection, unit_id: str) -> Any:
    """The newest line of this unit's status log, if any."""
    return connection.execute(
        sa.select(status_log)
        .where(status_log.c.unit_id == unit_id)
        .order_by(status_log.c.seq.desc())
        .limit(1)
    ).first()


def status_lines(connection: sa.Connection, unit_id: str, most: int = 100) -> list[Any]:
    """The newest lines of the unit's status log."""
    return list(
        connection.execute(
            sa.select(status_log)
            .where(status_log.c.unit_id == unit_id)
            .order_by(status_log.c.seq.desc())
            .limit(most)
        )
    )


def keep_places(connection: sa.Connection, places: Iterable[Whereabouts]) -> dict[UnitId, int]:
    """The latest places are kept; returns each one's revision."""
    table = whereabouts_table
    rows = {place.unit_id: _place_values(place) for place in places}
    known = connection.execute(
        sa.select(table.c.unit_id, table.c.rev).where(table.c.unit_id.in_(rows))
    )
    revs = dict.fromkeys(rows, 1) | {UnitId(unit): rev + 1 for unit, rev in known}
    # two statements for two hundred crews, not four hundred: they come every second
    added = insert(table)
    kept = added.on_conflict_do_update(
        index_elements=[table.c.unit_id],
        set_={name: added.excluded[name] for name in ("rev", *_PLACE_COLUMNS)},
    )
    if rows:
        connection.execute(
            kept, [{"unit_id": unit, "rev": revs[unit], **row} for unit, row in rows.items()]
        )
    return revs


_PLACE_COLUMNS = (
    "lat", "lon", "fixed_at", "received_at", "speed_mps", "course_deg", "error_m", "source",
)  # fmt: skip


def _place_values(place: Whereabouts) -> dict[str, object]:
    return {name: getattr(place, name) for name in _PLACE_COLUMNS}


def insert_duty(connection: sa.Connection, order: DutyOrder) -> int:
    """A further duty level is kept; returns its number."""
    result = connection.execute(
        duty_level_table.insert().values(
            level=order.level,
            from_at=order.from_at,
            until_at=order.until_at,
            set_by=order.set_by,
            set_at=order.set_at,
        )
    )
    return _number(result)


def duty_in_force(connection: sa.Connection, now: datetime) -> DutyOrder | None:
    """The last order that holds now."""
    table = duty_level_table
    row = connection.execute(
        sa.select(table)
        .where(table.c.from_at <= now, sa.or_(table.c.until_at.is_(None), table.c.until_at > now))
        .order_by(table.c.seq.desc())
        .limit(1)
    ).first()
    return _to_duty(row)


def duty_coming(connection: sa.Connection, now: datetime) -> DutyOrder | None:
    """The last order that does not hold yet, if it was given after the one in force."""
    table = duty_level_table
    row = connection.execute(sa.select(table).order_by(table.c.seq.desc()).limit(1)).first()
    return _to_duty(row) if row is not None and row.from_at > now else None


def _to_duty(row: Any) -> DutyOrder | None:
    if row is None:
        return None
    return DutyOrder(row.level, row.from_at, row.until_at, row.set_by, row.set_at)
