"""``doctor``: each check can say ok and can say fail, before set-up and after."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from console.cli.doctor import city, machine, screen
from console.cli.doctor import store as store_checks
from console.cli.doctor.finding import State
from console.cli.parser import main
from console.core.actor import SYSTEM
from console.core.database import Database
from console.core.ownership import Ownership

Said = pytest.CaptureFixture[str]
GIB = 1 << 30


def by_name(folder: Path) -> dict[str, State]:
    return {finding.name: finding.state for finding in store_checks.checks(folder)}


def told(folder: Path, capsys: Said, language: str = "zh_CN") -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main(["doctor", "--json", "--data", str(folder), "--lang", language])
    return code, json.loads(capsys.readouterr().out)


def test_before_set_up_nothing_is_made(tmp_path: Path, keys: Path, capsys: Said) -> None:
    folder = tmp_path / "none"
    code, document = told(folder, capsys)
    states = {check["name"]: check["state"] for check in document["checks"]}
    assert states["database"] == states["key"] == states["settings"] == "ok"
    assert states["sqlcipher"] == states["libraries"] == states["clock"] == "ok"
    assert document["ok"] == (code == 0) == ("fail" not in states.values())
    assert not folder.exists()
    wanted = {
        "sqlcipher", "pyside6", "libraries", "fonts", "webengine", "display", "settings", "key",
        "database", "disk", "ports", "city", "account", "clock",
    }  # fmt: skip
    assert set(states) == wanted


def test_both_languages_say_as_much(database: Database, capsys: Said) -> None:
    folder = database.path.parent
    chinese, english = told(folder, capsys)[1], told(folder, capsys, "en")[1]
    pairs = list(zip(chinese["checks"], english["checks"], strict=True))
    assert len(pairs) >= 14
    for zh, en in pairs:
        assert (zh["name"], zh["state"]) == (en["name"], en["state"])
        assert any("\u4e00" <= letter <= "\u9fff" for letter in zh["title"])
        assert (en["title"] + en["mend"]).isascii()
        assert bool(zh["mend"]) == bool(en["mend"]) == (zh["state"] != "ok")


def test_a_whole_store_is_ok_and_unchanged(database: Database, capsys: Said) -> None:
    with database.act(SYSTEM) as act:
        act.audit("post.set_up", "post", "post-test")
    folder = database.path.parent
    database.stop()
    before = database.path.read_bytes()
    assert set(by_name(folder).values()) == {State.OK}
    assert set(by_name(folder)) == {"settings", "key", "database", "store_settings"}
    assert database.path.read_bytes() == before
    console = Ownership(folder)
    console.start()
    try:
        found = {f.name: f.found.en for f in store_checks.checks(folder)}
    finally:
        console.stop()
    assert "in use by a console" in found["database"]
    assert "plain file" in found["key"]


def test_what_is_wrong_with_a_store_is_found(database: Database, keys: Path) -> None:
    folder, key = database.path.parent, next(keys.iterdir())
    database.stop()
    key.chmod(0o644)
    assert by_name(folder)["key"] is State.FAIL
    key.chmod(0o600)
    whole = database.path.read_bytes()
    damaged = bytearray(whole)
    damaged[4 * 4096 + 7] ^= 1
    database.path.write_bytes(damaged)
    assert by_name(folder)["database"] is State.FAIL
    database.path.write_bytes(b"no database" * 1000)
    assert by_name(folder)["database"] is State.FAIL
    database.path.unlink()
    assert by_name(folder)["database"] is State.FAIL
    assert not database.path.exists()
    database.path.write_bytes(whole)
    key.write_text("cd" * 32)
    assert by_name(folder)["database"] is State.FAIL
    key.unlink()
    assert (by_name(folder)["key"], by_name(folder)["database"]) == (State.FAIL, State.FAIL)


def test_a_tampered_trail_and_a_newer_schema_are_found(database: Database) -> None:
    with database.act(SYSTEM) as act:
        act.audit("post.set_up", "post", "post-test")
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit_trail SET actor = 'x'")
    assert by_name(database.path.parent)["database"] is State.FAIL
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM audit_trail")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert by_name(database.path.parent)["database"] is State.FAIL


def test_a_key_in_the_data_folder_is_wrong(
    database: Database, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = database.path.parent
    inside = folder / "keys"
    keys.rename(inside)
    monkeypatch.setenv("POST_CONSOLE_KEYS", str(inside))
    assert by_name(folder)["key"] is State.FAIL


def test_bad_settings_fail(database: Database, capsys: Said) -> None:
    folder = database.path.parent
    (folder / "settings.toml").write_text("colour = 'red'")
    code, document = told(folder, capsys, "en")
    assert code == 1
    assert not document["ok"]
    (settings,) = [c for c in document["checks"] if c["name"] == "settings"]
    assert settings["state"] == "fail"
    assert "unknown setting 'colour'" in settings["found"]


@pytest.mark.parametrize(
    ("version", "state"),
    [
        ("6.8.3", State.FAIL), ("6.9.3", State.OK), ("6.10.2", State.WARN),
        ("6.11.3", State.WARN), ("6.12.0", State.FAIL), (None, State.FAIL),
    ],
)  # fmt: skip
def test_versions_of_the_window_library(version: str | None, state: State) -> None:
    assert machine.qt(version).state is state


@pytest.mark.parametrize(
    ("free", "state"), [(50 * GIB, State.OK), (GIB, State.WARN), (100 << 20, State.FAIL)]
)
def test_disk_space(tmp_path: Path, free: int, state: State) -> None:
    def usage(place: Path) -> Sequence[int]:
        assert place == tmp_path
        return (100 * GIB, 0, free)

    assert machine.disk(tmp_path / "not" / "yet", usage)[0].state is state


def test_a_clock_that_jumps_is_seen() -> None:
    assert machine.clock(time.time(), time.monotonic())[0].state is State.OK
    assert machine.clock(time.time() - 30, time.monotonic())[0].state is State.WARN


def test_without_a_chinese_font_boxes_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A font configuration that knows no font with Chinese letters."""
    assert screen.checks()[0].state is State.OK
    (tmp_path / "empty").mkdir()
    (tmp_path / "fonts.conf").write_text(
        f"<fontconfig><dir>{tmp_path}/empty</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    assert screen.checks()[0].state is State.FAIL


def test_displays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.util.find_library", lambda name: "libxcb-cursor.so.0")
    assert screen.display({"DISPLAY": ":0"}).state is State.OK
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert screen.display({}).state is State.FAIL
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/Xvfb")
    assert screen.display({}).state is State.WARN
    monkeypatch.setattr("ctypes.util.find_library", lambda name: None)
    assert screen.display({"DISPLAY": ":0"}).state is State.FAIL


def test_no_city_yet_is_a_warning(tmp_path: Path) -> None:
    assert city.checks(tmp_path)[0].state is State.WARN


def test_missing_certificates_are_named(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[city]\nurl = "https://127.0.0.1:9"\n')
    (finding,) = city.checks(tmp_path)
    assert finding.state is State.FAIL
    assert "certificate files are missing" in finding.found.en


def test_a_city_that_swallows_everything_is_given_up(
    tmp_path: Path, certificates: dict[str, Path]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}"
        lines = "".join(f'{name} = "{place}"\n' for name, place in certificates.items())
        (tmp_path / "settings.toml").write_text(f'[city]\nurl = "{url}"\n{lines}')
        started = time.monotonic()
        (finding,) = city.checks(tmp_path)
        took = time.monotonic() - started
    assert finding.state is State.FAIL
    assert "does not answer" in finding.found.en
    assert took < city.TIMEOUT_S + 2


@pytest.mark.parametrize(
    ("body", "state", "words"),
    [
        ('{"time": "%s"}', State.OK, "answered in"),
        ('{"time": "2020-01-01T00:00:00Z"}', State.WARN, "its clock differs"),
        ("<html>portal</html>", State.FAIL, "no city platform"),
        ("[]", State.FAIL, "no city platform"),
    ],
)
def test_what_a_city_may_answer(
    tmp_path: Path, certificates: dict[str, Path], body: str, state: State, words: str
) -> None:
    if "%s" in body:
        body %= datetime.now(UTC).isoformat()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates["certificate_file"], certificates["key_file"])
    context.load_verify_locations(certificates["ca_file"])
    context.verify_mode = ssl.CERT_REQUIRED
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *words: object) -> None:
            """A test's server says nothing."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.handle_request, name="city")
        thread.start()
        lines = "".join(f'{name} = "{place}"\n' for name, place in certificates.items())
        url = f"https://127.0.0.1:{server.server_port}"
        (tmp_path / "settings.toml").write_text(f'[city]\nurl = "{url}"\n{lines}')
        (finding,) = city.checks(tmp_path)
        thread.join()
    assert finding.state is state
    assert words in finding.found.en
    assert asked == [f"/v1/posts/unknown/state?epoch={'0' * 16}"]
