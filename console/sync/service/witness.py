"""What the city has countersigned of the audit trail: checked, kept, and held against the trail.

It is kept twice: in the store, and as a file beside the store's key, outside the data folder, so
that a data folder put back as it was yesterday is found out without the city too.
"""

from __future__ import annotations

import base64
import json
import logging
from pathlib import Path

import sqlalchemy as sa
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.x509.oid import NameOID

from console.core.actor import CITY
from console.core.clock import from_text
from console.core.database import Database
from console.core.errors import Refused, Unavailable
from console.core.keyfile import key_folder, key_id_of
from console.core.whole_file import replaced
from console.settings import CityRoad
from console.sync.model.checkpoint import (
    Countersigned,
    countersignatures,
    read_countersigned,
)
from console.sync.service.board import Board
from console.sync.store import checkpoint as store

log = logging.getLogger(__name__)
TRAIL = "trail"  # the part of the board that tells of it
CITY_WITNESS = "city witness"
ROLLED_BACK = "sync.trail_rolled_back"


class Witness:
    """Used by the sender of lane 1 and by the checkpointer; every call is short."""

    def __init__(self, database: Database, city: CityRoad, board: Board) -> None:
        self._database = database
        self._ca_file = city.ca_file
        self._board = board
        self._told: tuple[int, int] | None = None

    def take(self, body: object) -> None:
        """The countersignatures in the city's answer are kept; what does not hold is an alarm."""
        post, fresh = self._database.post, countersignatures(body)
        for found in fresh:
            if found.checkpoint.post != post or not holds(found, self._ca_file):
                log.error("a countersignature does not hold: record %d", found.checkpoint.seq)
                self._board.alarm(TRAIL, "sync.countersignature_bad")
                return
        if fresh:
            self._keep(fresh)
            self.look(fresh[-1])

    def compare(self, body: object) -> None:
        """The city's state is held against the trail: is what it countersigned last still there?"""
        found = read_countersigned(body.get("countersigned") if isinstance(body, dict) else None)
        if found is None:
            return
        if found.checkpoint.post != self._database.post or not holds(found, self._ca_file):
            self._board.alarm(TRAIL, "sync.countersignature_bad")
            return
        if self.look(found):
            self._keep([found])  # we may have fallen between its coming and its keeping

    def _keep(self, fresh: list[Countersigned]) -> None:
        with self._database.act(CITY) as act:
            for found in fresh:
                store.keep(act.connection, found)
        write_witness(self._database, fresh[-1])

    def look(self, found: Countersigned | None = None) -> bool:
        """Whether the trail holds ``found``, or what the witness file of this machine says.

        A trail that lacks what was countersigned is told once in the trail itself, and stands as an
        alarm until the city countersigns a later one.
        """
        if found is None:
            found = read_witness(self._database.path.parent)
        if found is None:
            return True
        with self._database.read() as connection:
            has = store.length(connection)
            there = store.hash_at(connection, found.checkpoint.seq)
        if there == found.checkpoint.hash or found.checkpoint.seq == 0:
            self._board.alarm(TRAIL, None)
            return True
        self._board.alarm(TRAIL, ROLLED_BACK)
        told = (found.checkpoint.seq, has)
        if self._told is None or self._told[0] != told[0]:
            self._told = told
            log.error("the audit trail lacks what the city countersigned: record %d", told[0])
            with self._database.act(CITY) as act:
                act.audit(
                    "audit.rolled_back",
                    "audit",
                    self._database.post,
                    countersigned=found.checkpoint.seq,
                    hash=found.checkpoint.hash,
                    signed_at=found.signed_at,
                    epoch=found.checkpoint.epoch,
                    has=has,
                )
        return False


def holds(found: Countersigned, ca_file: str) -> bool:
    """Whether the city's witness has signed this, by the CA that this post trusts."""
    try:
        authority = x509.load_pem_x509_certificate(Path(ca_file).read_bytes())
        own = x509.load_pem_x509_certificate(found.certificate.encode("ascii"))
        names = [str(n.value) for n in own.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
        key = own.public_key()
        if names != [CITY_WITNESS] or not isinstance(key, Ed25519PublicKey):
            return False
        own.verify_directly_issued_by(authority)
        if not own.not_valid_before_utc <= from_text(found.signed_at) <= own.not_valid_after_utc:
            return False
        key.verify(base64.b64decode(found.signature, validate=True), found.statement())
    except (OSError, ValueError, TypeError, InvalidSignature):
        return False
    return True


def witness_file(folder: Path) -> Path | None:
    """Where the last countersignature of the store in this data folder lies: beside its key."""
    key_id = key_id_of(folder)
    return None if key_id is None else key_folder() / f"{key_id}.witness"


def read_witness(folder: Path) -> Countersigned | None:
    """The countersignature beside the key; None when there is none yet. Refused when it is no such
    thing: whoever has damaged it may have had a reason."""
    place = witness_file(folder)
    if place is None or not place.exists():
        return None
    try:
        found = read_countersigned(json.loads(place.read_text("utf-8")))
    except (OSError, ValueError, RecursionError):
        found = None
    if found is None:
        raise Refused("audit.witness_unreadable", path=str(place))
    return found


def write_witness(database: Database, found: Countersigned) -> None:
    """The countersignature lies beside the key, if it is a later one than that which lay there."""
    place = witness_file(database.path.parent)
    if place is None:
        return
    try:
        known = read_witness(database.path.parent)
    except Refused:
        known = None
    if known is not None and not _is_later(found, known, database.epoch):
        return
    try:
        with replaced(place) as out:
            out.write(json.dumps(found.told(), indent=1).encode("utf-8"))
    except Unavailable as failed:  # the store has it, and the city too
        log.warning("the witness file could not be written: %s", failed)


def _is_later(found: Countersigned, known: Countersigned, epoch: str) -> bool:
    """In one life of the store the trail only grows; the present life comes after all others."""
    if found.checkpoint.epoch == known.checkpoint.epoch:
        return found.checkpoint.seq >= known.checkpoint.seq
    return found.checkpoint.epoch == epoch


def first_missing(
    connection: sa.Connection, signed: list[Countersigned]
) -> tuple[Countersigned, int] | None:
    """The first of these that the trail does not hold, and through which record the ones before it
    prove the trail; None when it holds them all."""
    proven = 0
    for found in sorted(signed, key=lambda one: one.checkpoint.seq):
        told = found.checkpoint
        if told.seq and store.hash_at(connection, told.seq) != told.hash:
            return found, proven
        proven = told.seq
    return None
