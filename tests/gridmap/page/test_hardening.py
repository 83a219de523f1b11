"""The page stays where it is, opens nothing, fetches nothing, and runs no text it is given."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEngineUrlScheme
from pytestqt.qtbot import QtBot

from console.core.words import Words
from console.gridmap.page import web as web_module
from console.gridmap.page.channel import Down, Up
from console.gridmap.page.engine import (
    FLAGS,
    SCHEME,
    engine_flags,
    needs_no_sandbox,
    register_scheme,
    set_engine_flags,
)
from console.gridmap.page.marker import Marker
from console.gridmap.page.view import MapView
from console.gridmap.page.web import HOME, OFF, CrashGuard, served
from tests.gridmap.page.town import Town, TownArea, box

Ask = Callable[[MapView, str], object]
NASTY = (
    "<img src=x onerror='window.probe=1'>",
    "${window.probe=2}",
    "`+(window.probe=3)+`",
    "</script><script>window.probe=4</script>",
    '");window.probe=5;//',
    "\u2028window.probe=6\u2029",
    "\u202e\u2066evil\u2069\u200f",
    "__proto__",
    "\x00\x07\ud83d\ude93",
    "\\'\\\"" * 40,
)


def test_no_text_of_a_marker_runs(qtbot: QtBot, view: MapView, ask: Ask) -> None:
    ask(view, "window.probe = 0; window.nodes = document.querySelectorAll('*').length")
    markers = [
        Marker(text, 30.001 + i / 1000, 120.002 + i / 500, text, text, text, 999)
        for i, text in enumerate(NASTY)
    ]
    for text in NASTY:
        view.set_layer(text, markers)
    view.choose(NASTY[0], NASTY[3])
    view.mark(NASTY[1], NASTY[2])
    qtbot.waitUntil(lambda: ask(view, "gridmap.ids().length") == len(NASTY) ** 2)
    assert ask(view, "window.probe") == 0
    assert ask(view, "document.querySelectorAll('*').length === window.nodes") is True
    assert ask(view, "({}).polluted === undefined") is True


class TestNastyTown:
    @pytest.fixture
    def town(self) -> Town:
        nasty = "".join(NASTY)
        return Town(areas=(TownArea(nasty, Words(nasty, nasty), 1, box(30, 120, 0.01, 0.01)),))

    def test_no_name_of_an_area_runs(self, view: MapView, ask: Ask) -> None:
        assert ask(view, "window.probe === undefined") is True
        assert ask(view, "gridmap.drawn().areas") == 2


def test_inline_scripts_and_foreign_addresses_are_refused(
    qtbot: QtBot, view: MapView, ask: Ask
) -> None:
    ask(
        view,
        """window.probe = [];
        const script = document.createElement('script');
        script.textContent = "window.probe.push('ran')";
        document.body.append(script);
        document.addEventListener('securitypolicyviolation', (event) => window.probe.push(event.effectiveDirective));
        fetch('http://127.0.0.1:9/').catch(() => window.probe.push('fetch refused'));
        fetch('file:///etc/passwd').catch(() => window.probe.push('file refused'));
        const picture = new Image();
        picture.onerror = () => window.probe.push('picture refused');
        picture.src = 'http://127.0.0.1:9/x.png'; 0""",
    )
    qtbot.waitUntil(
        lambda: all(
            word in str(ask(view, "window.probe.join()"))
            for word in ("fetch refused", "file refused", "picture refused")
        )
    )
    assert "ran" not in str(ask(view, "window.probe.join()")).replace("transport", "")


def test_it_goes_nowhere_and_opens_nothing(qtbot: QtBot, view: MapView, ask: Ask) -> None:
    assert ask(view, "window.open('post://map/index.html') === null") is True
    ask(view, "location.href = 'http://127.0.0.1:9/'; 0")
    ask(view, "location.href = 'file:///etc/passwd'; 0")
    ask(view, "location.href = 'post://map/map.js'; 0")
    view.set_layer("crews", [Marker("U1", 30.002, 120.004, "car")])
    qtbot.waitUntil(lambda: ask(view, "gridmap.counts()[1]") == 1)
    assert view.page.url() == HOME


def test_what_the_engine_could_do_is_off(view: MapView) -> None:
    assert [a for a in OFF if view.page.settings().testAttribute(a)] == []
    assert view.page.profile().isOffTheRecord()


def test_only_our_files_are_served(qtbot: QtBot, view: MapView, ask: Ask) -> None:
    ask(
        view,
        """window.probe = [];
        for (const name of ['../settings.toml', 'leaflet/LICENSE', 'nothing.js', '%2e%2e/style/console.qss'])
          fetch('post://map/' + name).then((r) => window.probe.push(r.ok ? 'served ' + name : 'no')).catch(() => window.probe.push('no'));
        fetch('post://map/map.js', {method: 'POST'}).then((r) => window.probe.push(r.ok ? 'posted' : 'no')).catch(() => window.probe.push('no')); 0""",
    )
    qtbot.waitUntil(lambda: ask(view, "window.probe.length") == 5)
    assert ask(view, "window.probe.join()") == "no,no,no,no,no"


def test_the_page_names_no_foreign_address() -> None:
    for name, file in served().items():
        found = set(re.findall(r"https?://[^\s\"')]+", file.read_text("utf-8")))
        allowed = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
        known = {"https://leafletjs.com"} | {
            address for address in found if name.startswith("leaflet/") and "bug" in address
        }
        assert found - allowed - known == set(), name


def test_the_sandbox_is_left_only_as_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert not needs_no_sandbox()
    assert "--no-sandbox" not in engine_flags()
    monkeypatch.setattr("os.geteuid", lambda: 0)
    environment = {FLAGS: "--lang=zh"}
    set_engine_flags(environment)
    set_engine_flags(environment)
    assert environment[FLAGS].split() == ["--lang=zh", "--disable-gpu", "--no-sandbox"]
    assert environment["QT_QUICK_BACKEND"] == "software"


def test_the_scheme_is_registered_once() -> None:
    register_scheme()
    scheme = QWebEngineUrlScheme.schemeByName(SCHEME)
    assert scheme.flags() & QWebEngineUrlScheme.Flag.SecureScheme
    assert not scheme.flags() & QWebEngineUrlScheme.Flag.LocalAccessAllowed


def test_a_crash_loop_is_left() -> None:
    moment = [0.0]
    guard = CrashGuard(lambda: moment[0], most=3, within_s=60)
    assert [guard.may_reload() for _ in range(4)] == [True, True, True, False]
    moment[0] = 200.0
    assert guard.may_reload()
    guard.forgive()
    assert [guard.may_reload() for _ in range(4)][-1] is False


def test_what_the_page_says_is_checked(qtbot: QtBot) -> None:
    up = Up()
    with qtbot.assertNotEmitted(up.picked):
        up.picked_at(float("nan"), 1.0)
        up.picked_at(91.0, 1.0)
        up.picked_at(1.0, 181.0)
    with qtbot.waitSignal(up.picked, timeout=1000):
        up.picked_at(30.0, 120.0)


def test_orders_are_coalesced(qtbot: QtBot, qapp: object) -> None:
    sent: list[str] = []
    host = Up()
    down = Down(sent.append, host)
    for turn in range(100):
        down.order("layer crews", "layer", "crews", [turn])
    assert sent == []
    down.open()
    assert sent == ['gridmap.take([["layer","crews",[99]]])']
    for turn in range(100):
        down.order("layer crews", "layer", "crews", [turn])
        down.order("chosen", "chosen", None)
    assert len(sent) == 1
    qtbot.waitUntil(lambda: len(sent) == 2)
    assert sent[1] == 'gridmap.take([["layer","crews",[99]],["chosen",null]])'


def test_a_marker_of_a_layer_that_is_not_there_is_not_believed(
    qtbot: QtBot, view: MapView, ask: Ask
) -> None:
    view.set_layer("crews", [Marker("U1", 30.002, 120.004, "car")])
    with qtbot.assertNotEmitted(view.marker_chosen):
        view._port.up.marker_pressed("crews", "U9")
        view._port.up.marker_pressed("calls", "U1")


def test_the_policy_stands_in_the_page() -> None:
    text = (Path(web_module.RESOURCES) / "index.html").read_text("utf-8")
    assert "default-src 'none'" in text
    assert "unsafe" not in text
    assert "<script>" not in text
    assert QUrl(HOME).scheme() == "post"
