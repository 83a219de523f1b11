"""The console as an officer meets it: the gate, the lock, pages, the command bar, tones."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from console.roster import service as roster
from console.ui.choice import ChoiceSheet
from tests.app.conftest import Desk

# the sound library says once a process which codecs this machine lacks
pytestmark = pytest.mark.qt_log_ignore(
    "pipewire-0.3", r"Couldn't (load|resolve) va", "PulseAudioService", extend=True
)


def test_sign_in_by_keys_and_a_wrong_secret_says_so(desk: Desk) -> None:
    page = desk.console.sign_in
    desk.until(page.isVisible)
    desk.type("0102", page.number)
    desk.type("not the secret", page.secret)
    desk.press("Return", page.secret)
    desk.until(lambda: page.notice.isVisible() and bool(page.notice.text))
    assert desk.console.window.gated
    desk.type("drill-0102", page.secret)
    desk.press("Return", page.secret)
    desk.until(lambda: not desk.console.window.gated)
    assert desk.console.actor().name == "0102"


def test_function_keys_show_their_pages_and_the_pages_are_filled(desk: Desk) -> None:
    desk.sign_in()
    for key, page in (("F8", "links"), ("F10", "system"), ("F2", "map"), ("F1", "desk")):
        desk.press(key)
        desk.until(lambda page=page: desk.console.window.shown_page == page)
    desk.press("F10")
    people = desk.console.window.page("system").people  # type: ignore[union-attr]
    desk.until(lambda: len(people.table.model.rows) == 32)


def test_the_verbs_of_the_command_bar(desk: Desk) -> None:
    desk.sign_in()
    call = desk.create()
    desk.command("qs 1")
    desk.until(lambda: desk.shown(call) == "signed")
    desk.command("派 101 1")
    desk.until(lambda: desk.crews(call) == ["101"])
    unit = desk.unit("203")
    with desk.console.post.database.read() as connection:
        now = desk.console.post.clock.now()
        statuses = roster.statuses(connection, now)
        before = roster.unit(connection, unit, now).unit.status
    other = next(s for s in statuses.values() if s.code != before)
    desk.command(f"状态 203 {other.words.zh_CN}")

    def changed() -> bool:
        with desk.console.post.database.read() as connection:
            return roster.unit(connection, unit).unit.status == other.code

    desk.until(changed)


def test_a_verb_that_cannot_be_now_says_why_and_changes_nothing(desk: Desk) -> None:
    desk.sign_in()
    call = desk.create()
    desk.command("结案 1")
    assert desk.status(call) == "received"
    desk.until(desk.console.window.commands.completions.isVisible)
    desk.command("派 999 1")
    assert desk.status(call) == "received"


def test_find_opens_what_it_finds_and_says_when_there_is_nothing(desk: Desk) -> None:
    desk.sign_in()
    call = desk.create(report="蓝色三轮车占道")
    desk.create(report="别的")
    desk.command("/三轮车")
    sheet = desk.sheet()
    assert isinstance(sheet, ChoiceSheet) and sheet.list.count() == 1
    desk.press("1", sheet.list)
    desk.until(lambda: desk.console.desk.queue.chosen_id() == call)
    desk.command("/没有这样的字")
    desk.until(lambda: "没有这样的字" in desk.told())


def test_desk_keys_are_silent_while_a_command_is_typed(desk: Desk) -> None:
    desk.sign_in()
    call = desk.create()
    bar = desk.console.window.commands.line
    desk.press("Ctrl+K")
    desk.until(bar.hasFocus)
    desk.type("NR1 d", bar)
    assert bar.text() == "NR1 d"
    assert desk.status(call) == "received"
    assert QApplication.activeModalWidget() is None
    desk.press("Escape", bar)
    desk.press("Escape", bar)
    desk.until(desk.console.desk.queue.hasFocus)
    desk.choose(call)
    desk.press("Return")
    desk.until(lambda: desk.status(call) == "signed")


def test_the_lock_hides_the_work_and_keeps_what_was_typed(desk: Desk) -> None:
    desk.sign_in()
    desk.press("N", desk.console.desk.queue)
    form = desk.console.desk.intake.panel
    desk.until(form.isVisible)
    form.narrative.setFocus()
    desk.type("half a word", form.narrative)
    desk.press("Ctrl+L")
    desk.until(desk.console.lock_page.isVisible)
    assert not form.isVisible()
    desk.press("F8", desk.console.lock_page)
    assert desk.console.window.shown_page == "desk"
    desk.unlock("wrong")
    desk.until(desk.console.lock_page.notice.isVisible)
    desk.unlock("drill-0101")
    desk.until(form.isVisible)
    assert form.narrative.toPlainText() == "half a word"


def test_a_question_is_put_away_under_the_lock_and_comes_back(desk: Desk) -> None:
    desk.sign_in()
    call = desk.create()
    desk.choose(call)
    desk.press("R", desk.console.desk.queue)
    sheet = desk.sheet()
    desk.console.lock()
    desk.until(lambda: not sheet.isVisible())
    assert QApplication.activeModalWidget() is None
    desk.unlock("drill-0101")
    desk.until(sheet.isVisible)
    assert desk.status(call) == "received"
    desk.press("Escape", desk.sheet())
    desk.until(lambda: QApplication.activeModalWidget() is None)


def test_another_officer_takes_over_without_the_first_ones_question(desk: Desk) -> None:
    desk.sign_in()
    call = desk.create()
    desk.choose(call)
    desk.press("R", desk.console.desk.queue)
    desk.sheet()
    desk.console.lock()
    desk.press("F11", desk.console.lock_page.secret)
    desk.until(desk.console.sign_in.isVisible)
    desk.sign_in("0102")
    assert QApplication.activeModalWidget() is None
    assert desk.console.actor().name == "0102"


def test_a_late_call_is_counted_and_rings_until_space(desk: Desk) -> None:
    desk.sign_in()
    tones, top = desk.console.tones, desk.console.window.top
    call = desk.create(due={"sign_s": 0, "depart_s": 300, "feedback_s": 1800})
    desk.until(lambda: ("late", call) in tones.ringing)
    desk.until(lambda: top.late.face.figure == "1")
    desk.press("Space", desk.console.desk.queue)
    desk.until(lambda: not tones.ringing)
    desk.choose(call)
    desk.press("Return", desk.console.desk.queue)
    desk.until(lambda: desk.status(call) == "signed")
    desk.until(lambda: top.late.face.figure == "")


def test_a_new_call_rings_until_it_is_signed(desk: Desk) -> None:
    desk.sign_in()
    call = desk.create()
    desk.until(lambda: call in desk.console.tones.ringing)
    desk.choose(call)
    desk.press("Return", desk.console.desk.queue)
    desk.until(lambda: desk.status(call) == "signed")
    desk.until(lambda: call not in desk.console.tones.ringing)


def test_a_call_unsigned_since_before_the_start_rings_once_all_runs(desk: Desk) -> None:
    desk.sign_in()
    call = desk.create()
    desk.until(lambda: call in desk.console.tones.ringing)
    desk.console.tones.acknowledge_all()
    assert not desk.console.tones.ringing
    desk.console.news.tell_all()
    assert call in desk.console.tones.ringing


def test_the_top_bar_shows_only_what_is_known(desk: Desk) -> None:
    desk.sign_in()
    top = desk.console.window.top
    desk.until(lambda: (top.alarms.face.word, top.alarms.face.figure) == ("告警", "0"))
    desk.until(lambda: top.late.face.word not in ("", "–"))
    assert top.city.face.word not in ("", "–")


def test_ctrl_z_takes_the_last_act_back(desk: Desk) -> None:
    desk.sign_in()
    call = desk.create()
    desk.command("qs 1")
    desk.until(lambda: desk.shown(call) == "signed")
    desk.command("派 101 1")
    desk.until(lambda: desk.crews(call) == ["101"])
    desk.until(desk.console.window.commands._take_back.isVisible)
    desk.press("Ctrl+Z", desk.console.desk.queue)
    desk.until(lambda: desk.crews(call) == [])
    assert desk.status(call) == "signed"
