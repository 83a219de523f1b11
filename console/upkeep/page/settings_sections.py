"""The fields of the settings, section by section, each with its checks and when it takes effect."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from console.settings import RANGES
from console.ui.forms import Form
from console.ui.keycap import KeyButton
from console.ui.panel import Notice, label
from console.ui.style import px
from console.upkeep.page.path_field import PathField, choose_file, choose_folder

translate = QCoreApplication.translate
LEAST_IDLE_MIN, MOST_IDLE_MIN = 1, 480


class Section(QFrame):
    """Some settings of one subject: a form, buttons that check it, and what they found."""

    def __init__(self, title: str, note: str, columns: int = 2) -> None:
        super().__init__()
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(10))
        column.setSpacing(px(6))
        head = QHBoxLayout()
        head.addWidget(label(title, "title"))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(label(note, "small", wrap=True))
        self.form = Form(columns)
        column.addWidget(self.form)
        self.notice = Notice()
        column.addWidget(self.notice)
        self.head = head

    def add_check(self, text: str) -> KeyButton:
        """A button at the right of the head that checks this section."""
        button = KeyButton(text)
        self.head.addWidget(button)
        return button

    def say(self, words: str, tone: str = "") -> None:
        """What a check found."""
        self.notice.say(words, tone)


class IdleBox(QSpinBox):
    """The idle lock in whole minutes; its value in a form is that of the box."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(LEAST_IDLE_MIN, MOST_IDLE_MIN)
        self.setSuffix(translate("Upkeep", " min"))


def general_section() -> Section:
    """Name, language, theme, idle lock."""
    section = Section(
        translate("Upkeep", "This post"),
        translate(
            "Upkeep", "Name, theme and idle lock hold as soon as saved; the language at next start."
        ),
    )
    section.form.add("post_name", translate("Upkeep", "Post name"), QLineEdit(), required=True)
    section.form.add(
        "idle_lock_s", translate("Upkeep", "Lock the desk when nobody touches it for"), IdleBox()
    )
    languages = _choices((("zh_CN", "中文"), ("en", "English")))
    section.form.add("language", translate("Upkeep", "Language"), languages)
    themes = _choices(
        (
            ("auto", translate("Upkeep", "By the hour")),
            ("day", translate("Upkeep", "Day")),
            ("night", translate("Upkeep", "Night")),
        )
    )
    section.form.add("theme", translate("Upkeep", "Theme"), themes)
    return section


def ground_section() -> tuple[Section, KeyButton]:
    """Roads and areas, and the button that checks both."""
    section = Section(
        translate("Upkeep", "Roads and areas"),
        translate("Upkeep", "Takes effect at next start."),
        columns=1,
    )
    _path(
        section.form,
        "roads_file",
        translate("Upkeep", "Roads extract (OpenStreetMap, .osm.pbf)"),
        translate("Upkeep", "Roads extract (*.osm.pbf *.pbf)"),
    )
    _path(
        section.form,
        "areas_file",
        translate("Upkeep", "Patrol areas (GeoJSON)"),
        translate("Upkeep", "Patrol areas (*.geojson *.json)"),
    )
    return section, section.add_check(translate("Upkeep", "Check the files"))


def city_section() -> tuple[Section, KeyButton, KeyButton]:
    """The road to the city, and the buttons that check its files and ask it."""
    section = Section(
        translate("Upkeep", "Road to the city"),
        translate(
            "Upkeep",
            "Takes effect at next start. Leave the address empty to work without the city.",
        ),
        columns=1,
    )
    address = QLineEdit()
    address.setPlaceholderText("https://")
    section.form.add("city.url", translate("Upkeep", "Address"), address)
    kinds = translate("Upkeep", "Certificates and keys (*.pem *.crt *.cer *.key)")
    for key, title in (
        ("city.ca_file", translate("Upkeep", "Authority of the city (CA)")),
        ("city.certificate_file", translate("Upkeep", "Certificate of this post")),
        ("city.key_file", translate("Upkeep", "Key of this post")),
    ):
        _path(section.form, key, title, kinds)
    check = section.add_check(translate("Upkeep", "Check the certificate"))
    return section, check, section.add_check(translate("Upkeep", "Ask the city"))


class HoursBox(QSpinBox):
    """Every how many hours a backup is made; 0 for never."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(*RANGES["backup_every_h"])
        self.setSuffix(translate("Upkeep", " h"))
        self.setSpecialValueText(translate("Upkeep", "Never: by hand only"))


def backup_section() -> Section:
    """Where backups go, and how often."""
    section = Section(
        translate("Upkeep", "Backups"),
        translate("Upkeep", "Holds as soon as saved. Best a folder on another disk."),
        columns=1,
    )
    title = translate("Upkeep", "Backup folder")
    section.form.add("backup_folder", title, PathField(title, choose_folder))
    section.form.add("backup_every_h", translate("Upkeep", "A backup every"), HoursBox())
    return section


def _path(form: Form, key: str, title: str, kinds: str) -> None:
    everything = translate("Upkeep", "All files (*)")
    form.add(key, title, PathField(title, choose_file(f"{kinds};;{everything}")))


def _choices(pairs: Iterable[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    for value, words in pairs:
        box.addItem(words, value)
    return box


def stacked(widgets: Iterable[QWidget]) -> QVBoxLayout:
    """The widgets one below the other."""
    column = QVBoxLayout()
    column.setSpacing(px(8))
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return column
