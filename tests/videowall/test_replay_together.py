"""Films of one event, begun at different moments, truly drawn by one clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.core.database import Database
from console.ui.style import apply_theme
from console.ui.translation import use_language
from console.videowall.model import (
    Recording,
    RecordingState,
)
from console.videowall.page import RecordingParts
from console.videowall.page.recording_parts import Opened
from console.videowall.page.replay_tile import ReplayTile
from console.videowall.service import Wall
from console.videowall.service import recordings as acts
from console.videowall.service.recorder import Recorder
from console.videowall.store import recordings as store
from tests.videowall.films import BARS, RATE, counted, write_counted
from tests.videowall.recorded import recorded
from tests.videowall.replayed import opened

LOOKS = 25


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "day")
    use_language(qapp, "zh_CN")
    yield
    use_language(qapp, "en")


def number_on(tile: ReplayTile) -> int:
    """The number of the picture that stands on the tile, read from the screen."""
    drawn = tile.screen().grabWindow(tile.window_number).toImage()
    middles = [round((bar + 0.5) * drawn.width() / BARS) for bar in range(BARS)]
    return counted([drawn.pixelColor(QPoint(x, drawn.height() // 2)).value() for x in middles])


def test_four_films_truly_run_by_one_clock(
    parts: RecordingParts, recorder: Recorder, database: Database, wall: Wall, qtbot: QtBot
) -> None:
    """Four films of one event that began at different moments show the same picture at once."""
    template = recorded(database, recorder, 0.5)
    assert template.began_at is not None
    films: list[Recording] = []
    for at, late in enumerate((0, 31, 50, 86)):  # pictures
        began = template.began_at + timedelta(seconds=late / RATE)
        one = replace(
            template, id=type(template.id)(f"film-{at}"), file=f"x/film-{at}.mp4", began_at=began,
            ended_at=began + timedelta(seconds=30), state=RecordingState.KEPT,
        )  # fmt: skip
        file = write_counted(acts.file_of(database, one), late, 30.0)
        films.append(replace(one, size=file.stat().st_size))
        with database.act(parts.actor()) as act:
            store.put(act.connection, films[-1])
    page = opened(replace(parts, wall=wall), qtbot)
    stage = page.stage
    files = tuple(acts.file_of(database, one) for one in films)
    stage.open_films(Opened(tuple(films), files, ((),) * 4, None))
    stage.go_to(template.began_at + timedelta(seconds=8.3))
    try:
        qtbot.waitUntil(lambda: all(tile.living for tile in stage.tiles), timeout=20000)
        apart: list[int] = []  # in pictures of a fifteenth of a second

        def together() -> bool:
            numbers = [number_on(tile) for tile in stage.tiles]
            apart.append(max(numbers) - min(numbers))
            return len(apart) >= LOOKS and sorted(apart[-LOOKS:])[LOOKS // 2] <= 3

        # each runs past what lies between its key picture and the moment, the slower the machine
        qtbot.waitUntil(together, timeout=15000)
        moment = stage.moment
        assert moment is not None
        due = (moment - template.began_at).total_seconds() * RATE
        assert abs(number_on(stage.tiles[0]) - due) < RATE  # within a second of what is told
    finally:
        stage.close_films()
        wall.stop()
