"""The exported map opens without a network, holds no operational text, and runs no name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from console.core.errors import Refused, Unavailable
from console.core.words import Words
from console.gridmap.export import export_map, page
from tests.gridmap.page.test_hardening import NASTY
from tests.gridmap.page.town import Town, TownArea, TownGraph, box

NAMESPACES = {"http://www.w3.org/2000/svg"}


def chinese(words: Words) -> str:
    return words.zh_CN


def test_it_names_no_address_of_the_internet() -> None:
    text = page(Town(), chinese, "© OpenStreetMap")
    comments = re.compile(r"/\*.*?\*/", re.DOTALL)  # Leaflet's style explains itself by bug numbers
    found = set(
        re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}[^\s\"'<)]*", comments.sub("", text))
    )
    assert found - NAMESPACES == set()
    assert "default-src 'none'" in text


def test_it_holds_the_roads_and_areas() -> None:
    text = page(Town(), chinese, "© OpenStreetMap")
    assert "L.polyline" in text
    assert text.count("L.polygon(") >= 2
    assert "30.005, 120.02" in text
    assert "\\u6e56\\u6ee8\\u5de1\\u533a" in text
    assert "© OpenStreetMap" in text


def test_it_is_whole_or_not_at_all(tmp_path: Path) -> None:
    place = tmp_path / "map.html"
    place.write_text("before", "utf-8")
    export_map(Town(), place, chinese, "©")
    assert place.read_text("utf-8") != "before"
    assert [f.name for f in tmp_path.iterdir()] == ["map.html"]
    with pytest.raises(Unavailable) as failed:
        export_map(Town(), tmp_path / "no" / "map.html", chinese, "©")
    assert failed.value.code == "gridmap.export_failed"


def test_without_roads_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Town) -> TownGraph:
        raise Refused("gridmap.roads_empty", path="x")

    monkeypatch.setattr(Town, "graph", fail)
    with pytest.raises(Refused):
        export_map(Town(), tmp_path / "map.html", chinese, "©")
    assert list(tmp_path.iterdir()) == []


def test_it_draws_and_no_name_runs(qtbot: QtBot, tmp_path: Path, qapp: object) -> None:
    nasty = "".join(NASTY)
    town = Town(areas=(TownArea(nasty, Words(nasty, nasty), 1, box(30, 120, 0.01, 0.01)),))
    export_map(town, tmp_path / "map.html", chinese, nasty)
    profile = QWebEngineProfile()
    shown = QWebEnginePage(profile)
    said: list[str] = []
    monkey: Callable[..., None] = lambda level, message, line, place: said.append(message)  # noqa: E731
    shown.javaScriptConsoleMessage = monkey  # type: ignore[method-assign]
    with qtbot.waitSignal(shown.loadFinished, timeout=20000) as loaded:
        shown.load(QUrl.fromLocalFile(str(tmp_path / "map.html")))
    assert loaded.args == [True]
    answers: list[object] = []
    shown.runJavaScript(
        "[typeof window.probe, document.querySelectorAll('.area-name').length,"
        " document.querySelectorAll('canvas').length,"
        " document.querySelectorAll('.area-name *:not(span)').length].join()",
        answers.append,
    )
    qtbot.waitUntil(lambda: bool(answers))
    delete(shown)
    delete(profile)
    assert answers == ["undefined,1,1,0"]
    assert said == []
