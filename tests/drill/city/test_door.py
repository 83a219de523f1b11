"""Who gets in, and what is refused before it is applied."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import struct
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from console.drill.city.authority import Authority, BrokenAuthority
from console.drill.city.city import City

STATE = "/v1/posts/post-hongqi/state?epoch=0123456789abcdef"


def test_a_post_with_its_certificate_gets_in(lite_city: City, client_of: Any) -> None:
    client = client_of(lite_city, lite_city.certify("post-hongqi"))
    assert client.get(STATE).status_code == 200


def test_another_posts_certificate_is_forbidden(lite_city: City, client_of: Any) -> None:
    client = client_of(lite_city, lite_city.certify("post-elsewhere"))
    answer = client.get(STATE)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_no_certificate_no_answer(lite_city: City, client_of: Any) -> None:
    with pytest.raises(httpx.TransportError):
        client_of(lite_city, None).get(STATE)


def test_a_certificate_of_another_authority_gets_no_answer(
    lite_city: City, client_of: Any, tmp_path: Path
) -> None:
    stranger = Authority(tmp_path / "stranger")
    stranger.start()
    with pytest.raises(httpx.TransportError):
        client_of(lite_city, stranger.post("post-hongqi")).get(STATE)


def test_a_client_that_trusts_another_authority_does_not_talk(
    lite_city: City, client_of: Any, tmp_path: Path
) -> None:
    stranger = Authority(tmp_path / "stranger")
    stranger.start()
    client = client_of(lite_city, lite_city.certify("post-hongqi"), stranger.ca_file)
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        client.get(STATE)


def test_older_tls_is_refused(lite_city: City) -> None:
    mine = lite_city.certify("post-hongqi")
    context = ssl.create_default_context(cafile=str(mine.ca_file))
    context.load_cert_chain(mine.certificate_file, mine.key_file)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with httpx.Client(verify=context, trust_env=False) as client, pytest.raises(httpx.ConnectError):
        client.get(lite_city.url + STATE)


def test_the_operator_has_his_own_paths_only(city: City, client_of: Any, post: Any) -> None:
    operator = client_of(city, city.authority.operator())
    assert operator.get(STATE).status_code == 403
    told = {"kind": "call.cancelled", "payload": {"call_id": "c-1"}}
    path = "/v1/admin/posts/post-hongqi/feed"
    assert post.client.post(path, json=told).status_code == 403
    answer = operator.post(path, json=told)
    assert answer.status_code == 201
    assert city.contract.fault("published.json", answer.json()) is None
    assert [item["item_id"] for item in post.feed()["items"]] == [answer.json()["item_id"]]
    wrong = {"kind": "tea.served", "payload": {}}
    assert operator.post(path, json=wrong).status_code == 422
    assert operator.post(path + "?checked=false", json=wrong).status_code == 201
    assert operator.post(path, json={"kind": "call.cancelled"}).status_code == 400
    assert operator.post("/v1/admin/posts/No%20Post/feed", json=told).status_code == 400


def test_the_operator_sees_what_came(city: City, client_of: Any, post: Any) -> None:
    events = [post.event(), post.event(kind="tea.served"), post.event()]
    post.send(events)
    operator = client_of(city, city.authority.operator())
    path = "/v1/admin/posts/post-hongqi/events"
    found = operator.get(path).json()
    assert city.contract.fault("record.json", found) is None
    assert [r["event"] for r in found["events"]] == events
    assert [r["code"] for r in found["events"]] == [None, "unknown_kind", None]
    rest = operator.get(path, params={"after": 1, "limit": 1}).json()["events"]
    assert [r["event"]["seq"] for r in rest] == [2]
    assert post.client.get(path).status_code == 403


def test_gzip_is_taken_and_given(city: City, post: Any) -> None:
    events = [post.event() for _ in range(40)]
    body = json.dumps({"epoch": post.epoch, "lane": 0, "events": events}).encode()
    packed = {"content-encoding": "gzip", "content-type": "application/json"}
    answer = post.client.post(post.path("events"), content=gzip.compress(body), headers=packed)
    assert answer.json() == {"ack_through": 40, "rejected": []}
    for number in range(20):
        city.publish(post.name, "call.cancelled", {"call_id": f"c-{number}"})
    page = post.client.get(post.path("feed"))
    assert page.headers["content-encoding"] == "gzip"
    assert len(page.json()["items"]) == 20


def test_a_gzip_bomb_is_not_unpacked(lite_city: City, post_of: Any) -> None:
    post = post_of(lite_city)
    bomb = gzip.compress(b" " * (9 << 20))
    assert len(bomb) < 1 << 20
    packed = {"content-encoding": "gzip"}
    answer = post.client.post(post.path("events"), content=bomb, headers=packed)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (b"", ""),
        (b"<html>", ""),
        (b"{", ""),
        (b"[]", ""),
        (b"null", ""),
        (b"[" * 100_000, ""),
        (b"\xff\xfe", ""),
        (b'{"epoch":"0123456789abcdef","lane":4,"events":[]}', ""),
        (b'{"epoch":"0123456789abcdef","lane":0,"events":[]}', ""),
        (b'{"epoch":"0123456789abcdef","lane":0,"events":[{"seq":NaN}]}', ""),
        (b'{"epoch":"0123456789abcdef","lane":0,"events":[{"seq":1e999}]}', ""),
        (b'{"epoch":"\\ud800","lane":0,"events":[{}]}', ""),
        (b"not gzip", "gzip"),
        (gzip.compress(b"{}" * 1000, mtime=0)[:-9], "gzip"),
        (gzip.compress(b"{}", mtime=0) + b"more", "gzip"),
        (b"{}", "br"),
    ],
)
def test_what_cannot_be_read_is_400(
    lite_city: City, post_of: Any, body: bytes, encoding: str
) -> None:
    post = post_of(lite_city)
    headers = {"content-encoding": encoding} if encoding else {}
    answer = post.client.post(post.path("events"), content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")
    assert lite_city.events(post.name) == []


def test_sizes_are_limited(lite_city: City, post_of: Any) -> None:
    post = post_of(lite_city)
    many = [post.event() for _ in range(501)]
    assert post.send(many).status_code == 413
    assert post.send(many[:500]).json()["ack_through"] == 500
    long = b" " * ((1 << 20) + 1)
    assert post.client.post(post.path("events"), content=long).status_code == 413


@pytest.mark.parametrize(
    "asked", ["state", "state?epoch=XYZ", "digest?entity=call", "digest?entity=call&day=2026-02-30"]
)
def test_questions_that_lack_something_are_400(lite_city: City, post_of: Any, asked: str) -> None:
    post = post_of(lite_city)
    answer = post.client.get(post.path(asked))
    assert answer.status_code == 400
    assert lite_city.contract.fault("problem.json", answer.json()) is None


def test_other_paths_and_methods_are_plain_problems(lite_city: City, post_of: Any) -> None:
    post = post_of(lite_city)
    assert post.client.get("/").json()["code"] == "not_found"
    assert post.client.get("/docs").status_code == 404
    assert post.client.get(post.path("events")).status_code == 405
    assert post.client.delete(post.path("state")).status_code == 405


def test_certificates_are_kept_over_restarts(tmp_path: Path) -> None:
    first = Authority(tmp_path)
    first.start()
    before = first.post("post-hongqi")
    texts = [place.read_bytes() for place in (before.ca_file, before.certificate_file)]
    second = Authority(tmp_path)
    second.start()
    after = second.post("post-hongqi")
    assert [place.read_bytes() for place in (after.ca_file, after.certificate_file)] == texts
    assert before.key_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("post", ["operator", "../x", "", "Upper", "a b", "x" * 64])
def test_no_certificate_for_what_is_not_a_post(tmp_path: Path, post: str) -> None:
    authority = Authority(tmp_path)
    authority.start()
    with pytest.raises(ValueError, match="cannot be the id of a post"):
        authority.post(post)


def test_half_an_authority_is_not_replaced(tmp_path: Path) -> None:
    Authority(tmp_path).start()
    (tmp_path / "ca-key.pem").unlink()
    with pytest.raises(BrokenAuthority, match=r"ca\.pem"):
        Authority(tmp_path).start()


def test_a_spoilt_certificate_is_named(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    authority.start()
    authority.post("post-hongqi").certificate_file.write_text("spoilt")
    with pytest.raises(BrokenAuthority, match="post-hongqi"):
        authority.post("post-hongqi")


def test_a_post_that_falls_amid_its_request_makes_no_noise(
    lite_city: City, client_of: Any, caplog: pytest.LogCaptureFixture
) -> None:
    mine = lite_city.certify("post-hongqi")
    context = ssl.create_default_context(cafile=str(mine.ca_file))
    context.load_cert_chain(mine.certificate_file, mine.key_file)
    place = urlsplit(lite_city.url)
    with socket.create_connection((place.hostname, place.port)) as plain:
        with context.wrap_socket(plain, server_hostname=place.hostname) as wire:
            wire.sendall(b"POST /v1/posts/post-hongqi/events HTTP/1.1\r\nHost: city\r\n")
            wire.sendall(b"Content-Type: application/json\r\nContent-Length: 4096\r\n\r\n{")
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert client_of(lite_city, mine).get(STATE).status_code == 200
    lite_city.stop()
    assert [record.getMessage() for record in caplog.records if record.levelno >= 40] == []
