"""Acts on cameras, in a real store."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from console.core import audit
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Conflict, Refused
from console.core.events import EventBus
from console.core.tables import audit_trail
from console.videowall import service
from console.videowall.model import Camera, CamerasChanged, Rect, Tier, checked
from console.videowall.page.camera_sheet import mask_of, mask_text
from tests.videowall.conftest import camera

SECRET = "Geheim-9431"


def kept(database: Database, number: str = "SX001") -> Camera:
    with database.read() as connection:
        (found,) = [one for one in service.cameras(connection) if one.number == number]
    return found


def trail(database: Database) -> str:
    with database.read() as connection:
        rows = connection.execute(audit_trail.select()).all()
        assert audit.first_fault(connection) is None
    return json.dumps([[str(part) for part in row] for row in rows], ensure_ascii=False)


def test_a_camera_is_kept_and_news_is_told(
    database: Database, officer: Actor, bus: EventBus
) -> None:
    heard: list[object] = []
    bus.subscribe(CamerasChanged, heard.append)
    new = camera(direction_deg=359.96, tier=Tier.FIRST, name="人民路\u202e路口\x07")
    one = service.add_camera(database, officer, new)
    assert kept(database) == one
    assert (one.name, one.direction_deg, one.tier, one.rev) == ("人民路路口", 0.0, Tier.FIRST, 1)
    assert heard == [CamerasChanged()]


def test_a_password_in_the_address_goes_to_its_own_column_and_into_no_trail(
    database: Database, officer: Actor
) -> None:
    new = camera(f"rtsp://wache:{SECRET}@10.0.0.9/ch1")
    one = service.add_camera(database, officer, new)
    assert kept(database).password == SECRET
    assert kept(database).address == "rtsp://10.0.0.9/ch1"
    service.change_camera(database, officer, replace(one, name="新名称", password=""))
    assert kept(database).password == SECRET  # not told again, so it stays
    service.looked(database, officer, one.id)
    changed = replace(kept(database), user="other", password="")
    service.change_camera(database, officer, changed)
    assert kept(database).password == ""  # another user: the old one's password is not his
    told = trail(database)
    assert "camera.add" in told and "camera.change" in told and "camera.look" in told
    assert SECRET not in told
    assert SECRET not in repr(one)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": " "}, "videowall.bad_number"),
        ({"number": "9" * 33}, "videowall.bad_number"),
        ({"name": "\u200b\u202e"}, "videowall.bad_name"),
        ({"name": "长" * 300}, "videowall.bad_name"),
        ({"lat": float("nan")}, "videowall.bad_place"),
        ({"lat": 91.0}, "videowall.bad_place"),
        ({"lon": 181.0}, "videowall.bad_place"),
        ({"direction_deg": 361.0}, "videowall.bad_direction"),
        ({"direction_deg": float("nan")}, "videowall.bad_direction"),
        ({"user": "u" * 65}, "videowall.bad_user"),
        ({"address": "gopher://x"}, "videowall.bad_kind"),
    ],
)
def test_what_no_camera_can_be_is_refused(
    database: Database, officer: Actor, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        service.add_camera(database, officer, replace(camera(), **changes))  # type: ignore[arg-type]
    assert refused.value.code == code
    with database.read() as connection:
        assert service.camera_count(connection) == 0


def test_numbers_are_unique_and_an_old_revision_does_not_overwrite(
    database: Database, officer: Actor
) -> None:
    one = service.add_camera(database, officer, camera())
    two = service.add_camera(database, officer, camera(number="SX002"))
    with pytest.raises(Refused, match="number_taken"):
        service.add_camera(database, officer, camera())
    with pytest.raises(Refused, match="number_taken"):
        service.change_camera(database, officer, replace(two, number="SX001"))
    service.change_camera(database, officer, replace(one, name="甲"))
    with pytest.raises(Conflict, match="changed_meanwhile"):
        service.change_camera(database, officer, replace(one, name="乙"))
    assert kept(database).name == "甲"


def test_only_who_manages_wires_changes_cameras(database: Database, officer: Actor) -> None:
    duty = Actor("officer", "0102", frozenset({"duty_officer"}))
    one = service.add_camera(database, officer, camera())
    for act in (
        lambda: service.add_camera(database, duty, camera(number="SX002")),
        lambda: service.change_camera(database, duty, one),
        lambda: service.CAMERAS.take(database, duty, []),
    ):
        with pytest.raises(Refused):
            act()
    service.looked(database, duty, one.id)  # looking is his work


def test_cameras_are_found_by_number_and_name_page_by_page(
    database: Database, officer: Actor
) -> None:
    for at in range(5):
        service.add_camera(database, officer, camera(number=f"SX00{at}", name=f"路口{at}%"))
    with database.read() as connection:
        first = service.cameras(connection, "sx", limit=2)
        rest = service.cameras(connection, "sx", first[-1].number)
        assert [one.number for one in first + rest] == [f"SX00{at}" for at in range(5)]
        assert [one.number for one in service.cameras(connection, "口3")] == ["SX003"]
        assert len(service.cameras(connection, "%")) == 5
        assert service.cameras(connection, "_") == []


def test_private_zones_are_written_as_shares_and_what_is_none_is_refused() -> None:
    zones = (Rect(0.1, 0.2, 0.3, 0.4), Rect(0.5, 0.0, 0.5, 0.125))
    assert mask_text(zones) == "10, 20, 30, 40; 50, 0, 50, 12.5"
    assert [
        [round(side, 4) for side in (z.left, z.top, z.width, z.height)]
        for z in mask_of("10，20，30，40；50,0,50,12.5;")
    ] == [[0.1, 0.2, 0.3, 0.4], [0.5, 0.0, 0.5, 0.125]]
    assert mask_of("") == ()
    for wrong in ("10,20,30", "a,b,c,d", "90,90,20,20", "0,0,0,0"):
        with pytest.raises(Refused, match="bad_mask"):
            checked(camera(mask=mask_of(wrong)))
