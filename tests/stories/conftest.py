"""One sample post for all stories, copied for each; a scene without a window, and one with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.settings import CityRoad
from console.ui.style import apply_theme
from console.ui.translation import use_language
from tests.stories.hands import Hands
from tests.stories.outside import Outside
from tests.stories.scene import Scene, make_template, set_up


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample post as it is before its first day."""
    place = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POST_CONSOLE_KEYS", str(place / "keys"))
        make_template(place / "post")
        yield place


@pytest.fixture
def stage(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Scene]]:
    """Makes scenes that are not started yet; each is stopped at the end."""
    keys = tmp_path / "keys"  # its own: what a city countersigned of one copy is not in the next
    shutil.copytree(template / "keys", keys)
    monkeypatch.setenv("POST_CONSOLE_KEYS", str(keys))
    made: list[Scene] = []

    def make(**more: object) -> Scene:
        made.append(Scene(template / "post", tmp_path / f"scene-{len(made)}", **more))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for scene in made:
        scene.stop()


@pytest.fixture
def scene(stage: Callable[..., Scene]) -> Scene:
    """A running post and its city, without a window."""
    made = stage()
    made.start()
    return made


@pytest.fixture
def hands_on(qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[[Scene], Hands]]:
    """Opens the window of a running post, in Chinese; it is closed at the end."""
    use_language(qapp, "zh_CN")
    opened: list[Hands] = []

    def open_window(scene: Scene) -> Hands:
        opened.append(Hands(qapp, qtbot, scene))
        opened[-1].start()
        return opened[-1]

    yield open_window
    for hands in opened:
        hands.stop()
    use_language(qapp, "en")
    apply_theme(qapp, "day")


@pytest.fixture
def hands(scene: Scene, hands_on: Callable[[Scene], Hands]) -> Hands:
    """An officer's hands on the window of a running post; somebody is signed in."""
    made = hands_on(scene)
    made.sign_in()
    return made


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    """Runs the program as a child without a display."""
    return Outside(tmp_path)


@pytest.fixture
def post(template: Path, tmp_path: Path) -> tuple[Path, str]:
    """The data folder of a sample post without a city, and the folder with its key."""
    set_up(template / "post", tmp_path / "post", CityRoad("", "", "", ""))
    return tmp_path / "post", str(template / "keys")
