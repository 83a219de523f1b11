"""The panels of the upkeep through their real widgets, on a real store."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox

from console.core import backup
from console.core.errors import Unavailable
from console.drill.city.city import City
from console.drill.sample_post import SAMPLE
from console.settings import Settings, read_settings
from console.ui.lamp import Shape
from console.upkeep.model import BackupStanding, LastBackup, Missing
from console.upkeep.page import AboutPanel, AuditPanel, BackupPanel, MissingNotice, SettingsPanel
from console.upkeep.page.about_panel import LEAFLET, LICENCES, ROOT, parts, program_version
from console.upkeep.page.path_field import PathField
from tests.upkeep.conftest import Seat, somebody


class TestSettings:
    def panel(self, seat: Seat) -> SettingsPanel:
        panel = SettingsPanel(seat.desk)
        seat.show(panel)
        seat.until(lambda: panel.general.form.values()["theme"] is not None)
        seat.until(lambda: bool(panel.notice.text) or panel.save.isEnabled())
        return panel

    def type(self, panel: SettingsPanel, key: str, text: str) -> None:
        for section in panel.sections:
            if key in section.form.values():
                editor = section.form.editor(key)
                assert isinstance(editor, (QLineEdit, PathField))
                editor.setText(text) if isinstance(editor, QLineEdit) else editor.put(text)

    def save(self, seat: Seat, panel: SettingsPanel) -> None:
        panel.save.click()
        seat.until(panel.save.isEnabled)

    def test_what_holds_at_once_and_what_at_next_start(self, seat: Seat) -> None:
        panel = self.panel(seat)
        told: list[Settings] = []
        panel.saved.connect(told.append)
        self.type(panel, "post_name", "红旗广场警务站")
        theme = panel.general.form.editor("theme")
        assert isinstance(theme, QComboBox)
        theme.setCurrentIndex(theme.findData("night"))
        self.save(seat, panel)
        assert panel.notice.text == "Saved; it holds from now on."
        assert (told[-1].theme, told[-1].post_name) == ("night", "红旗广场警务站")
        self.type(panel, "roads_file", str(SAMPLE / "town.osm.pbf"))
        self.save(seat, panel)
        assert "next start" in panel.notice.text
        assert read_settings(seat.data).roads_file == str(SAMPLE / "town.osm.pbf")
        self.save(seat, panel)
        assert panel.notice.text == "Nothing was changed."
        assert seat.acts() == ["settings.changed", "settings.changed"]

    def test_seconds_of_the_file_survive_the_minutes_of_the_form(self, seat: Seat) -> None:
        (seat.data / "settings.toml").write_text('post_name = "a"\nidle_lock_s = 95\n', "utf-8")
        panel = self.panel(seat)
        assert panel.general.form.values()["idle_lock_s"] == 2
        assert panel.values()["idle_lock_s"] == 95
        panel.general.form.fill({"idle_lock_s": 3})
        assert panel.values()["idle_lock_s"] == 180

    def test_a_refusal_stands_under_its_field(self, seat: Seat) -> None:
        panel = self.panel(seat)
        panel.save.click()  # without a name
        assert panel.general.form.editor("post_name").property("wrong") == "yes"
        self.type(panel, "post_name", "a")
        self.type(panel, "backup_folder", "backups")
        self.save(seat, panel)
        assert panel.backups.form.editor("backup_folder").property("wrong") == "yes"
        assert seat.acts() == []

    def test_without_the_right_it_only_shows(self, seat: Seat) -> None:
        seat.actor = somebody("duty_officer")
        panel = self.panel(seat)
        assert not panel.save.isEnabled()
        assert not panel.ask_city.isEnabled()
        assert not panel.general.form.editor("post_name").isEnabled()
        assert "technician" in panel.notice.text

    def test_what_the_environment_decides_is_said(
        self, seat: Seat, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("POST_CONSOLE_THEME", "night")
        panel = self.panel(seat)
        assert not panel.general.form.editor("theme").isEnabled()
        assert panel.general.form.editor("language").isEnabled()

    def test_the_files_are_checked(self, seat: Seat, tmp_path: Path) -> None:
        panel = self.panel(seat)
        self.type(panel, "roads_file", str(SAMPLE / "town.osm.pbf"))
        self.type(panel, "areas_file", str(SAMPLE / "areas.geojson"))
        panel.check_ground.click()
        assert panel.ground.notice.text == "The files are being read …"
        seat.until(panel.ground.isEnabled)
        assert "8 areas" in panel.ground.notice.text
        odd = tmp_path / "odd.osm.pbf"
        odd.write_text("nothing of the kind")
        self.type(panel, "roads_file", str(odd))
        panel.check_ground.click()
        seat.until(panel.ground.isEnabled)
        assert panel.ground.notice.property("tone") == "alarm"
        assert str(odd) in panel.ground.notice.text

    def test_the_city_is_checked_and_asked(self, seat: Seat, tmp_path: Path) -> None:
        city = City(tmp_path / "city")
        city.start()
        try:
            own = city.certify("post-test")
            panel = self.panel(seat)
            panel.ask_city.click()
            seat.until(panel.city.isEnabled)
            assert panel.city.form.editor("city.ca_file").property("wrong") == "yes"
            self.type(panel, "city.url", city.url)
            self.type(panel, "city.ca_file", str(own.ca_file))
            self.type(panel, "city.certificate_file", str(own.certificate_file))
            self.type(panel, "city.key_file", str(own.key_file))
            seat.database.clock.pass_(365 * 86400)  # type: ignore[attr-defined]
            panel.check_certificate.click()
            seat.until(panel.city.isEnabled)
            assert "post-test" in panel.city.notice.text
            panel.ask_city.click()
            seat.until(panel.city.isEnabled)
            assert "knows this post" in panel.city.notice.text
            assert "set this machine's time" in panel.city.notice.text  # ours is a year ahead
        finally:
            city.stop()
        panel.ask_city.click()
        seat.until(panel.city.isEnabled)
        assert panel.city.notice.property("tone") == "alarm"

    def test_a_chosen_path_fills_the_field(self, seat: Seat) -> None:
        panel = self.panel(seat)
        field = panel.backups.form.editor("backup_folder")
        assert isinstance(field, PathField)
        field.chooser = lambda *_: "/mnt/usb"
        field.button.click()
        field.chooser = lambda *_: ""  # cancelled
        field.button.click()
        assert panel.values()["backup_folder"] == "/mnt/usb"


class TestBackup:
    def panel(self, seat: Seat, folder: str) -> BackupPanel:
        (seat.data / "settings.toml").write_text(f'backup_folder = "{folder}"\n', "utf-8")
        panel = BackupPanel(seat.desk)
        seat.show(panel)
        seat.until(lambda: bool(panel.facts.text()))
        return panel

    def test_back_up_and_rehearse(self, seat: Seat, tmp_path: Path) -> None:
        folder = tmp_path / "backups"
        folder.mkdir()
        panel = self.panel(seat, str(folder))
        assert "No backup was ever made." in panel.facts.text()
        assert not panel.drill.isEnabled()
        panel.make.click()
        assert not panel.make.isEnabled()
        assert panel.doing.isVisible()
        seat.until(panel.drill.isEnabled)
        (made,) = folder.iterdir()
        assert str(made) in panel.notice.text
        assert backup.check(made, seat.database.key).manifest.post == "post-test"
        assert "Not yet brought back" in panel.facts.text()
        panel.drill.click()
        seat.until(lambda: "The drill passed" in panel.notice.text)
        seat.until(lambda: "Brought back in a drill:" in panel.facts.text())
        assert list(folder.iterdir()) == [made]

    def test_a_missing_folder_is_said(self, seat: Seat, tmp_path: Path) -> None:
        panel = self.panel(seat, str(tmp_path / "gone"))
        panel.make.click()
        seat.until(lambda: panel.notice.property("tone") == "alarm")
        assert "gone" in panel.notice.text
        assert panel.make.isEnabled()
        assert not panel.doing.isVisible()

    def test_refused_without_the_right(self, seat: Seat, tmp_path: Path) -> None:
        seat.actor = somebody("chief")
        panel = self.panel(seat, str(tmp_path))
        assert not panel.make.isEnabled()
        assert "technician" in panel.notice.text

    def test_how_the_backups_by_the_clock_stand(self, seat: Seat, tmp_path: Path) -> None:
        panel = self.panel(seat, str(tmp_path))
        assert panel.standing.text == "No backups by the clock choose a backup folder in Settings"
        now = seat.database.clock.now()
        last = LastBackup(tmp_path / "a", now, "system:backups", 6, None, scheduled=True)
        good = BackupStanding(str(tmp_path), 4, last, 3600.0)
        gone = Unavailable("backup.place_missing", path="/media/stick")
        for standing, lamp, tone, said in (
            (good, Shape.DOT, "", ""),
            (replace(good, age_s=6.1 * 3600), Shape.TRIANGLE, "", ""),
            (replace(good, age_s=13 * 3600), Shape.SQUARE, "alarm", "13 h old"),
            (replace(good, trouble=gone, since=now), Shape.DOT, "late", "/media/stick"),
            (replace(good, trouble=gone, since=now, due=True), Shape.DOT, "alarm", "fail since"),
            (replace(good, unreadable=("x.unreadable",)), Shape.DOT, "late", "x.unreadable"),
        ):
            seat.standing = standing
            panel.show_standing()
            assert panel.standing.lamp.face.shape is lamp
            assert panel.trouble.isVisible() == bool(said)
            assert said in panel.trouble.text
            assert not said or panel.trouble.property("tone") == tone
        assert "one every 4 h, three are kept" in panel.standing.text

    def test_the_interval_is_a_setting(self, seat: Seat) -> None:
        panel = SettingsPanel(seat.desk)
        seat.show(panel)
        seat.until(panel.save.isEnabled)
        box = panel.backups.form.editor("backup_every_h")
        assert isinstance(box, QSpinBox) and box.value() == 6
        panel.general.form.fill({"post_name": "a"})
        box.setValue(0)
        assert "by hand only" in box.text()
        box.setValue(9)
        panel.save.click()
        seat.until(lambda: panel.notice.text == "Saved; it holds from now on.")
        assert read_settings(seat.data).backup_every_h == 9


class TestAudit:
    def panel(self, seat: Seat) -> AuditPanel:
        with seat.database.act(seat.actor) as act:
            for n in range(300):
                act.audit("call.signed", "call", f"c{n}")
        panel = AuditPanel(seat.desk)
        seat.show(panel)
        return panel

    def test_newest_first_windowed_and_filtered(self, seat: Seat) -> None:
        panel = self.panel(seat)
        seat.until(lambda: len(panel.table.model.rows) == 200)
        assert panel.table.model.rows[0].act == "audit.opened"
        bar = panel.table.view.verticalScrollBar()
        bar.setValue(bar.maximum())
        seat.until(lambda: len(panel.table.model.rows) == 301)
        panel.entity.setText("c12")
        seat.until(lambda: len(panel.table.model.rows) == 11)  # c12, c120 … c129
        panel.act.setText("nothing")
        seat.until(lambda: not panel.table.model.rows)

    def test_each_opening_is_in_the_trail(self, seat: Seat) -> None:
        panel = self.panel(seat)
        seat.until(lambda: seat.acts().count("audit.opened") == 1)
        panel.hide()
        panel.show()
        seat.until(lambda: seat.acts().count("audit.opened") == 2)

    def test_verify_and_export(self, seat: Seat, tmp_path: Path) -> None:
        panel = self.panel(seat)
        seat.until(lambda: bool(panel.table.model.rows))
        panel.verify.click()
        seat.until(lambda: "The chain holds: 301 lines" in panel.notice.text)
        panel.chooser = lambda *_: str(tmp_path / "trail.csv")
        panel.export.click()
        seat.until(lambda: "301 lines were written" in panel.notice.text)
        assert len((tmp_path / "trail.csv").read_text("utf-8-sig").splitlines()) == 302
        with seat.database.engine.begin() as raw:
            raw.exec_driver_sql("UPDATE audit_trail SET act = 'x' WHERE seq = 7")
        panel.verify.click()
        seat.until(lambda: panel.notice.property("tone") == "alarm")
        assert "7" in panel.notice.text

    def test_not_shown_without_the_right(self, seat: Seat) -> None:
        seat.actor = somebody("technician")
        panel = self.panel(seat)
        assert not panel.verify.isEnabled()
        assert not panel.export.isEnabled()
        assert not panel.table.model.rows
        assert "audit.opened" not in seat.acts()


def test_missing_is_listed_and_goes(seat: Seat) -> None:
    notice = MissingNotice()
    seat.show(notice)
    notice.show_missing((Missing.CREWS, Missing.CITY))
    assert "crews, the road to the city" in notice.text
    notice.show_missing(())
    assert not notice.isVisible()


def test_about_names_every_part_as_it_runs(seat: Seat) -> None:
    panel = AboutPanel(seat.desk)
    seat.show(panel)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    direct = {one.partition("==")[0].partition("[")[0] for one in project["dependencies"]}
    assert direct == set(LICENCES)
    assert program_version() == project["version"]
    told = {part.name: part.version for part in parts()}
    assert told["numpy"] == version("numpy")
    assert (
        f"Leaflet {LEAFLET}" in (ROOT / "resources/map/leaflet/leaflet.js").read_text("utf-8")[:200]
    )
    assert len(panel.table.model.rows) == len(told)
