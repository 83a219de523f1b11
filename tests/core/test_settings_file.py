"""The settings file: whatever is written is read back, and what stood there is kept."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.errors import Refused, Unavailable
from console.core.settings_file import Prepared, changed_text, city_changes, write_settings
from console.settings import SETTINGS_FILE, CityRoad, read_settings

KEPT = """# the post by the square
theme = "auto"   # by the hour
post_name = '红旗'

[city]
# from the city's letter
url = "https://old"  # will move
"""
TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


def test_values_change_and_comments_stay(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_text(KEPT, "utf-8")
    told = write_settings(
        tmp_path,
        {"theme": "night", "idle_lock_s": 90, "city.url": "https://new", "city.ca_file": "/c"},
    )
    text = (tmp_path / SETTINGS_FILE).read_text("utf-8")
    for line in (
        "# the post by the square",
        'theme = "night"   # by the hour',
        "# from the city's letter",
        'url = "https://new"  # will move',
    ):
        assert line in text.splitlines()
    assert told == read_settings(tmp_path)
    assert (told.post_name, told.idle_lock_s) == ("红旗", 90)
    assert (told.city.url, told.city.ca_file) == ("https://new", "/c")


@given(TEXT, TEXT)
def test_any_text_is_read_back(one: str, other: str) -> None:
    text = changed_text(KEPT, {"post_name": one, "city.url": other})
    assert tomllib.loads(text)["post_name"] == one
    assert tomllib.loads(text)["city"]["url"] == other
    again = changed_text(text, {"post_name": other})
    assert tomllib.loads(again)["post_name"] == other
    assert "# from the city's letter" in again


@pytest.mark.parametrize(
    "odd",
    [
        'post_name = """two\ntheme = "day"\n"""\n',
        'city = { url = "https://old" }\n',
        'city.url = "https://old"\n',
        '"theme" = "auto"\n',
        "",
    ],
)
def test_uncommon_writing_still_gives_true_values(odd: str) -> None:
    before = tomllib.loads(odd)
    after = tomllib.loads(changed_text(odd, {"theme": "night", "city.url": "https://new"}))
    assert after["theme"] == "night"
    assert after["city"]["url"] == "https://new"
    assert after.get("post_name") == before.get("post_name")


@pytest.mark.parametrize(
    "change", [{"theme": "dusk"}, {"no_such": "x"}, {"city.port": "1"}, {"idle_lock_s": "soon"}]
)
def test_what_could_not_be_read_back_is_refused(tmp_path: Path, change: dict[str, str]) -> None:
    (tmp_path / SETTINGS_FILE).write_text(KEPT, "utf-8")
    with pytest.raises(Refused, match=r"settings\.bad"):
        write_settings(tmp_path, change)
    assert (tmp_path / SETTINGS_FILE).read_text("utf-8") == KEPT
    assert [place.name for place in tmp_path.iterdir()] == [SETTINGS_FILE]


def test_text_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"settings\.not_text"):
        write_settings(tmp_path, {"post_name": "\ud800"})


def test_a_broken_file_is_refused_and_left(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_text("theme = \n", "utf-8")
    with pytest.raises(Refused, match=r"settings\.bad"):
        write_settings(tmp_path, {"theme": "day"})
    assert (tmp_path / SETTINGS_FILE).read_text("utf-8") == "theme = \n"


def test_before_put_the_old_ones_hold_and_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_text(KEPT, "utf-8")
    with Prepared(tmp_path, {"theme": "day"}) as prepared:
        assert read_settings(tmp_path).theme == "auto"
        assert prepared.settings.theme == "day"
    assert read_settings(tmp_path).theme == "auto"
    assert [place.name for place in tmp_path.iterdir()] == [SETTINGS_FILE]


def test_a_disk_that_does_not_take_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Unavailable, match=r"settings\.not_written"):
        write_settings(tmp_path / "file", {"theme": "day"})


def test_the_environment_is_not_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POST_CONSOLE_THEME", "night")
    write_settings(tmp_path, {"post_name": "a"} | city_changes(CityRoad("https://c")))
    assert "night" not in (tmp_path / SETTINGS_FILE).read_text("utf-8")
    assert read_settings(tmp_path).theme == "night"
