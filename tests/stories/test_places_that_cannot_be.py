"""Places that cannot be, in bytes through the real link: flagged on the desk, kept, and not drawn."""

from __future__ import annotations

from datetime import timedelta

from console.patrol.store import tracks
from console.roster.model import FixVerdict
from console.ui.style import Tone
from tests.stories.hands import Hands

HERE, FAR = (35.4000, 121.6000), (39.9000, 116.4000)


def place_column(hands: Hands) -> tuple[str, Tone, str]:
    """The crew's position as the desk's table shows it: words, tone and tip."""
    board = hands.console.desk.units
    (row,) = [row for row in board.model.rows if row.call_sign == "101"]
    column = board.model.columns[5]
    assert column.tone is not None
    assert column.tip is not None
    return column.text(row), column.tone(row), column.tip(row)


def drawn(hands: Hands) -> tuple[float, float]:
    latest = hands.scene.whereabouts("101")
    return round(latest.lat, 4), round(latest.lon, 4)


def test_a_jump_and_null_island_are_flagged_kept_and_not_drawn(hands: Hands) -> None:
    scene, board = hands.scene, hands.scene.post.positions
    scene.plug("101")
    hands.sign_in()
    hands.until(lambda: scene.stands("101", HERE))
    receiver, unit_id = scene.receivers["101"], scene.units["101"]
    receiver.place(*FAR, 0.0, 0.0, scene.clock.now() + timedelta(seconds=1))
    hands.until(lambda: unit_id in board.doubted())
    assert drawn(hands) == HERE
    hands.until(lambda: place_column(hands)[:2] == ("存疑", Tone.LATE))
    assert "39.9, 116.4" in place_column(hands)[2]

    def kept() -> bool:
        with scene.post.database.read() as connection:
            fixes = tracks.track(connection, unit_id, scene.clock.now() - timedelta(hours=1))
        return any(round(fix.lat, 4) == FAR[0] for fix in fixes)

    hands.until(kept)
    receiver.place(0.0, 0.0, 0.0, 0.0, scene.clock.now())
    hands.until(lambda: board.doubts(unit_id)[-1].verdict is FixVerdict.NONSENSE)
    assert drawn(hands) == HERE
    hands.until(lambda: scene.stands("101", HERE) and unit_id not in board.doubted())
    hands.until(lambda: place_column(hands)[0] != "存疑")
