"""A full disk under the open window: the desk says so, saves all of an act or nothing, and goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from console.core.database import Database
from console.core.errors import Unavailable
from console.core.words import say
from console.dispatch.model import CallStatus
from tests.stories.hands import Hands


class FullDisk:
    """SQLite's own limit on the pages of the file: past it, writing fails as on a full disk."""

    def __init__(self, database: Database) -> None:
        self._limit: int | None = None
        sa.event.listen(database.engine, "begin", self._on_begin)
        self._database = database

    def _on_begin(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={self._limit or 1073741823}")

    def fill(self) -> None:
        """Not one more page can be had."""
        with self._database.read() as connection:
            self._limit = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())

    def free(self) -> None:
        """There is room again."""
        self._limit = None


@pytest.mark.story
def test_the_desk_tells_of_a_full_disk_and_goes_on(hands: Hands) -> None:
    scene, window = hands.scene, hands.console.window
    call_id = scene.publish(report="打架" * 400)
    hands.choose(call_id)
    hands.press("Return")
    hands.shows(call_id, CallStatus.SIGNED)
    disk = FullDisk(scene.post.database)
    disk.fill()
    words = say(Unavailable("store.disk_full"), "zh_CN")
    long_text = "现场已控制" * 1000
    until_refused(hands, call_id, long_text, lambda: words in hands.words(window))
    assert scene.status(call_id) is not None
    waiting = scene.publish()  # the city's call waits for room, it is not lost
    disk.free()
    view = scene.view(call_id)
    assert view is not None
    before = len(view.log)
    hands.press("F")
    hands.asked()
    hands.type("恢复后补报")
    hands.press("Return")
    hands.until(lambda: len(view_log(hands, call_id)) > before)
    hands.until(lambda: scene.status(waiting) is CallStatus.RECEIVED)
    hands.until(scene.drained)
    scene.assert_whole()


def view_log(hands: Hands, call_id: str) -> tuple[object, ...]:
    """The call's lines."""
    view = hands.scene.view(call_id)
    assert view is not None
    return tuple(view.log)


def until_refused(hands: Hands, call_id: str, text: str, refused: Callable[[], bool]) -> None:
    """Feeds back again and again until the desk says that it could not be saved."""
    for _ in range(20):
        had = len(view_log(hands, call_id))
        hands.press("F")
        hands.asked()
        hands.type(text)
        hands.press("Return")
        hands.until(lambda had=had: refused() or len(view_log(hands, call_id)) > had)  # type: ignore[misc]
        if refused():
            assert len(view_log(hands, call_id)) == had  # all or nothing
            return
    raise AssertionError("the disk was never full")
