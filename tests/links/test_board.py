"""A panic button's board on the post's links: pressed, mute, pulled out, switched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.core.actor import Actor
from console.core.database import Database
from console.core.events import EventBus
from console.links.model import Inputs, Lamp, LinkPhase, Outcome, SwitchOutput
from drivers.sim.modbus import Board
from tests.links.rig import CALM, Post, until


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    made = Board("board", tmp_path / "ports")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def post(database: Database, bus: EventBus, officer: Actor) -> Iterator[Post]:
    made = Post(database, bus, officer)
    made.supervisor.start()
    yield made
    made.supervisor.stop()


def stands(post: Post) -> tuple[bool, ...] | None:
    """How the inputs stood when they were last told."""
    told = [one.reading for one in post.readings if isinstance(one.reading, Inputs)]
    return told[-1].values if told else None


def test_a_pressed_button_arrives_though_the_board_was_pulled_out_between(
    post: Post, board: Board
) -> None:
    post.connect(board, "modbus")
    until(lambda: stands(post) == (True,) * 8, "the inputs at rest")
    board.press(0)
    until(lambda: stands(post) == (False, *(True,) * 7), "the pressed button")
    board.unplug()
    post.reach(LinkPhase.LOST)
    board.release(0)
    board.plug()
    until(lambda: stands(post) == (True,) * 8, "the released button")
    assert (post.state.lost, post.state.recovered) == (1, 1)
    assert post.state.identity == "modbus:1"
    assert post.state.lamps.heartbeat is Lamp.ON


def test_an_output_is_switched_and_a_mute_board_is_told(post: Post, board: Board) -> None:
    link = post.connect(board, "modbus", settings={"outputs": 4})
    post.reach(LinkPhase.TRAFFIC)
    post.supervisor.order(link.id, SwitchOutput(3, True), 3.0, post.keep)
    until(lambda: len(post.outcomes) == 1, "the outcome")
    assert post.outcomes[0][0].done
    assert board.outputs[3]
    post.supervisor.order(link.id, SwitchOutput(4, True), 3.0, post.keep)
    until(lambda: len(post.outcomes) == 2, "the refusal")
    assert post.outcomes[1][0].cause == "not_supported"
    board.answers = False
    post.supervisor.order(link.id, SwitchOutput(0, True), 0.5, post.keep)
    until(lambda: len(post.outcomes) == 3, "the failure")
    assert post.outcomes[2][0].cause == "no_answer"
    post.reach(LinkPhase.SILENT)


def test_a_board_of_another_unit_number_is_silent(
    database: Database, bus: EventBus, officer: Actor, board: Board
) -> None:
    post = Post(database, bus, officer, CALM)
    post.supervisor.start()
    try:
        link = post.connect(board, "modbus", settings={"unit": 2})
        post.supervisor.order(link.id, SwitchOutput(0, True), 0.5, post.keep)
        until(lambda: len(post.outcomes) == 1, "the failure")
        assert post.outcomes[0][0]._replace(order_id="") == Outcome("", False, "no_answer")
        assert post.state.identity == ""
    finally:
        post.supervisor.stop()
