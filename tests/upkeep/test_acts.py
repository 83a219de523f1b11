"""The acts of the upkeep: by right, audited, true to the disk; and the checks of files and city."""

from __future__ import annotations

import errno
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from console.core import audit, backup
from console.core.actor import Actor
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.errors import ConsoleError, Refused, Unavailable
from console.drill.city.city import City
from console.drill.sample_post import SAMPLE
from console.settings import CityRoad, read_settings
from console.upkeep import service
from console.upkeep.model import Missing, TrailFilter, missing
from tests.conftest import HandClock
from tests.upkeep.conftest import somebody

TECHNICIAN, DUTY = somebody("technician"), somebody("duty_officer")


def lines(database: Database) -> list[audit.AuditLine]:
    with database.read() as connection:
        return list(audit.lines(connection))


class TestSettings:
    def test_changed_and_audited_with_what_was_before(self, database: Database) -> None:
        data = database.path.parent
        service.change_settings(database, TECHNICIAN, data, {"theme": "night"})
        service.change_settings(database, TECHNICIAN, data, {"theme": "day", "idle_lock_s": 600})
        assert read_settings(data).theme == "day"
        told = [line for line in lines(database) if line.act == "settings.changed"]
        assert told[1].detail == {"changed": {"theme": {"from": "night", "to": "day"}}}
        assert told[1].actor == "officer:0007"
        service.change_settings(database, TECHNICIAN, data, {"theme": "day"})
        assert lines(database)[-1] == told[1]  # nothing changed, nothing said

    @pytest.mark.parametrize("who", [DUTY, somebody("auditor"), somebody()])
    def test_not_without_the_right(self, database: Database, who: Actor) -> None:
        with pytest.raises(Refused, match=r"people\.not_allowed"):
            service.change_settings(database, who, database.path.parent, {"theme": "night"})
        assert not (database.path.parent / "settings.toml").exists()

    def test_a_path_is_whole(self, database: Database) -> None:
        with pytest.raises(Refused, match=r"settings\.not_absolute") as refused:
            service.change_settings(
                database, TECHNICIAN, database.path.parent, {"city.ca_file": "ca.pem"}
            )
        assert refused.value.details["field"] == "city.ca_file"

    def test_a_disk_that_refuses_leaves_file_and_trail(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = database.path.parent
        service.change_settings(database, TECHNICIAN, data, {"theme": "night"})
        before = lines(database)

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(Unavailable, match=r"settings\.not_written"):
            service.change_settings(database, TECHNICIAN, data, {"theme": "day"})
        assert read_settings(data).theme == "night"
        assert lines(database) == before

    def test_what_is_missing(self, tmp_path: Path, database: Database) -> None:
        told = service.change_settings(
            database,
            TECHNICIAN,
            database.path.parent,
            {"roads_file": "/r", "city.url": "https://c"},
        )
        assert missing(told, 0) == (Missing.CREWS, Missing.AREAS, Missing.BACKUP)
        assert missing(told, 3) == (Missing.AREAS, Missing.BACKUP)


class TestBackups:
    def test_each_is_a_new_file_and_the_trail_knows_the_last(
        self, database: Database, clock: HandClock, tmp_path: Path
    ) -> None:
        folder = tmp_path / "backups"
        folder.mkdir()
        first = service.make_backup(database, TECHNICIAN, str(folder))
        second = service.make_backup(database, TECHNICIAN, str(folder))  # in the same second
        assert first != second
        assert first.name.startswith("post-test-2026")
        assert backup.check(first, database.key).manifest.post == "post-test"
        clock.pass_(60)
        service.rehearse(database, TECHNICIAN, second)
        with database.read() as connection:
            last = service.last_backup(connection)
        assert last is not None
        assert last.file == second
        assert last.rehearsed_at == clock.now()
        assert last.made_at == clock.now() - timedelta(seconds=60)

    @pytest.mark.parametrize("who", [DUTY, somebody("chief"), somebody("auditor")])
    def test_not_without_the_right(self, database: Database, who: Actor, tmp_path: Path) -> None:
        with pytest.raises(Refused, match=r"people\.not_allowed"):
            service.make_backup(database, who, str(tmp_path))
        with pytest.raises(Refused, match=r"people\.not_allowed"):
            service.rehearse(database, who, tmp_path / "x")

    def test_no_folder(self, database: Database, tmp_path: Path) -> None:
        for folder, code in (("", "backup.folder_not_set"), ("gone", "backup.no_folder")):
            place = str(tmp_path / folder) if folder else ""
            with pytest.raises(Refused) as refused:
                service.make_backup(database, TECHNICIAN, place)
            assert refused.value.code == code

    def test_a_full_disk_is_said_of_the_backups(
        self, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_place: Path) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(backup, "sync", full)
        with pytest.raises(Unavailable, match=r"backup\.disk_full"):
            service.make_backup(database, TECHNICIAN, str(tmp_path))
        assert not list(tmp_path.glob("*.backup*"))
        assert not list(tmp_path.glob("*.part"))

    def test_a_name_taken_meanwhile_is_not_overwritten(
        self, database: Database, tmp_path: Path
    ) -> None:
        def take(step: str, _share: float) -> None:
            if step == "check":
                (part,) = tmp_path.glob(".*.part")
                (tmp_path / part.name[1:].rpartition(".backup")[0]).with_suffix(
                    ".backup"
                ).write_text("theirs")

        with pytest.raises(Refused, match=r"backup\.file_there"):
            service.make_backup(database, TECHNICIAN, str(tmp_path), take)
        (kept,) = tmp_path.glob("*.backup")
        assert kept.read_text() == "theirs"

    def test_cancelled_it_leaves_nothing(self, database: Database, tmp_path: Path) -> None:
        def cancel(_step: str, _share: float) -> None:
            raise Refused("backup.cancelled")

        with pytest.raises(Refused, match=r"backup\.cancelled"):
            service.make_backup(database, TECHNICIAN, str(tmp_path), cancel)
        assert [place.name for place in tmp_path.iterdir() if place.is_file()] == []

    def test_a_damaged_one_does_not_pass_the_drill(
        self, database: Database, tmp_path: Path
    ) -> None:
        made = service.make_backup(database, TECHNICIAN, str(tmp_path))
        raw = bytearray(made.read_bytes())
        raw[len(raw) // 2] ^= 1
        made.write_bytes(raw)
        with pytest.raises(Refused, match=r"backup\."):
            service.rehearse(database, TECHNICIAN, made)


class TestTrail:
    def fill(self, database: Database, count: int = 450) -> None:
        with database.act(TECHNICIAN) as act:
            for n in range(count):
                act.audit("call.signed" if n % 2 else "unit.status", "call", f"c{n}", n=n)

    def test_windows_by_key_and_filters(self, database: Database) -> None:
        self.fill(database)
        auditor = somebody("auditor")
        with database.read() as connection:
            first = service.trail_page(connection, auditor, TrailFilter(), None, 200)
            second = service.trail_page(connection, auditor, TrailFilter(), first[-1], 200)
            assert [line.seq for line in first] == list(range(450, 250, -1))
            assert [line.seq for line in second] == list(range(250, 50, -1))

            def found(wanted: TrailFilter) -> list[audit.AuditLine]:
                return list(service.trail_page(connection, auditor, wanted, None, 1000))

            assert len(found(TrailFilter(act="SIGNED"))) == 225
            assert [line.entity_id for line in found(TrailFilter(entity="c44"))] == [
                *(f"c{n}" for n in range(449, 439, -1)),
                "c44",
            ]
            assert found(TrailFilter(actor="%")) == []  # a sign, not a pattern
            assert len(found(TrailFilter(actor="0007", act="unit", entity="call"))) == 225
            with pytest.raises(Refused, match=r"people\.not_allowed"):
                service.trail_page(connection, DUTY, TrailFilter(), None, 10)

    def test_looking_is_audited(self, database: Database) -> None:
        service.open_trail(database, somebody("auditor"))
        assert [line.act for line in lines(database)] == ["audit.opened"]
        with pytest.raises(Refused, match=r"people\.not_allowed"):
            service.open_trail(database, DUTY)

    def test_export_is_whole_and_never_over_a_file(
        self, database: Database, tmp_path: Path
    ) -> None:
        self.fill(database, 5)
        file = tmp_path / "trail.jsonl"
        assert service.export_trail(database, somebody("chief"), file) == 5
        assert [json.loads(line)["seq"] for line in file.read_text().splitlines()] == [
            1,
            2,
            3,
            4,
            5,
        ]
        with pytest.raises(Refused, match=r"audit\.export_there"):
            service.export_trail(database, somebody("chief"), file)
        with pytest.raises(Refused, match=r"audit\.export_ending"):
            service.export_trail(database, somebody("chief"), tmp_path / "trail.txt")
        with pytest.raises(Unavailable, match=r"audit\.export_failed"):
            service.export_trail(database, somebody("chief"), tmp_path / "gone" / "trail.csv")

    def test_verify(self, database: Database) -> None:
        self.fill(database, 3)
        with database.read() as connection:
            last = service.verify_trail(connection, somebody("auditor"))
        assert last is not None and last.seq == 3
        with database.engine.begin() as raw:
            raw.exec_driver_sql("UPDATE audit_trail SET actor = 'nobody' WHERE seq = 2")
        with database.read() as connection, pytest.raises(Refused) as refused:
            service.verify_trail(connection, somebody("auditor"))
        assert refused.value.details["seq"] == 2


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    made = City(tmp_path / "city")
    made.start()
    yield made
    made.stop()


def road_of(city: City, post: str = "post-test") -> CityRoad:
    own = city.certify(post)
    return CityRoad(city.url, str(own.ca_file), str(own.certificate_file), str(own.key_file))


class TestChecks:
    def test_roads_and_areas(self, tmp_path: Path) -> None:
        found = service.check_roads(str(SAMPLE / "town.osm.pbf"), tmp_path)
        assert found.roads > found.streets > 20
        areas = service.check_areas(str(SAMPLE / "areas.geojson"))
        assert areas.areas == 8
        with pytest.raises(ConsoleError, match=r"gridmap\.roads_missing"):
            service.check_roads(str(tmp_path / "none.osm.pbf"), tmp_path)

    def test_a_good_certificate(self, city: City) -> None:
        now = SystemClock().now()
        found = service.check_certificate(road_of(city), "post-test", now)
        assert found.name == "post-test"
        assert not found.ends_soon(now)
        assert found.ends_soon(found.ends_at - timedelta(days=29))

    def test_what_can_be_wrong_with_the_files(self, city: City, tmp_path: Path) -> None:
        good, other = road_of(city), road_of(city, "post-other")
        odd = tmp_path / "odd.pem"
        odd.write_text("no certificate")
        foreign = City(tmp_path / "foreign")
        foreign.authority.start()
        ca = str(foreign.authority.ca_file)
        now, late = SystemClock().now(), SystemClock().now() + timedelta(days=4000)
        own, key = good.certificate_file, good.key_file
        for road, when, code in (
            (CityRoad(good.url, "", own, key), now, "settings.no_file"),
            (CityRoad(good.url, str(odd), own, key), now, "settings.certificate_broken"),
            (CityRoad(good.url, good.ca_file, str(odd), key), now, "settings.certificate_broken"),
            (other, now, "settings.certificate_of_other"),
            (good, late, "settings.certificate_not_now"),
            (CityRoad(good.url, ca, own, key), now, "settings.certificate_foreign"),
            (CityRoad(good.url, good.ca_file, own, str(odd)), now, "settings.key_broken"),
            (CityRoad(good.url, good.ca_file, own, other.key_file), now, "settings.key_of_other"),
        ):
            with pytest.raises(Refused) as refused:
                service.check_certificate(road, "post-test", when)
            assert refused.value.code == code
            assert str(refused.value.details["field"]).startswith("city.")

    def test_the_city_is_asked(self, city: City) -> None:
        halted = threading.Event()
        store = "post-test", "0123456789abcdef"
        answer = service.ask_city(road_of(city), store, SystemClock(), halted)
        assert abs(answer.ahead_s) < 5
        other = road_of(city, "post-other")
        with pytest.raises(Unavailable, match=r"settings\.city_refused"):
            service.ask_city(other, store, SystemClock(), halted)
        nobody = CityRoad(
            "https://127.0.0.1:1", other.ca_file, other.certificate_file, other.key_file
        )
        with pytest.raises(Unavailable, match=r"sync\.unreachable"):
            service.ask_city(nobody, store, SystemClock(), halted)
