"""The audit trail tampered with by somebody who has the store's key: every way is found.

Edit, delete, insert and swap break the chain in itself. Cutting the end off, writing the whole chain
anew, putting back an older store and forging the witness leave a chain that holds: those are found
by what the city has countersigned, up to the last checkpoint and not beyond it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from console.cli.parser import main
from console.core import audit
from console.core.actor import SYSTEM, Actor
from console.core.audit import NO_HASH, AuditLine
from console.core.database import Database
from console.core.errors import Refused
from console.core.keyfile import key_folder
from console.core.tables import audit_trail, identity
from console.core.tail import TAIL_FILE
from console.drill.city.city import City
from console.settings import CityRoad
from console.sync.service.checkpoint import tell_checkpoint
from console.sync.service.witness import ROLLED_BACK, witness_file
from console.sync.store.checkpoint import countersigned
from console.upkeep.service import Proof, prove_trail
from tests.conftest import HandClock
from tests.sync.roads import Post, road_settings, running, wait_until

LINES, LATER = 30, 5
POST = "post-test"


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    found = City(tmp_path / "city")
    found.start()
    yield found
    found.stop()


@pytest.fixture
def to_city(city: City) -> CityRoad:
    return road_settings(city.url, city.certify(POST))


@pytest.fixture
def post(database: Database, bus: Any, clock: HandClock) -> Post:
    return Post(database, bus, clock)


def write(database: Database, count: int) -> None:
    """So many lines of an ordinary day."""
    for number in range(count):
        with database.act(Actor("officer", "0123")) as act:
            act.audit("call.noted", "call", f"c{number}", note=f"第 {number} 次回访")


def countersign(post: Post, to_city: CityRoad) -> int:
    """A checkpoint is told, countersigned and kept; returns its number of records."""
    with post.database.act(SYSTEM) as act:
        assert tell_checkpoint(act, post.database.post, post.database.epoch)
    with running(post, to_city) as road:
        wait_until(road, lambda state: state.up and not state.pending)
        wait_until(road, lambda _: kept(post.database))
    return kept(post.database)[-1]


def kept(database: Database) -> list[int]:
    with database.read() as connection:
        rows = connection.execute(sa.select(countersigned.c.seq).order_by(countersigned.c.number))
        return [row.seq for row in rows]


@pytest.fixture
def signed(post: Post, to_city: CityRoad) -> Database:
    """A trail of thirty lines, countersigned, and five later ones."""
    write(post.database, LINES)
    assert countersign(post, to_city) == LINES
    write(post.database, LATER)
    return post.database


def prove(database: Database, city: CityRoad) -> Proof:
    return prove_trail(database, SYSTEM, city)


def offline(city: CityRoad) -> CityRoad:
    """The same trust, and no road to ask by."""
    return replace(city, url="")


def chain_anew(database: Database, change: Callable[[list[AuditLine]], list[AuditLine]]) -> None:
    """The whole trail is written again after ``change``, every number and hash of it right."""
    with database.engine.begin() as connection:
        before = list(audit.lines(connection))
        connection.execute(audit_trail.delete())
        prev = NO_HASH
        for seq, line in enumerate(change(before), 1):
            made = replace(line, seq=seq, prev=prev)
            prev = made.computed_hash()
            row = {name: getattr(made, name) for name in AuditLine.__slots__}
            connection.execute(audit_trail.insert().values({**row, "hash": prev}))
        assert audit.first_fault(connection) is None  # nothing in the chain itself tells of it


def sql(*statements: str) -> Callable[[Database], None]:
    def tamper(database: Database) -> None:
        with database.engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    return tamper


def anew(change: Callable[[list[AuditLine]], list[AuditLine]]) -> Callable[[Database], None]:
    return lambda database: chain_anew(database, change)


def restamped(found: list[AuditLine]) -> list[AuditLine]:
    return [*found[:9], replace(found[9], at=found[9].at - timedelta(hours=1)), *found[10:]]


_COLUMNS = "at, actor, act, entity, entity_id, detail, prev, hash"
WAYS: dict[str, tuple[Callable[[Database], None], str]] = {
    "edit": (sql("UPDATE audit_trail SET actor = 'officer:9999' WHERE seq = 10"), "bad_record"),
    "delete": (sql("DELETE FROM audit_trail WHERE seq = 10"), "bad_record"),
    "insert": (
        sql(
            "UPDATE audit_trail SET seq = -seq - 1 WHERE seq > 10",
            "UPDATE audit_trail SET seq = -seq WHERE seq < 0",
            f"INSERT INTO audit_trail SELECT 11, {_COLUMNS} FROM audit_trail WHERE seq = 10",
        ),
        "bad_record",
    ),
    "swap": (
        sql(
            "UPDATE audit_trail SET seq = -10 WHERE seq = 10",
            "UPDATE audit_trail SET seq = 10 WHERE seq = 11",
            "UPDATE audit_trail SET seq = 11 WHERE seq = -10",
        ),
        "bad_record",
    ),
    "truncate": (sql("DELETE FROM audit_trail WHERE seq > 20"), "cut_short"),
    "re-stamp": (anew(restamped), "rewritten"),
    "edit, chained anew": (
        anew(lambda found: [*found[:9], replace(found[9], actor="officer:9"), *found[10:]]),
        "rewritten",
    ),
    "delete, chained anew": (anew(lambda found: found[:9] + found[10:]), "rewritten"),
    "insert, chained anew": (anew(lambda found: [*found[:10], *found[9:]]), "rewritten"),
    "swap, chained anew": (
        anew(lambda found: [*found[:9], found[10], found[9], *found[11:]]),
        "rewritten",
    ),
    "truncate at the last checkpoint but one line": (
        sql(f"DELETE FROM audit_trail WHERE seq >= {LINES}"),
        "cut_short",
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_is_found_with_and_without_the_city(
    signed: Database, to_city: CityRoad, way: str
) -> None:
    assert prove(signed, to_city).asked
    tamper, code = WAYS[way]
    tamper(signed)
    with signed.engine.begin() as connection:
        connection.execute(countersigned.delete())  # whoever tampers may clear this table too
    for road in (to_city, offline(to_city)):
        with pytest.raises(Refused, match=rf"audit\.{code}"):
            prove(signed, road)


def test_a_whole_trail_is_proven_and_what_came_later_is_counted(
    signed: Database, to_city: CityRoad, capsys: pytest.CaptureFixture[str]
) -> None:
    proof = prove(signed, to_city)
    assert proof.asked and proof.signed is not None and proof.last is not None
    assert (proof.signed.checkpoint.seq, proof.last.seq) == (LINES, LINES + LATER)
    folder = signed.path.parent
    assert main(["audit", "verify", "--offline", "--data", str(folder)]) == 0
    assert "市局已联署到第 30 条" in (told := capsys.readouterr().out)
    assert "其后 5 条尚未联署" in told
    sql("DELETE FROM audit_trail WHERE seq > 20")(signed)
    verify = ["audit", "verify", "--offline", "--data", str(folder), "--lang", "en"]
    assert main(verify) == 1
    assert "lacks 15 lines" in capsys.readouterr().err  # the mark beside the store knows
    (folder / TAIL_FILE).unlink()  # and without it the city's word does
    assert main(verify) == 1
    assert "has 20 records, and the city countersigned 30" in capsys.readouterr().err


def test_the_whole_store_put_back_is_found(post: Post, to_city: CityRoad, tmp_path: Path) -> None:
    """The data folder of yesterday, all of it, put in place of today's."""
    database = post.database
    write(database, 10)
    countersign(post, to_city)
    database.stop()
    shutil.copytree(database.path.parent, tmp_path / "yesterday")
    database.start()
    write(database, 20)
    countersign(post, to_city)
    database.stop()
    shutil.rmtree(database.path.parent)
    shutil.copytree(tmp_path / "yesterday", database.path.parent)
    database.start()
    for road in (to_city, offline(to_city)):
        with pytest.raises(Refused, match=r"audit\.cut_short"):
            prove(database, road)
    witness = witness_file(database.path.parent)
    assert witness is not None
    witness.unlink()  # and the key folder put back with it: then the city alone knows
    assert prove(database, offline(to_city)).signed is not None
    with pytest.raises(Refused, match=r"audit\.cut_short"):
        prove(database, to_city)
    with running(post, to_city) as console:  # and the running console finds it by itself
        wait_until(console, lambda state: state.alarm is not None)
        wait_until(console, lambda _: "audit.rolled_back" in acts(database))


