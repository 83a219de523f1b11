"""The sheet in which a technician adds a camera or changes one."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from console.ui.dialogs import Question
from console.ui.form_sheet import FormSheet
from console.ui.style import px
from console.ui.words import pick
from console.videowall.model import (
    ADDRESS_CHARS,
    NAME_CHARS,
    NUMBER_CHARS,
    PASSWORD_CHARS,
    PROFILE_CHARS,
    TIER_WORDS,
    USER_CHARS,
    Camera,
    CameraId,
    Rect,
    Tier,
    smaller_of,
)

translate = QCoreApplication.translate


class CameraSheet(FormSheet):
    """Asks for one camera; ``save(camera)`` is called when the fields are filled.

    ``was`` is changed, a new one is added else; ``draft`` stands in the fields at first.
    """

    def __init__(
        self,
        parent: QWidget,
        save: Callable[[Camera], None],
        was: Camera | None = None,
        draft: Camera | None = None,
    ) -> None:
        title = translate("Wall", "Add a camera")
        if was is not None:
            title = translate("Wall", "Change camera {number}").format(number=was.number)
        told = translate(
            "Wall",
            "A password in the address is taken out of it and kept apart; it is never shown again.",
        )
        super().__init__(parent, Question(title, told, translate("Wall", "Save")), 2)
        self.setMinimumWidth(px(600))
        self._save, self._was = save, was
        self._build()
        filled = draft or was
        if filled is not None:
            self._fill(filled)
        self.filled.connect(self._on_filled)
        self.form.editor("number").setFocus()

    def _build(self) -> None:
        form = self.form
        form.add("number", translate("Wall", "Number"), _line(NUMBER_CHARS), required=True)
        form.add("name", translate("Wall", "Name"), _line(NAME_CHARS), required=True)
        address = _line(ADDRESS_CHARS)
        address.setPlaceholderText("rtsp://192.168.1.64:554/Streaming/Channels/102")
        form.add("address", translate("Wall", "Address"), address, required=True, wide=True)
        form.add("user", translate("Wall", "User"), _line(USER_CHARS))
        secret = _line(PASSWORD_CHARS)
        secret.setEchoMode(QLineEdit.EchoMode.Password)
        if self._was is not None and self._was.password:
            secret.setPlaceholderText(translate("Wall", "kept; fill in to change it"))
        form.add("password", translate("Wall", "Password"), secret)
        form.add("lat", translate("Wall", "Latitude (WGS-84)"), _line(16), required=True)
        form.add("lon", translate("Wall", "Longitude (WGS-84)"), _line(16), required=True)
        turn = _line(8)
        turn.setPlaceholderText(translate("Wall", "0 north, 90 east; empty when it turns"))
        form.add("direction_deg", translate("Wall", "Direction in degrees"), turn)
        tiers = QComboBox()
        for tier in Tier:
            tiers.addItem(pick(TIER_WORDS[tier]), int(tier))
        tiers.setCurrentIndex(len(Tier) - 1)
        form.add("tier", translate("Wall", "Patrol tier"), tiers)
        self._build_view()

    def _build_view(self) -> None:
        form = self.form
        form.add("view_deg", translate("Wall", "Field of view in degrees"), _line(8))
        form.add("range_m", translate("Wall", "Sees so far, in metres"), _line(8))
        smaller = _line(ADDRESS_CHARS)
        smaller.setPlaceholderText(translate("Wall", "empty: the main one, or as its maker has it"))
        form.add("sub_address", translate("Wall", "Address of the sub-stream"), smaller, wide=True)
        zones = _line(200)
        zones.setPlaceholderText(translate("Wall", "left, top, width, height in %; more after ;"))
        form.add("mask", translate("Wall", "Private zones"), zones)
        form.add("ptz", translate("Wall", "Turns and zooms (PTZ)"), QCheckBox())
        orders = _line(ADDRESS_CHARS)
        orders.setPlaceholderText("http://192.168.1.64/onvif/device_service")
        form.add("onvif", translate("Wall", "ONVIF address"), orders)
        form.add("onvif_profile", translate("Wall", "ONVIF profile"), _line(PROFILE_CHARS))

    def _fill(self, was: Camera) -> None:
        """The fields hold this camera; a password only where it was entered just now."""
        turn, kept = was.direction_deg, self._was.password if self._was is not None else ""
        self.form.fill(
            {
                "number": was.number,
                "name": was.name,
                "address": was.address,
                "sub_address": was.sub_address,
                "user": was.user,
                "password": was.password if was.password != kept else "",
                "lat": "" if math.isnan(was.lat) else f"{was.lat:.6f}",
                "lon": "" if math.isnan(was.lon) else f"{was.lon:.6f}",
                "direction_deg": "" if turn is None else f"{turn:g}",
                "view_deg": "" if was.view_deg is None else f"{was.view_deg:g}",
                "range_m": "" if was.range_m is None else f"{was.range_m:g}",
                "tier": int(was.tier),
                "mask": mask_text(was.mask),
                "ptz": was.ptz,
                "onvif": was.onvif,
                "onvif_profile": was.onvif_profile,
            }
        )

        for key in ("address", "sub_address", "onvif"):
            editor = self.form.editor(key)
            assert isinstance(editor, QLineEdit)
            editor.setCursorPosition(0)  # a long one is read from its beginning

    def _on_filled(self) -> None:
        values = self.form.values()
        new = Camera(
            CameraId(""),
            values["number"],
            values["name"],
            _number(values["lat"]),
            _number(values["lon"]),
            values["address"],
            _some_number(values["direction_deg"]),
            Tier(values["tier"]),
            values["user"],
            values["password"],
            sub_address=values["sub_address"] or smaller_of(values["address"].strip()),
            view_deg=_some_number(values["view_deg"]),
            range_m=_some_number(values["range_m"]),
            ptz=values["ptz"],
            onvif=values["onvif"],
            onvif_profile=values["onvif_profile"],
            mask=mask_of(values["mask"]),
        )
        was = self._was
        if was is not None:
            new = replace(new, id=was.id, rev=was.rev)
        self._save(new)


def mask_text(mask: tuple[Rect, ...]) -> str:
    """Private zones as they are written: shares of the picture in percent."""
    return "; ".join(
        ", ".join(f"{round(100 * side, 1):g}" for side in (z.left, z.top, z.width, z.height))
        for z in mask
    )


def mask_of(text: str) -> tuple[Rect, ...]:
    """The zones of such a text; what is no zone becomes one that is refused."""
    zones = []
    for part in text.replace("；", ";").replace("，", ",").split(";"):
        sides = [_number(side) / 100 for side in part.split(",")]
        if part.strip():
            zones.append(Rect(*sides) if len(sides) == 4 else Rect(-1, 0, 0, 0))
    return tuple(zones)


def _line(most: int) -> QLineEdit:
    line = QLineEdit()
    line.setMaxLength(most)
    return line


def _number(text: str) -> float:
    """The number, or one that is refused wherever it is given."""
    try:
        return float(text)
    except ValueError:
        return math.nan


def _some_number(text: str) -> float | None:
    return _number(text) if text else None
