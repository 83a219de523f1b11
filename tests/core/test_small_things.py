"""Ids, times, canonical JSON, events, drafts, reference tables, words and settings."""

from __future__ import annotations

import logging
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core import drafts, reference
from console.core.actor import SYSTEM
from console.core.canonical import canonical, sha256_hex
from console.core.clock import SystemClock, from_text, to_text
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.ids import new_id
from console.core.words import Words, say
from console.settings import BadSetting, read_settings
from tests.conftest import HandClock

UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def test_ids_are_uuids_of_version_7() -> None:
    before = time.time_ns() // 1_000_000
    ids = [new_id() for _ in range(2000)]
    after = time.time_ns() // 1_000_000
    assert len(set(ids)) == 2000
    for text in ids:
        assert UUID7.fullmatch(text)
        assert before <= int(text[:8] + text[9:13], 16) <= after


MOMENTS = st.datetimes(timezones=st.just(UTC))


@given(MOMENTS)
def test_moments_survive_as_text(any_moment: datetime) -> None:
    moment = any_moment.replace(microsecond=any_moment.microsecond // 1000 * 1000)
    text = to_text(moment)
    assert len(text) == 24
    assert from_text(text) == moment
    assert to_text(from_text(text)) == text


@given(MOMENTS, MOMENTS)
def test_order_of_text_is_order_of_time(one: datetime, other: datetime) -> None:
    first, second = (to_text(m) for m in sorted((one, other)))
    assert first <= second


def test_other_zones_are_told_in_utc() -> None:
    assert to_text(from_text("2026-11-21T18:00:00.123+08:00")) == "2026-11-21T10:00:00.123Z"
    for bad in ("2026-11-21T10:00:00", "yesterday", ""):
        with pytest.raises(ValueError, match=r".*"):
            from_text(bad)
    with pytest.raises(ValueError, match="time zone"):
        to_text(datetime(2026, 1, 1))  # noqa: DTZ001


def test_the_machines_clock_is_aware_and_steady() -> None:
    clock = SystemClock()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert clock.monotonic() <= clock.monotonic()


def test_canonical_json_is_one_text_a_value() -> None:
    assert canonical({"b": 1, "a": ["站", None, 1.5]}) == '{"a":["站",null,1.5],"b":1}'.encode()
    assert sha256_hex({"a": 1, "b": 2}) == sha256_hex({"b": 2, "a": 1})
    for impossible in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="JSON compliant"):
            canonical(impossible)


def test_a_listener_that_fails_keeps_news_from_nobody(
    bus: EventBus, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[str] = []

    def fails(event: int) -> None:
        raise RuntimeError(f"no {event}")

    bus.subscribe(int, lambda n: heard.append(f"first {n}"))
    bus.subscribe(int, fails)
    end = bus.subscribe(int, lambda n: heard.append(f"last {n}"))
    with caplog.at_level(logging.ERROR):
        bus.publish(7)
    assert heard == ["first 7", "last 7"]
    assert "a listener of int failed" in caplog.text
    bus.publish(True)  # another kind: nobody listens
    end()
    end()
    with caplog.at_level(logging.ERROR):
        bus.publish(8)
    assert heard == ["first 7", "last 7", "first 8"]


def test_drafts_are_kept_replaced_and_forgotten(database: Database, clock: HandClock) -> None:
    with database.act(SYSTEM) as act:
        drafts.keep(act.connection, "0123", "intake", {"place": "红旗"}, act.at)
        drafts.keep(act.connection, "0123", "intake", {"place": "红旗路 3 号"}, act.at)
        drafts.keep(act.connection, "0456", "intake", {"place": "other"}, act.at)
    database.stop()
    database.start()
    with database.read() as connection:
        assert drafts.find(connection, "0123", "intake") == {"place": "红旗路 3 号"}
        assert drafts.find(connection, "0123", "feedback") is None
    with database.act(SYSTEM) as act:
        drafts.forget(act.connection, "0123", "intake")
    with database.read() as connection:
        assert drafts.find(connection, "0123", "intake") is None
        assert drafts.find(connection, "0456", "intake") == {"place": "other"}


def test_reference_tables_hold_from_their_moment(database: Database, clock: HandClock) -> None:
    kind = "sign_in_policy"
    shipped = reference.shipped(kind)
    later = clock.now() + timedelta(days=1)
    with database.act(SYSTEM) as act:
        assert reference.put(act.connection, kind, later, {**shipped, "wrong_tries": 3}) == 2
        assert reference.put(act.connection, kind, later, {**shipped, "wrong_tries": 4}) == 3
    with database.read() as connection:
        assert reference.current(connection, kind, clock.now()) == shipped
        assert reference.current(connection, kind, later)["wrong_tries"] == 4


def test_refusals_are_said_in_the_officers_language() -> None:
    refused = Refused("store.in_use", path="/data", process="42")
    assert say(refused, "zh_CN") == "数据目录 /data 正被另一个指挥台使用（进程 42）；请先关闭它。"
    assert "process 42" in say(refused, "en")
    detail = Refused("store.in_use", path="/data", process=Words("四十二", "forty-two"))
    assert "四十二" in say(detail, "zh_CN")
    assert "forty-two" in say(detail, "en")
    assert say(Refused("no.such_code", a=1), "en") == "no.such_code(a=1)"
    assert "{path}" in say(Refused("store.in_use"), "en")
    assert (Words("站", "post").pick("en_GB"), Words("站", "post").pick("fr")) == ("post", "站")


def test_settings_from_file_and_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_settings(tmp_path).theme == "auto"
    (tmp_path / "settings.toml").write_text(
        'theme = "day"\nidle_lock_s = 120\n[city]\nurl = "https://city"\n', "utf-8"
    )
    monkeypatch.setenv("POST_CONSOLE_THEME", "night")
    settings = read_settings(tmp_path)
    assert (settings.theme, settings.idle_lock_s, settings.city.url) == (
        "night",
        120,
        "https://city",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("theme = ", "settings.toml"),
        ("colour = 'red'", "unknown setting 'colour'"),
        ("data = '/elsewhere'", "unknown setting 'data'"),
        ("idle_lock_s = 'long'", "idle_lock_s must be int"),
        ("idle_lock_s = true", "idle_lock_s must be int"),
        ("theme = 3", "theme must be str"),
        ("city = 'here'", "not a table"),
        ("[city]\nurl = 3", "url must be text"),
        ("[city]\nuri = 'x'", "unknown setting 'uri'"),
    ],
)
def test_bad_settings_are_named(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "settings.toml").write_text(text, "utf-8")
    with pytest.raises(BadSetting, match=re.escape(told)):
        read_settings(tmp_path)


def test_a_bad_number_in_the_environment_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POST_CONSOLE_IDLE_LOCK_S", "soon")
    with pytest.raises(BadSetting, match="idle_lock_s must be int, not 'soon'"):
        read_settings(tmp_path)