def test_a_restored_store_says_so_until_its_new_life_is_countersigned(
    post: Post, to_city: CityRoad, tmp_path: Path
) -> None:
    database = post.database
    write(database, 10)
    database.stop()
    shutil.copytree(database.path.parent, tmp_path / "backup")
    database.start()
    write(database, 20)
    countersign(post, to_city)
    database.stop()
    shutil.rmtree(database.path.parent)
    shutil.copytree(tmp_path / "backup", database.path.parent)
    database.start()
    with database.act(SYSTEM) as act:  # what a restore does: a new epoch, and a line that says so
        act.connection.execute(sa.update(identity).values(epoch="e" * 16))
        act.audit("store.restored", "store", POST)
    database.stop()
    database.start()
    with running(post, to_city) as road:
        wait_until(road, lambda state: state.alarm == ROLLED_BACK)
        with pytest.raises(Refused, match=r"audit\.cut_short"):
            prove(database, to_city)
        with database.act(SYSTEM) as act:
            assert tell_checkpoint(act, POST, database.epoch)
        wait_until(road, lambda state: state.alarm is None and not state.pending)
    proof = prove(database, to_city)
    assert proof.signed is not None and proof.signed.checkpoint.epoch == "e" * 16
    assert acts(database).count("audit.rolled_back") == 1
    assert prove(database, offline(to_city)).signed is not None


