"""Setting a post up: interrupted at any point it goes on, and a lost store is never replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.app.set_up import set_up_post
from console.core import keyfile
from console.core.actor import SYSTEM
from console.core.database import Database
from console.core.errors import Refused
from console.core.keyfile import DATABASE_FILE, create_key, key_id_of, set_up_begun
from console.drill import first_start
from console.drill.entry import is_set_up
from console.drill.first_start import set_up
from console.people import service as people
from console.settings import read_settings

TOLD = {
    "post_id": "hq-01",
    "post_name": '红旗"站\\',
    "number": "0001",
    "name": "李卫国",
    "secret": "红旗广场-2026",
}


class Cut(BaseException):
    """The power goes."""


@pytest.mark.usefixtures("keys")
class TestSetUp:
    def test_whole(self, tmp_path: Path) -> None:
        data = tmp_path / "post"
        assert not is_set_up(data)
        set_up(data, TOLD, "zh_CN")
        assert is_set_up(data)
        assert not set_up_begun(data)
        assert read_settings(data).post_name == '红旗"站\\'
        with pytest.raises(Refused, match=r"store\.already_there"):
            set_up(data, TOLD, "zh_CN")

    @pytest.mark.parametrize(
        "where",
        [
            (Database, "create"),
            (Database, "start"),
            (first_start, "write_settings"),
            (people, "first_officer"),
        ],
        ids=lambda where: where[1],
    )
    def test_interrupted_it_goes_on(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: tuple[object, str]
    ) -> None:
        def cut(*_: object) -> None:
            raise Cut

        with monkeypatch.context() as patch:
            patch.setattr(*where, cut)
            with pytest.raises(Cut):
                set_up(tmp_path, TOLD, "zh_CN")
        assert key_id_of(tmp_path) is not None
        assert not is_set_up(tmp_path)
        set_up(tmp_path, TOLD, "zh_CN")
        assert is_set_up(tmp_path)

    def test_only_the_last_word_was_missing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def cut(_folder: Path) -> None:
            raise Cut

        with monkeypatch.context() as patch:
            patch.setattr("console.app.set_up.finish_mark", cut)
            with pytest.raises(Cut):
                set_up(tmp_path, TOLD, "zh_CN")
        assert set_up_begun(tmp_path)
        assert is_set_up(tmp_path)
        assert not set_up_begun(tmp_path)

    def test_a_mark_cut_short_leaves_none(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def cut(*_: object) -> None:
            raise Cut

        with monkeypatch.context() as patch:
            patch.setattr(keyfile, "_put_mark", cut)
            with pytest.raises(Cut):
                set_up(tmp_path, TOLD, "zh_CN")
        assert key_id_of(tmp_path) is None
        set_up(tmp_path, TOLD, "zh_CN")
        assert is_set_up(tmp_path)

    def test_a_lost_store_is_never_replaced(self, tmp_path: Path) -> None:
        set_up(tmp_path, TOLD, "zh_CN")
        (tmp_path / DATABASE_FILE).unlink()
        assert is_set_up(tmp_path)  # so the console opens it and says what is lost
        with pytest.raises(Refused, match=r"store\.file_missing"):
            set_up(tmp_path, TOLD, "zh_CN")
        assert not (tmp_path / DATABASE_FILE).exists()

    def test_a_plain_mark_without_a_store_is_a_lost_store(self, tmp_path: Path) -> None:
        create_key(tmp_path)
        with pytest.raises(Refused, match=r"store\.file_missing"):
            set_up_post(tmp_path, "hq-01")

    def test_a_store_without_a_mark_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / DATABASE_FILE).write_bytes(b"something old")
        with pytest.raises(Refused, match=r"store\.mark_missing"):
            set_up(tmp_path, TOLD, "zh_CN")
        assert (tmp_path / DATABASE_FILE).read_bytes() == b"something old"

    def test_a_mistyped_number_can_be_corrected(self, tmp_path: Path) -> None:
        with pytest.raises(Refused, match=r"people\.bad_secret"):
            set_up(tmp_path, TOLD | {"post_id": "hq-11", "secret": "x"}, "zh_CN")
        set_up(tmp_path, TOLD, "zh_CN")
        assert is_set_up(tmp_path)
        assert list(tmp_path.glob("console.db.begun-*"))  # renamed, never deleted

    def test_a_store_with_acts_in_it_keeps_its_post(self, tmp_path: Path) -> None:
        def half(database: Database) -> None:
            with database.act(SYSTEM) as act:
                act.audit("something", "store", "x")
            raise Cut

        with pytest.raises(Cut):
            set_up_post(tmp_path, "hq-11", half)
        with pytest.raises(Refused, match=r"store\.other_post_begun"):
            set_up(tmp_path, TOLD, "zh_CN")

    @pytest.mark.parametrize("post", ["", "HQ", "红旗", "-a", "a" * 64, "a/b"])
    def test_a_number_the_city_would_not_know(self, tmp_path: Path, post: str) -> None:
        with pytest.raises(Refused, match=r"store\.bad_post_id"):
            set_up(tmp_path, TOLD | {"post_id": post}, "zh_CN")
        assert key_id_of(tmp_path) is None
