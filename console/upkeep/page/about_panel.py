"""What this program is made of: versions, licences, attributions; and where this post's things lie."""

from __future__ import annotations

import platform
import tomllib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.core.keyfile import key_folder, key_id_of
from console.core.schema import HEAD
from console.ui.panel import Panel, label
from console.ui.style import px
from console.ui.tables import Column, RowTable
from console.upkeep.page.desk import UpkeepDesk

translate = QCoreApplication.translate
ROOT = Path(__file__).resolve().parents[3]
LEAFLET = "1.9.4"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the program: its version as it runs here, and its licence."""

    name: str
    version: str
    licence: str


# distribution → what it is licensed under
LICENCES = {
    "PySide6-Essentials": "LGPL-3.0",
    "PySide6-Addons": "LGPL-3.0",
    "SQLAlchemy": "MIT",
    "openpyxl": "MIT",
    "defusedxml": "PSF-2.0",
    "segno": "BSD-3-Clause",
    "pyqtgraph": "MIT",
    "av": "BSD-3-Clause",
    "python-vlc": "LGPL-2.1",
    "onvif-python": "MIT",
    "zeep": "MIT",
    "lxml": "BSD-3-Clause",
    "alembic": "MIT",
    "sqlcipher3": "zlib",
    "argon2-cffi": "MIT",
    "httpcore": "BSD-3-Clause",
    "httpx": "BSD-3-Clause",
    "fastapi": "MIT",
    "uvicorn": "BSD-3-Clause",
    "psycopg": "LGPL-3.0",
    "jsonschema": "MIT",
    "cryptography": "Apache-2.0 / BSD-3-Clause",
    "osmium": "BSD-2-Clause",
    "numpy": "BSD-3-Clause",
    "scipy": "BSD-3-Clause",
    "shapely": "BSD-3-Clause",
    "folium": "MIT",
    "pyserial": "BSD-3-Clause",
    "pynmea2": "MIT",
    "qtawesome": "MIT",
    "pypinyin": "MIT",
    "platformdirs": "MIT",
    "psutil": "BSD-3-Clause",
}


def program_version() -> str:
    """The version that the project file names."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return str(told["project"]["version"])


def parts() -> list[Part]:
    """Everything the program is made of."""
    found = [
        Part("Python", platform.python_version(), "PSF-2.0"),
        Part("Qt", qVersion(), "LGPL-3.0"),
        Part("SQLite (SQLCipher)", sqlcipher.sqlite_version, "public domain / BSD-3-Clause"),
        Part("Leaflet", LEAFLET, "BSD-2-Clause"),
        Part("Material Design Icons", "–", "Apache-2.0"),
    ]
    for name, licence in LICENCES.items():
        try:
            found.append(Part(name, version(name), licence))
        except PackageNotFoundError:
            found.append(Part(name, "–", licence))
    return found


class AboutPanel(Panel):
    """Read off to whoever helps by telephone; every text can be selected and copied."""

    def __init__(self, desk: UpkeepDesk) -> None:
        super().__init__(translate("Upkeep", "About"))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        column.setSpacing(px(4))
        for title, told in self._facts(desk):
            column.addWidget(label(title, "caption"))
            words = label(told, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(words)
        self.table: RowTable[Part] = RowTable(
            [
                Column(translate("Upkeep", "Part"), lambda part: part.name),
                Column(translate("Upkeep", "Version"), lambda part: part.version, 140),
                Column(translate("Upkeep", "Licence"), lambda part: part.licence, 240),
            ],
            lambda part: part.name,
        )
        self.table.show_rows(parts())
        self.table.freshness.hide()
        self.body.addWidget(inside)
        self.body.addWidget(self.table, 1)

    def _facts(self, desk: UpkeepDesk) -> list[tuple[str, str]]:
        key = key_folder() / f"{key_id_of(desk.data)}.key"
        name = translate("Upkeep", "post-console {version}, Apache-2.0; data schema {schema}")
        credits_ = translate(
            "Upkeep",
            "Map data © OpenStreetMap contributors, ODbL 1.0. The map is drawn by Leaflet. "
            "Qt is used under the LGPL 3: its libraries may be replaced by your own.",
        )
        return [
            (
                translate("Upkeep", "Program"),
                name.format(version=program_version(), schema=HEAD),
            ),
            (translate("Upkeep", "Post number"), desk.database.post),
            (translate("Upkeep", "Data folder"), str(desk.data)),
            (
                translate("Upkeep", "Key of the store (keep a copy apart from the backups)"),
                str(key),
            ),
            (translate("Upkeep", "Attributions"), credits_),
        ]
