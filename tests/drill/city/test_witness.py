"""The city as a witness: what it countersigns, what it refuses, and what it tells when asked."""

from __future__ import annotations

import base64
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from console.drill.city.city import City
from console.drill.city.contract import Contract
from tests.drill.city.conftest import POST, Post, canonical, uuid7

CONTRACT = Contract()


def checkpoint(post: Post, seq: int, digit: str) -> dict[str, Any]:
    """The event of lane 1 that tells of a trail with this many records."""
    payload = {"seq": seq, "hash": digit * 64, "at": "2026-11-21T10:00:00.123Z"}
    told = {"entity": "audit", "entity_id": POST, "kind": "audit.checkpoint"}
    told["event_id"] = uuid7(0xA0D17000 + seq * 16 + int(digit, 16))
    return post.event(1, **told, base_rev=seq - 1, rev=seq, payload=payload)


def held(found: dict[str, Any], city: City) -> None:
    """The countersignature keeps to its schema and is the city's, by its CA; raises otherwise."""
    assert CONTRACT.fault("countersigned.json", found) is None
    own = x509.load_pem_x509_certificate(found["certificate"].encode())
    own.verify_directly_issued_by(
        x509.load_pem_x509_certificate(city.authority.ca_file.read_bytes())
    )
    key = own.public_key()
    assert isinstance(key, Ed25519PublicKey)
    stated = {**found["checkpoint"], "signed_at": found["signed_at"]}
    key.verify(base64.b64decode(found["signature"]), canonical(stated))


def test_a_checkpoint_is_countersigned_and_the_same_again_gets_the_same_answer(
    city: City, post: Post
) -> None:
    events = [checkpoint(post, 10, "a"), post.event(1), checkpoint(post, 20, "b")]
    answer = post.send(events, 1)
    assert answer.status_code == 200
    assert CONTRACT.fault("ack.json", answer.json()) is None
    signed = answer.json()["countersigned"]
    assert [one["checkpoint"]["seq"] for one in signed] == [10, 20]
    assert signed[1]["checkpoint"]["epoch"] == post.epoch
    for one in signed:
        held(one, city)
    assert post.send(events, 1).json() == answer.json()
    state = post.state()
    assert CONTRACT.fault("state.json", state) is None
    assert state["countersigned"] == signed[1]
    city.restore(POST, post.epoch, 1, 1)
    assert post.state()["countersigned"] == signed[0]


def test_a_trail_does_not_shrink_within_an_epoch_and_a_new_life_begins_anew(
    lite_city: City, post_of: Any
) -> None:
    post = post_of(lite_city)
    first = post.send([checkpoint(post, 20, "b")], 1).json()["countersigned"]
    answer = post.send([checkpoint(post, 20, "c")], 1).json()
    assert answer["rejected"][0]["code"] == "checkpoint_conflict"
    assert "countersigned" not in answer
    assert post.state()["countersigned"] == first[0]
    reborn = post_of(lite_city)
    assert reborn.state()["countersigned"] == first[0]  # of the life before, until it has its own
    own = reborn.send([checkpoint(reborn, 12, "d")], 1).json()["countersigned"]
    assert reborn.state()["countersigned"] == own[0]
    assert post.state()["countersigned"] == first[0]


def test_what_builds_on_a_refused_event_is_refused_until_that_one_is_mended(
    city: City, post: Post
) -> None:
    one, other = "019aa5c1-2d00-7b3a-9c41-0242ac120001", "019aa5c1-2d00-7b3a-9c41-0242ac120002"

    def told(entity_id: str, rev: int, **more: Any) -> dict[str, Any]:
        return post.event(entity_id=entity_id, base_rev=rev - 1, rev=rev, **more)

    answer = post.send(
        [told(one, 4, payload={"by": 7}), told(one, 5), told(other, 5), told(one, 6)]
    ).json()
    assert [(found["seq"], found["code"]) for found in answer["rejected"]] == [
        (1, "schema"),
        (2, "earlier_rejected"),
        (4, "earlier_rejected"),
    ]
    assert CONTRACT.fault("ack.json", answer) is None
    again = post.send([told(one, 6)]).json()
    assert again["rejected"][0]["code"] == "earlier_rejected"
    mended = post.send([told(one, 4), told(one, 5), told(one, 6)]).json()
    assert mended["rejected"] == []
    outcomes = [record.outcome for record in city.events(POST)]
    assert outcomes.count("applied") == 4
