"""Two people sign; the document stays; nothing unknown is told as nothing."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import sqlalchemy as sa

from console.core import audit
from console.core.database import Database
from console.core.errors import ConsoleError, Refused
from console.core.events import EventBus
from console.core.tables import outbox
from console.drill.city.contract import Contract
from console.handover import service
from console.handover.model import (
    MOST_LINES,
    HandedOver,
    Handover,
    Part,
    Section,
    frozen,
    part_of,
    thawed,
)
from console.handover.service import Sources
from console.handover.store import handover_table
from console.people.model import OfficerSignedOut
from tests.conftest import HandClock
from tests.handover.conftest import SECRETS, Post, line

HOSTILE = "夜间 \u202e反\x00字🚓" + "备" * 300


def begin(post: Post, notes: str = "1号车在修") -> Handover:
    return service.sign_outgoing(
        post.database, post.sources(), post.session(), SECRETS["0001"], notes
    )


def told(database: Database) -> list[dict[str, Any]]:
    with database.read() as connection:
        rows = connection.execute(sa.select(outbox).where(outbox.c.kind == "shift.handed_over"))
        return [{"lane": row.lane, "rev": row.rev, **row.payload} for row in rows]


def trail(database: Database) -> list[str]:
    with database.read() as connection:
        return [one.act for one in audit.lines(connection)]


def test_a_shift_is_handed_over_by_two_signatures(post: Post, bus: EventBus) -> None:
    news: list[HandedOver] = []
    bus.subscribe(HandedOver, news.append)
    signed = begin(post)
    assert (signed.rev, signed.taken, signed.outgoing.name) == (1, False, "李卫国")
    assert told(post.database) == []
    post.clock.pass_(60)
    taken, session = service.sign_incoming(post.database, signed.id, "0002", SECRETS["0002"])
    assert (taken.rev, session.number) == (2, "0002")
    assert taken.content == signed.content
    (event,) = told(post.database)
    assert (event["lane"], event["outgoing"], event["incoming"]) == (2, "0001", "0002")
    assert event["open_calls"] == ["call-1", "call-2"]
    assert event["counts"]["items"] == 1 and event["counts"]["alarms"] == 0
    assert event["notes"] == "1号车在修"
    with post.database.read() as connection:
        last = audit.last(connection)
        kind = outbox.c.kind == "audit.checkpoint"
        (head,) = connection.execute(sa.select(outbox.c.payload).where(kind)).all()
    assert last is not None and (head.payload["seq"], head.payload["hash"]) == (last.seq, last.hash)
    acts = trail(post.database)
    assert [a for a in acts if a.startswith("handover")] == ["handover.signed", "handover.taken"]
    assert "officer.attested" in acts
    assert [one.taken for one in news] == [False, True]
    with post.database.read() as connection:
        (kept,) = service.former(connection, None, 10)
        assert kept == taken
        assert service.waiting_now(connection, post.clock.now()) is None
        rows = connection.execute(sa.select(handover_table.c.rev).order_by(handover_table.c.rev))
        assert [row.rev for row in rows] == [1, 2]


def test_what_is_told_fits_the_city_s_contract(post: Post) -> None:
    post.down = {Section.CALLS, Section.ALARMS}
    signed = begin(post, "")
    service.sign_incoming(post.database, signed.id, "0002", SECRETS["0002"])
    (event,) = told(post.database)
    assert "open_calls" not in event and event["counts"]["calls"] is None
    payload = {name: value for name, value in event.items() if name not in ("lane", "rev")}
    assert Contract().fault("upward/shift.handed_over.json", payload) is None


def test_the_same_person_cannot_take_over(post: Post) -> None:
    signed = begin(post)
    with pytest.raises(Refused, match=r"handover\.same_person"):
        service.sign_incoming(post.database, signed.id, " 0001 ", SECRETS["0001"])
    assert told(post.database) == []


def test_who_may_not_take_calls_takes_no_shift_over(post: Post, bus: EventBus) -> None:
    left: list[OfficerSignedOut] = []
    bus.subscribe(OfficerSignedOut, left.append)
    signed = begin(post)
    with pytest.raises(Refused, match=r"people\.not_allowed"):
        service.sign_incoming(post.database, signed.id, "0003", SECRETS["0003"])
    assert [one.session.number for one in left] == ["0003"]
    with pytest.raises(Refused, match=r"people\.not_allowed"):
        service.sign_outgoing(
            post.database, post.sources(), post.session("0003"), SECRETS["0003"], ""
        )


def test_a_wrong_secret_signs_nothing(post: Post) -> None:
    with pytest.raises(Refused, match=r"people\.wrong_number_or_secret"):
        service.sign_outgoing(post.database, post.sources(), post.session(), "falsch-1", "")
    signed = begin(post)
    with pytest.raises(Refused, match=r"people\.wrong_number_or_secret"):
        service.sign_incoming(post.database, signed.id, "0002", "falsch-2")
    with post.database.read() as connection:
        assert service.waiting_now(connection, post.clock.now()) == signed


def test_taken_once_replaced_by_a_newer_one_or_too_late(post: Post) -> None:
    first = begin(post)
    post.clock.pass_(1)
    second = begin(post)
    with pytest.raises(Refused, match=r"handover\.replaced"):
        service.sign_incoming(post.database, first.id, "0002", SECRETS["0002"])
    post.clock.pass_(1801)
    with pytest.raises(Refused, match=r"handover\.too_old"):
        service.sign_incoming(post.database, second.id, "0002", SECRETS["0002"])
    third = begin(post)
    service.sign_incoming(post.database, third.id, "0002", SECRETS["0002"])
    with pytest.raises(Refused, match=r"handover\.already_taken"):
        service.sign_incoming(post.database, third.id, "0002", SECRETS["0002"])
    with pytest.raises(Refused, match=r"handover\.no_such"):
        service.sign_incoming(post.database, "nothing", "0002", SECRETS["0002"])


def test_two_hands_at_once_take_it_over_once(post: Post) -> None:
    signed = begin(post)
    refused: list[ConsoleError] = []

    def take() -> None:
        try:
            service.sign_incoming(post.database, signed.id, "0002", SECRETS["0002"])
        except ConsoleError as error:
            refused.append(error)

    hands = [threading.Thread(target=take, name=f"hand-{n}") for n in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(20)
    assert [error.code for error in refused] == ["handover.already_taken"]
    assert len(told(post.database)) == 1


def test_a_source_that_fails_is_unknown_and_never_zero(post: Post) -> None:
    post.down = {Section.ITEMS}
    with post.database.read() as connection:
        content = service.gather(connection, post.sources(), post.clock.now())
        bare = service.gather(connection, Sources({}), post.clock.now())
    items = content.part(Section.ITEMS)
    assert (items.known, items.count, items.lines) == (False, None, ())
    assert items.reason is not None and items.reason.zh_CN != items.reason.en
    assert content.part(Section.POINTS).count == 0
    assert not any(part.known for part in bare.parts)
    assert (bare.level, bare.shift) == (None, None)


def test_notes_are_cleaned_bounded_and_drafted(post: Post) -> None:
    session = post.session()
    service.keep_draft(post.database, session, HOSTILE)
    with post.database.read() as connection:
        assert service.draft(connection, session).startswith("夜间 反字🚓备")
    signed = begin(post, HOSTILE)
    assert "\u202e" not in signed.notes and "\x00" not in signed.notes and "🚓" in signed.notes
    with post.database.read() as connection:
        assert service.draft(connection, session) == ""
    with pytest.raises(Refused, match=r"handover\.notes_too_long"):
        begin(post, "备" * 4001)


def test_a_clock_set_back_takes_the_waiting_signature_away(post: Post, clock: HandClock) -> None:
    signed = begin(post)
    clock.pass_(-5)
    assert not signed.waits(clock.now())


def test_a_long_section_counts_what_it_does_not_name(post: Post, clock: HandClock) -> None:
    many = tuple(line(f"p{n}", f"点位{n}", since=clock.now()) for n in range(MOST_LINES + 30))
    part = part_of(Section.POINTS, many)
    assert (part.count, len(part.lines)) == (MOST_LINES + 30, MOST_LINES)
    post.found[Section.POINTS] = many
    signed = begin(post)
    assert thawed(frozen(signed.content)) == signed.content
    assert Part(Section.POINTS, 0).known


def test_former_ones_are_read_window_by_window(post: Post) -> None:
    ids: list[str] = []
    for _ in range(5):
        ids.insert(0, begin(post).id)
        post.clock.pass_(1)
    with post.database.read() as connection:
        first = service.former(connection, None, 3)
        rest = service.former(connection, first[-1], 3)
    assert [one.id for one in (*first, *rest)] == ids
