"""One visit: what was asked, what was done, by whom; who asked is masked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from console.citizen.model.person_number import plain_number
from console.core.errors import Refused
from console.core.text import shown

NAME_CHARS = 64
PHONE_CHARS = 20
IDENTITY_CHARS = 32
PLACE_CHARS = 120
WORDS_CHARS = 1000
REASON_CHARS = 200
_LONG = 100_000  # beyond it nothing is measured any more
_PHONE = re.compile(r"\+?\d{3,20}", re.ASCII)
_IDENTITY = re.compile(r"[0-9A-Z]{2,32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Personal:
    """Who came. Only ``reveal`` gives it whole, with a reason."""

    name: str = ""
    phone: str = ""
    id_number: str = ""


NO_PERSON = Personal()


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit. What is personal in it is masked here; ``forgotten``: blanked after its term."""

    id: str
    key: int
    number: str
    kind: str
    person: Personal
    place: str
    asked: str
    done: str
    result: str
    by: str
    at: datetime
    call_id: str | None
    forgotten: bool
    rev: int


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One line of a visit's story, never changed: recorded, corrected (with what stood there
    before), call, revealed, receipt, forgotten."""

    seq: int
    rev: int
    kind: str
    at: datetime
    by: str
    reason: str
    before: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VisitView:
    """A visit opened: its facts and its whole story, oldest first."""

    visit: Visit
    lines: tuple[VisitLine, ...]


@dataclass(frozen=True, slots=True)
class NewVisit:
    """What is told of a visit at the counter."""

    kind: str
    asked: str
    done: str = ""
    result: str = ""
    place: str = ""
    person: Personal = NO_PERSON


@dataclass(frozen=True, slots=True)
class Correction:
    """What a visit is to say from now on; None leaves a fact as it is. ``reason`` is needed."""

    reason: str
    kind: str | None = None
    asked: str | None = None
    done: str | None = None
    result: str | None = None
    place: str | None = None
    name: str | None = None
    phone: str | None = None
    id_number: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the counter looks for: a number, words or a whole phone number; one day, or all."""

    text: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class VisitsChanged:
    """Something was written to a visit, or to many when there is no id."""

    visit_id: str = ""


def checked_visit(new: NewVisit) -> NewVisit:
    """The visit as it may be kept. Refused without what was asked, and for a field that is too
    long: nothing that was typed is cut away unseen."""
    asked = checked_words("asked", new.asked, WORDS_CHARS)
    if not asked:
        raise Refused("citizen.nothing_asked", field="asked")
    return replace(
        new,
        asked=asked,
        done=checked_words("done", new.done, WORDS_CHARS),
        place=checked_words("place", new.place, PLACE_CHARS),
        person=Personal(
            checked_words("name", new.person.name, NAME_CHARS),
            checked_phone(new.person.phone),
            checked_identity(new.person.id_number),
        ),
    )


def checked_correction(told: Correction) -> Correction:
    """The correction as it may be kept. Refused without a reason, and as a new visit is."""
    reason = checked_words("reason", told.reason, REASON_CHARS)
    if not reason:
        raise Refused("citizen.reason_missing", field="reason")
    kept: dict[str, str | None] = {}
    for name, most in (
        ("asked", WORDS_CHARS), ("done", WORDS_CHARS), ("place", PLACE_CHARS), ("name", NAME_CHARS),
    ):  # fmt: skip
        value = getattr(told, name)
        kept[name] = None if value is None else checked_words(name, value, most)
    if kept["asked"] == "":
        raise Refused("citizen.nothing_asked", field="asked")
    return replace(
        told,
        reason=reason,
        phone=None if told.phone is None else checked_phone(told.phone),
        id_number=None if told.id_number is None else checked_identity(told.id_number),
        **kept,
    )


def checked_words(name: str, text: str, most: int) -> str:
    """The text without control characters and marks that turn its direction. Refused when it is
    longer than ``most``."""
    clean = shown(text, _LONG)
    if most < WORDS_CHARS:
        clean = " ".join(clean.split())  # a field of one line
    if len(clean) > most:
        raise Refused("citizen.too_long", field=name, most=most, count=len(clean))
    return clean


def checked_phone(text: str) -> str:
    """The phone number without blanks and hyphens. Refused when it is none."""
    plain = plain_number(shown(text, _LONG))
    if plain and not _PHONE.fullmatch(plain):
        raise Refused("citizen.bad_phone", field="phone", most=PHONE_CHARS)
    return plain


def checked_identity(text: str) -> str:
    """The id number without blanks and hyphens. Refused when it is none."""
    plain = plain_number(shown(text, _LONG))
    if plain and not _IDENTITY.fullmatch(plain):
        raise Refused("citizen.bad_id_number", field="id_number", most=IDENTITY_CHARS)
    return plain
