"""The grammar of the command bar: how an officer may type an order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.core.errors import Refused, Unavailable
from console.shell.command import parse
from console.shell.pinyin import score, spelled, warm
from console.ui.words import say_refusal
from tests.shell.sample import Desk


@pytest.fixture(autouse=True)
def tables() -> None:
    warm()


ORDERS = (
    ("pai 2 31", "pai", ("u2", "c31")),
    ("p 2 31", "pai", ("u2", "c31")),
    ("pj 2 31", "pai", ("u2", "c31")),
    ("paijing hq02 jq0031", "pai", ("u2", "c31")),
    ("派警 红旗02 JQ0031", "pai", ("u2", "c31")),
    ("派 红旗12 JQ0131", "pai", ("u12", "c131")),
    ("assign hongqi12 131", "pai", ("u12", "c131")),
    ("qs 27", "qianshou", ("c27",)),
    ("zhuangtai 3 beiqin", "zhuangtai", ("u3", "resting")),
    ("zt 3 bq lunch until one", "zhuangtai", ("u3", "resting", "lunch until one")),
    ("/红旗路 18 号", "find", ("红旗路 18 号",)),
    ("  find   wang ", "find", ("wang",)),
    ("报表", "bangzhu", ()),
)


@pytest.mark.parametrize(("line", "verb", "keys"), ORDERS)
def test_an_order_is_understood_however_it_is_spelled(
    line: str, verb: str, keys: tuple[str, ...]
) -> None:
    parsed = parse(line, Desk().verbs())
    assert parsed.verb is not None, parsed.say
    assert (parsed.verb.name, parsed.keys, parsed.ready) == (verb, keys, True)
    assert parsed.say


NOT_YET = (
    ("xyz 2 31", "No such verb: xyz"),
    ("xyz", "No such verb: xyz"),
    ("pai", "Verb, object"),
    ("pai ", "which unit?"),
    ("pai 2", "which call?"),
    ("pai 2 ", "which call?"),
    ("pai 99 31", "no unit “99”"),
    ("pai 2 9999", "no call “9999”"),
    ("pai hq 31", "several"),
    ("pai 2 31 27", "Too many words: 27"),
    ("jiean 31", "duty desk"),
    ("zt 3", "which status?"),
    ("", "Verb, object"),
    ("?", "Verb, object"),
    ("/", "which words?"),
    ("pai ${x} <b>", "no unit “${x}”"),
)


@pytest.mark.parametrize(("line", "said"), NOT_YET)
def test_what_cannot_be_done_is_said_and_not_ready(line: str, said: str) -> None:
    parsed = parse(line, Desk().verbs())
    assert not parsed.ready
    assert said in parsed.say


def test_a_refused_preview_says_why_and_is_not_ready() -> None:
    parsed = parse("pai 2 28", Desk().verbs())
    assert not parsed.ready
    assert parsed.say == say_refusal(Refused("store.busy"))


def test_completions_are_whole_lines_that_go_on() -> None:
    verbs = Desk().verbs()
    assert [one.line for one in parse("", verbs).completions][:2] == ["pai ", "qianshou "]
    assert {one.line for one in parse("?", verbs).completions} >= {"find ", "bangzhu "}
    units = parse("pai hq0", verbs).completions
    assert units[0].line == "pai 红旗01 "
    calls = parse("pai 红旗02 ", verbs).completions
    assert next(one.line for one in calls) == "pai 红旗02 JQ0027 "
    ready = parse(calls[2].line, verbs)
    assert ready.ready and ready.keys == ("u2", "c31")


def test_pinyin_and_its_initials() -> None:
    assert spelled("红旗02") == ("hongqi02", "hq02")
    assert spelled("JQ0031") == ("jq0031", "jq0031")
    assert score("31", ("JQ0031",)) > score("31", ("JQ0131",)) > 0
    assert score("zx", ("JQ0031", "打架斗殴")) == 0
    assert score("djdo", ("打架斗殴",)) == 90


def test_a_preview_that_cannot_be_made_is_said_too() -> None:
    def preview(keys: tuple[str, ...]) -> str:
        raise Unavailable("store.busy")

    verbs = [replace(verb, preview=preview) for verb in Desk().verbs()]
    parsed = parse("pai 2 31", verbs)
    assert not parsed.ready and parsed.say == say_refusal(Unavailable("store.busy"))
