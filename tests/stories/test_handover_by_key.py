"""The hand-over by key: an open call, a note, two signatures, the paper; the city hears of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.app.rooms.handover import picture_of
from console.drill.sample_post import drill_secret
from console.handover import service
from console.handover.model import Section
from console.handover.page import HandoverPage
from console.handover.page.print_sheet import PrintSheet
from console.handover.page.sign_sheet import SignSheet
from tests.stories.hands import Hands

pytestmark = pytest.mark.story


def sign(hands: Hands, key: str, number: str = "") -> None:
    """The sheet of this key is signed; with a number by somebody else."""
    hands.press(key)
    hands.asked()
    assert isinstance(hands.sheet, SignSheet)
    if number:
        hands.type(number)
        hands.press("Tab")
    hands.type(drill_secret(number or "0102"))
    hands.press("Return")
    hands.until(lambda: hands.sheet is None)


def test_a_shift_is_handed_over_by_key(hands: Hands, tmp_path: Path) -> None:
    scene, console = hands.scene, hands.console
    call_id = scene.publish()
    hands.choose(call_id)
    hands.press("F12")
    hands.until(lambda: isinstance(console.window.page("handover"), HandoverPage))
    page = console.window.page("handover")
    assert isinstance(page, HandoverPage)
    hands.until(lambda: page.content is not None and bool(page.lines.model.rows))
    assert page.content is not None
    assert all(part.known for part in page.content.parts)
    assert [line.id for line in page.content.part(Section.CALLS).lines] == [call_id]
    hands.press("N")
    hands.type("1号车在修")
    hands.press("Escape")
    sign(hands, "S")
    hands.until(lambda: page.waiting is not None)
    assert "请接班人按 I 键签名接班" in page.notice.text
    sign(hands, "I", "0103")
    hands.until(lambda: console.session is not None and console.session.number == "0103")
    assert console.window.shown_page == "handover"
    hands.until(lambda: page.document is not None and page.document.taken)
    picture = picture_of(console)
    assert picture is not None
    colours = {
        picture.pixel(x, y)
        for x in range(0, picture.width(), 7)
        for y in range(0, picture.height(), 7)
    }
    assert len(colours) > 8  # a map and no empty plate, though another page is in front of it
    hands.press("P")
    hands.asked()
    assert isinstance(hands.sheet, PrintSheet)
    file = tmp_path / "handover.pdf"
    hands.press("Ctrl+A")
    hands.type(str(file))
    hands.press("Return")
    hands.until(file.exists)
    hands.until(lambda: hands.sheet is None)
    assert file.read_bytes().startswith(b"%PDF-") and b"/Image" in file.read_bytes()
    with scene.post.database.read() as connection:
        (kept,) = service.former(connection, None, 5)
    assert kept.incoming is not None
    assert (kept.outgoing.number, kept.incoming.number, kept.notes) == ("0102", "0103", "1号车在修")
    hands.until(scene.drained)
    ((kind, told),) = scene.heard(kept.id)
    assert (kind, told["open_calls"], told["counts"]["calls"]) == (
        "shift.handed_over", [call_id], 1,
    )  # fmt: skip
    scene.assert_whole()
