"""The audit trail proven: the chain in itself, and against what the city has countersigned."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from console.core.actor import Actor
from console.core.audit import AuditLine
from console.core.clock import from_text
from console.core.database import Database
from console.core.errors import Refused, Unavailable
from console.people.model import Right, require
from console.settings import CityRoad
from console.sync.model.checkpoint import Countersigned, read_countersigned
from console.sync.service.client import CityClient
from console.sync.service.witness import first_missing, holds, read_witness, witness_file
from console.sync.store import checkpoint as store
from console.upkeep.service.checks import PATIENCE
from console.upkeep.service.trail import verify_trail


@dataclass(frozen=True, slots=True)
class Proof:
    """The trail's last line; the latest checkpoint that the city countersigned and the trail holds;
    whether the city was asked, and why it could not be."""

    last: AuditLine | None
    signed: Countersigned | None
    asked: bool
    unasked: Unavailable | None


def prove_trail(database: Database, actor: Actor, city: CityRoad) -> Proof:
    """The chain holds and the trail is the one that the city has countersigned.

    Refused at the first record that breaks the chain, and for a trail that was rewritten, cut short
    or rolled back since. The city is asked where its address is set (some ten seconds at the
    most); else, and when it does not answer, what is kept here is what counts. By right.
    """
    require(actor, Right.READ_AUDIT)
    asked, unasked = False, None
    told: list[Countersigned] = []
    if city.url:
        try:
            told += _of_city(database, city)
            asked = True
        except Unavailable as failed:
            unasked = failed
    told += _of_file(database, city, needed=not told)
    with database.read() as connection:
        last = verify_trail(connection, actor)
        of_store = store.kept(connection, database.post, database.epoch)
        told += [found for found in of_store if not city.ca_file or holds(found, city.ca_file)]
        missing = first_missing(connection, told)
    if missing is not None:
        raise _missing(*missing, 0 if last is None else last.seq)
    latest = max(told, key=lambda found: found.checkpoint.seq, default=None)
    return Proof(last, latest, asked, unasked)


def _of_city(database: Database, city: CityRoad) -> list[Countersigned]:
    client = CityClient(city, database.post, PATIENCE, threading.Event())
    try:
        answer = client.get("state", epoch=database.epoch)
    finally:
        client.close()
    if answer.status != 200 or not isinstance(answer.body, dict):
        raise Unavailable("settings.city_status", status=answer.status)
    found = read_countersigned(answer.body.get("countersigned"))
    if found is None:
        return []
    _require_held(found, database, city, city.url)
    return [found]


def _of_file(database: Database, city: CityRoad, *, needed: bool) -> list[Countersigned]:
    """What lies beside the key. One that is damaged is refused only where nothing better is known."""
    try:
        found = read_witness(database.path.parent)
    except Refused:
        if needed:
            raise
        return []
    if found is None:
        return []
    if city.ca_file:
        _require_held(found, database, city, str(witness_file(database.path.parent)))
    return [found]


def _require_held(found: Countersigned, database: Database, city: CityRoad, place: str) -> None:
    if found.checkpoint.post != database.post or not holds(found, city.ca_file):
        raise Refused("audit.witness_forged", seq=found.checkpoint.seq, path=place)


def _missing(found: Countersigned, proven: int, has: int) -> Refused:
    told = found.checkpoint
    time = f"{from_text(found.signed_at).astimezone():%Y-%m-%d %H:%M:%S}"
    if told.seq > has:
        return Refused("audit.cut_short", seq=told.seq, has=has, time=time)
    return Refused("audit.rewritten", first=proven + 1, seq=told.seq, time=time)