@pytest.mark.parametrize("member", ["seq", "hash", "signature", "certificate", "signed_at"])
def test_a_forged_witness_is_found(signed: Database, to_city: CityRoad, member: str) -> None:
    place = witness_file(signed.path.parent)
    assert place is not None and place.parent == key_folder()
    told = json.loads(place.read_text("utf-8"))
    forged = {
        "seq": 20,
        "hash": "0" * 64,
        "signature": "A" * 86 + "==",
        "certificate": told["certificate"].replace("A", "B", 1),
        "signed_at": "2026-11-21T10:00:00.000Z",
    }[member]
    (told["checkpoint"] if member in told["checkpoint"] else told)[member] = forged
    place.write_text(json.dumps(told), "utf-8")
    with pytest.raises(Refused, match=r"audit\.witness_forged"):
        prove(signed, offline(to_city))
    place.write_text("{", "utf-8")
    with pytest.raises(Refused, match=r"audit\.witness_unreadable"):
        prove(signed, offline(to_city))
    assert prove(signed, to_city).asked  # the city knows better than a broken file


def test_a_post_cannot_countersign_for_the_city(
    signed: Database, to_city: CityRoad, city: City
) -> None:
    """Its own certificate is of the same authority, and is not the witness's."""
    from cryptography import x509

    from console.sync.service.witness import holds, read_witness

    found = read_witness(signed.path.parent)
    assert found is not None and holds(found, to_city.ca_file)
    own = x509.load_pem_x509_certificate(Path(to_city.certificate_file).read_bytes())
    assert own.issuer == x509.load_pem_x509_certificate(Path(to_city.ca_file).read_bytes()).subject
    as_post = replace(found, certificate=Path(to_city.certificate_file).read_text("ascii"))
    assert not holds(as_post, to_city.ca_file)
    other = City(Path(to_city.ca_file).parent / "other")
    other.authority.start()
    assert not holds(found, str(other.authority.ca_file))


def acts(database: Database) -> list[str]:
    with database.read() as connection:
        return [line.act for line in audit.lines(connection)]
