"""A camera's password: it opens the camera, and stands nowhere that anybody can read."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import ConsoleError
from console.core.tables import audit_trail, outbox
from console.core.words import say
from console.videowall import service
from console.videowall.model import FAILURE_WORDS, Failure, Phase
from console.videowall.service import Wall
from tests.videowall.conftest import TILE, camera, until
from tests.videowall.stream import LoopbackCamera

SECRET = "Geheim+9431/x"


@pytest.fixture
def guarded() -> Iterator[LoopbackCamera]:
    made = LoopbackCamera(20, "wache", SECRET)
    made.start()
    yield made
    made.stop()


def test_the_password_opens_the_camera_and_is_seen_nowhere(
    database: Database,
    officer: Actor,
    wall: Wall,
    guarded: LoopbackCamera,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    one = service.add_camera(database, officer, camera(guarded.address(f"wache:{SECRET}@")))
    assert one.address == guarded.address()
    wall.show(TILE, one, 0)
    until(lambda: wall.picture(TILE).shown > 5)
    assert wall.pid_of(TILE) is not None
    process = psutil.Process(wall.pid_of(TILE))
    assert _holds_nothing(process)
    guarded.wanted = "Basic other"  # the password was changed at the camera
    wall.hide(TILE)
    wall.show(TILE, one, 0)
    until(lambda: wall.picture(TILE).phase is Phase.FAILED)
    assert wall.picture(TILE).failure is Failure.UNAUTHORISED
    told = FAILURE_WORDS[Failure.UNAUTHORISED]
    process.kill()
    until(lambda: wall.picture(TILE).replaced == 1)
    assert wall.pid_of(TILE) is None or _holds_nothing(psutil.Process(wall.pid_of(TILE)))
    with database.read() as connection:
        rows = [*connection.execute(audit_trail.select()), *connection.execute(outbox.select())]
        exported = json.dumps(list(service.CAMERAS.give(connection)))
    for text in (caplog.text, str(rows), exported, repr(one), str(told), repr(wall.picture(TILE))):
        assert SECRET not in text
        assert "Geheim" not in text


def _holds_nothing(process: psutil.Process) -> bool:
    place = Path(f"/proc/{process.pid}")
    read = [place / name for name in ("cmdline", "environ", "comm")]
    text = b"\n".join(file.read_bytes() for file in read)
    return b"Geheim" not in text and b"127.0.0.1" not in text


@pytest.mark.parametrize("address", ["ftp://u:{}@h/", "rtsp://u:{}@", "rtsp://u:{}@h/" + "x" * 600])
def test_a_refused_address_is_not_repeated(
    database: Database, officer: Actor, address: str
) -> None:
    with pytest.raises(ConsoleError) as refused:
        service.add_camera(database, officer, camera(address.format("Geheim-9431")))
    for text in (str(refused.value), say(refused.value, "zh_CN"), say(refused.value, "en")):
        assert "Geheim" not in text
