"""Checks before a setting is trusted. All of them wait for disk or network: off the UI thread."""

from __future__ import annotations

import threading
import time
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID

from console.core.clock import Clock, from_text
from console.core.errors import Refused, Unavailable
from console.gridmap.routing import RoadGraph
from console.gridmap.store import read_areas
from console.settings import CityRoad
from console.sync.model import Pace
from console.sync.service.client import CityClient
from console.upkeep.model import AreasFound, Certificate, CityAnswer, RoadsFound

PATIENCE = Pace(connect_s=4.0, answer_s=6.0)
_FILES = ("ca_file", "certificate_file", "key_file")


def check_roads(path: str, cache: Path | None) -> RoadsFound:
    """What the extract holds; what was read is kept in ``cache`` for the next start. Or Refused."""
    begun = time.monotonic()
    graph = RoadGraph.load(Path(path), cache)
    names = [name for _, name, _ in graph.ways()]
    took_ms = round((time.monotonic() - begun) * 1000)
    return RoadsFound(len(names), len({name for name in names if name}), took_ms)


def check_areas(path: str) -> AreasFound:
    """What the file of areas holds. Refused when it is none."""
    areas = read_areas(Path(path))
    return AreasFound(len(areas), sum(len(area.cells) for area in areas))


def check_certificate(road: CityRoad, post: str, now: datetime) -> Certificate:
    """The files fit each other, this post and today. Refused, with the field that is wrong."""
    for name in _FILES:
        place = getattr(road, name)
        if not place or not Path(place).is_file():
            raise Refused("settings.no_file", field=f"city.{name}", path=place or "–")
    authority = _certificate("ca_file", road.ca_file)
    own = _certificate("certificate_file", road.certificate_file)
    field = "city.certificate_file"
    names = [str(one.value) for one in own.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    if names != [post]:
        told = ", ".join(names) or "–"
        raise Refused("settings.certificate_of_other", field=field, name=told, post=post)
    ends_at = own.not_valid_after_utc
    if not own.not_valid_before_utc <= now < ends_at:
        raise Refused(
            "settings.certificate_not_now",
            field=field,
            begins=f"{own.not_valid_before_utc.astimezone():%Y-%m-%d}",
            ends=f"{ends_at.astimezone():%Y-%m-%d}",
        )
    try:
        own.verify_directly_issued_by(authority)
    except (InvalidSignature, ValueError, TypeError) as foreign:
        raise Refused("settings.certificate_foreign", field=field) from foreign
    _require_key(road.key_file, own)
    return Certificate(post, ends_at)


def ask_city(
    road: CityRoad, database: tuple[str, str], clock: Clock, halted: threading.Event
) -> CityAnswer:
    """The city answered about the post of this (id, epoch). Unavailable, in words, when it did not.

    Ends within some ten seconds, or at once when ``halted`` is set.
    """
    post, epoch = database
    begun = time.monotonic()
    client = CityClient(road, post, PATIENCE, halted)
    try:
        answer = client.get("state", epoch=epoch)
    finally:
        client.close()
    took_ms = round((time.monotonic() - begun) * 1000)
    if answer.status in (401, 403, 404):
        raise Unavailable("settings.city_refused", status=answer.status, post=post)
    if answer.status != 200:
        raise Unavailable("settings.city_status", status=answer.status)
    try:
        told = from_text(answer.body["time"])  # type: ignore[index]
    except (KeyError, TypeError, ValueError) as strange:
        raise Unavailable("settings.not_a_city", url=road.url) from strange
    return CityAnswer(took_ms, (told - clock.now()).total_seconds())


def _certificate(name: str, place: str) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(Path(place).read_bytes())
    except (OSError, ValueError) as broken:
        raise Refused("settings.certificate_broken", field=f"city.{name}", path=place) from broken


def _require_key(place: str, own: x509.Certificate) -> None:
    form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    try:
        key = serialization.load_pem_private_key(Path(place).read_bytes(), None)
    except (OSError, ValueError, TypeError) as broken:
        raise Refused("settings.key_broken", field="city.key_file", path=place) from broken
    if key.public_key().public_bytes(*form) != own.public_key().public_bytes(*form):
        raise Refused("settings.key_of_other", field="city.key_file", path=place)
