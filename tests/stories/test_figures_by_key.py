"""The figures by key: calls are signed at the desk, counted on their page, and given out as a table."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from console.assessment.model import Grouping, Measure
from console.assessment.page import FiguresPage
from console.assessment.page.export import ExportSheet
from console.core import audit
from console.dispatch.model import CallStatus
from tests.stories.hands import Hands

pytestmark = pytest.mark.story


def figures_of(hands: Hands) -> FiguresPage:
    """The page, shown and filled."""
    hands.press("F9")
    hands.until(lambda: isinstance(hands.console.window.page("assessment"), FiguresPage))
    page = hands.console.window.page("assessment")
    assert isinstance(page, FiguresPage)
    hands.until(lambda: page.seen is not None and page.chart is not None)
    return page


def test_a_signed_call_is_counted_and_the_table_goes_out(hands: Hands, tmp_path: Path) -> None:
    scene = hands.scene
    first = scene.publish()
    hands.choose(first)
    hands.press("Return")
    hands.shows(first, CallStatus.SIGNED)
    second = scene.publish(place={"text": "某处", "datum": "wgs84"})
    hands.until(lambda: scene.status(second) is CallStatus.RECEIVED)
    page = figures_of(hands)
    hands.until(lambda: page.seen is not None and page.seen.total.calls == 2)
    assert page.seen is not None
    assert page.seen.total.spans.n == 1
    assert page.seen.total.bins[0] == 1
    hands.press("2")
    hands.until(lambda: page.seen is not None and page.seen.measure is Measure.DEPART)
    assert page.seen.total.spans.n == 0
    assert "无数据" in hands.words(page)
    hands.press("A")
    assert page.grouping is Grouping.AREA
    hands.press("1")
    hands.until(lambda: page.seen is not None and page.seen.measure is Measure.SIGN)
    hands.press("Ctrl+E")
    hands.asked()
    sheet = hands.sheet
    assert isinstance(sheet, ExportSheet)
    hands.type("周通报")
    hands.press("Shift+Tab")
    hands.press("Ctrl+A")
    file = tmp_path / "figures.csv"
    hands.type(str(file))
    hands.press("Return")
    hands.until(file.exists)
    hands.until(lambda: hands.sheet is None)
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert "0102" in rows[0][0] and "周通报" in rows[0][0]
    assert rows[-1][:3] == ["全日", "2", "1"]
    with scene.post.database.read() as connection:
        acts = [line.act for line in audit.lines(connection)]
    assert "figures.given_out" in acts
    scene.assert_whole()
