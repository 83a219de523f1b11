"""The recovery key on paper: typed back it is the key, and every slip is found in its line."""

from __future__ import annotations

import random
import secrets

import pytest

from console.core import recovery_key as paper
from console.core.errors import Refused


def wrong(lines: list[str]) -> Refused:
    with pytest.raises(Refused) as refused:
        paper.key_of(lines)
    return refused.value


def test_there_and_back() -> None:
    for key in (bytes(32), b"\xff" * 32, *(secrets.token_bytes(32) for _ in range(200))):
        lines = paper.key_lines(key)
        assert len(lines) == 4
        assert all(len(group) == 4 for line in lines for group in line.split())
        assert paper.key_of(lines) == key
        assert not set("".join(lines)) & set("0O1I")


def test_as_people_type_it() -> None:
    key = secrets.token_bytes(32)
    lines = paper.key_lines(key)
    assert paper.key_of([line.lower().replace(" ", "-") for line in lines]) == key
    assert paper.key_of([line.replace(" ", "") for line in lines]) == key
    wide = ["".join(chr(ord(c) + 0xFEE0) if c != " " else "\u3000" for c in ln) for ln in lines]
    assert paper.key_of(wide) == key
    assert paper.key_of([paper.code_text(lines)]) == key
    assert paper.key_of(["", *lines, "  "]) == key


@pytest.mark.parametrize("seed", range(20))
def test_up_to_three_wrong_signs_are_found_in_their_line(seed: int) -> None:
    chance = random.Random(seed)
    lines = [paper.signs_of(line) for line in paper.key_lines(chance.randbytes(32))]
    for _ in range(100):
        at, typed = chance.randrange(4), list(lines)
        signs = list(typed[at])
        for place in chance.sample(range(16), chance.randint(1, 3)):
            signs[place] = chance.choice([s for s in paper.SIGNS if s != signs[place]])
        typed[at] = "".join(signs)
        refused = wrong(typed)
        # three slips can make it the line of another place, never the right one
        assert refused.code in ("recovery.bad_line", "recovery.line_of_other_place"), seed
        assert refused.details["line"] == at + 1


def test_signs_that_changed_places_are_found() -> None:
    lines = [paper.signs_of(line) for line in paper.key_lines(bytes(range(32)))]
    for number, line in enumerate(lines):
        for at in range(15):
            for other in range(at + 1, 16):
                if line[at] == line[other]:
                    continue
                signs = list(line)
                signs[at], signs[other] = signs[other], signs[at]
                typed = [*lines[:number], "".join(signs), *lines[number + 1 :]]
                assert wrong(typed).details["line"] == number + 1


def test_what_is_said_of_a_wrong_line() -> None:
    lines = list(paper.key_lines(bytes(range(32))))
    first, second, third, fourth = lines
    swapped = wrong([first, third, second, fourth])
    assert (swapped.code, swapped.details["line"], swapped.details["other"]) == (
        "recovery.line_of_other_place", 2, 3,
    )  # fmt: skip
    odd = wrong([first, second, third[:-1] + "O", fourth])
    assert (odd.code, odd.details["line"], odd.details["group"], odd.details["sign"]) == (
        "recovery.bad_sign", 3, 4, "O",
    )  # fmt: skip
    short = wrong([first, second, third, fourth[:-1]])
    assert (short.code, short.details["line"], short.details["found"]) == (
        "recovery.line_length", 4, 15,
    )  # fmt: skip
    assert wrong([first, second]).code == "recovery.lines_missing"
    assert wrong([]).code == "recovery.lines_missing"
    assert wrong([*lines, first]).code == "recovery.lines_missing"
