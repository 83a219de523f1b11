"""Taking a call by hand: source, nature, what was said, place, caller. Drafts survive a lock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QPlainTextEdit

from console.core.errors import ConsoleError
from console.dispatch.model import Code, Duplicate, Natures, NewCall
from console.dispatch.page.words import level_words
from console.gridmap.model import PlaceHit
from console.ui.forms import Form
from console.ui.keycap import KeyButton
from console.ui.panel import Notice, Panel
from console.ui.style import px
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate
FIND_AFTER_MS = 250
COMPARE_AFTER_MS = 400
TYPED = ("nature", "narrative", "place", "caller_name", "caller_phone", "point")


class IntakePanel(Panel):
    """The form. ``taken(NewCall)`` when it is to be saved, ``left`` when the officer goes back.

    ``compare_wanted`` asks for calls like it, ``show_alike`` gives them; ``merge_wanted(NewCall,
    call id)`` when it is the same matter. ``pick_wanted`` asks for a point by map; ``set_point`` gives it. ``draft_ready`` carries what
    has been typed.
    """

    taken = Signal(object)
    left = Signal()
    pick_wanted = Signal()
    draft_ready = Signal(dict)
    compare_wanted = Signal()
    merge_wanted = Signal(object, str)

    def __init__(self, find: Callable[[str, Callable[[Sequence[PlaceHit]], None]], None]) -> None:
        super().__init__(translate("Desk", "Take a call"), margin=10)
        self._find = find
        self._hits: list[PlaceHit] = []
        self._point: tuple[float, float] | None = None
        self._form = Form(columns=2)
        self.source, self.nature = QComboBox(), QComboBox()
        self.level = QComboBox()
        self.place, self.hits = QLineEdit(), QComboBox()
        self.narrative = QPlainTextEdit()
        self.caller_name, self.caller_phone = QLineEdit(), QLineEdit()
        self._alike: tuple[Duplicate, ...] = ()
        self._compare = QTimer(self)
        self._compare.setSingleShot(True)
        self._compare.setInterval(COMPARE_AFTER_MS)
        self._compare.timeout.connect(self.compare_wanted)
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(FIND_AFTER_MS)
        self._pause.timeout.connect(self._look_up)

    def _build(self) -> None:
        add = self._form.add
        add("source", translate("Desk", "From"), self.source, required=True)
        add("level", translate("Desk", "Level"), self.level)
        add("nature", translate("Desk", "Nature"), self.nature, required=True, wide=True)
        add(
            "narrative",
            translate("Desk", "What was said"),
            self.narrative,
            required=True,
            wide=True,
        )
        add("place", translate("Desk", "Place"), self.place, wide=True)
        add("hits", translate("Desk", "On the map"), self.hits, wide=True)
        add("caller_name", translate("Desk", "Caller"), self.caller_name)
        add("caller_phone", translate("Desk", "Phone"), self.caller_phone)
        self.nature.setEditable(True)
        self.nature.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.hits.setPlaceholderText(translate("Desk", "found while you type the place"))
        words = self.nature.lineEdit()
        if words is not None:
            words.setPlaceholderText(translate("Desk", "type a word of it, or choose"))
        completer = self.nature.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.narrative.setTabChangesFocus(True)
        self.narrative.setFixedHeight(px(92))
        self.place.setPlaceholderText(
            translate("Desk", "Street, crossing (A与B), grid code, or lat,lon")
        )
        self.place.textEdited.connect(lambda _: self._pause.start())
        self.hits.currentIndexChanged.connect(self._on_hit)
        self._form.draft_ready.connect(self._on_draft)
        self.body.addWidget(self._form)
        self.notice, self.alike = Notice(), Notice()
        self.merge = KeyButton("", "Ctrl+M")
        self.merge.clicked.connect(self._on_merge)
        self.merge.hide()
        self.alike.row.addWidget(self.merge)
        self.body.addWidget(self.alike)
        self.body.addWidget(self.notice)
        self.body.addStretch(1)
        self._form.changed.connect(self._on_changed)
        row = QHBoxLayout()
        self.pick = KeyButton(translate("Desk", "Point on the map"), "Ctrl+P")
        self.pick.clicked.connect(self.pick_wanted)
        self.back = KeyButton(translate("Desk", "Back"), "Escape", "quiet")
        self.back.clicked.connect(self.left)
        self.save = KeyButton(translate("Desk", "Take the call"), "Ctrl+Return", "primary")
        self.save.clicked.connect(self._on_save)
        for button in (self.pick, self.back, self.save):
            row.addWidget(button)
        self.body.addLayout(row)

    def offer(self, natures: Natures, sources: Mapping[str, Code]) -> None:
        """The choices stand in the form."""
        if self.nature.count():
            return
        self.source.clear()
        for code in sources.values():
            if code.mark:
                self.source.addItem(pick(code.words), code.code)
        for nature in natures.natures.values():
            root = natures.categories.get(nature.category)
            head = f"{pick(root)} · " if root is not None else ""
            self.nature.addItem(f"{head}{pick(nature.words)}", nature.code)
        self.nature.setCurrentIndex(-1)
        self.level.addItem(translate("Desk", "as the nature says"), None)
        for level in (1, 2, 3, 4):
            self.level.addItem(level_words(level), level)

    def begin(self, draft: Mapping[str, Any] | None = None) -> None:
        """An empty form, or the draft that was kept, with the focus in its first field."""
        self._form.clear()
        self.source.setCurrentIndex(max(0, self.source.findData("phone")))
        self.level.setCurrentIndex(0)
        self.nature.setCurrentIndex(-1)
        self._point = None
        self.hits.clear()
        self.notice.say("")
        self.show_alike(())
        if draft and any(draft.get(key) for key in TYPED):
            self._form.restore(dict(draft))
            point = draft.get("point")
            if isinstance(point, list | tuple) and len(point) == 2:
                self.set_point(float(point[0]), float(point[1]))
            self.notice.say(
                translate("Desk", "What you had typed before is back; Esc keeps it for later.")
            )
        self.nature.setFocus()

    def set_point(self, lat: float, lon: float) -> None:
        """The call will be at this point."""
        self._point = (lat, lon)
        self.hits.blockSignals(True)
        self.hits.clear()
        self.hits.addItem(
            translate("Desk", "picked: {lat:.5f}, {lon:.5f}").format(lat=lat, lon=lon)
        )
        self.hits.blockSignals(False)
        self._compare.start()

    @property
    def touched(self) -> bool:
        """Something has been typed into it."""
        fields = (self.place, self.caller_name, self.caller_phone)
        return bool(self.narrative.toPlainText() or any(one.text() for one in fields))

    def refused(self, error: Exception) -> None:
        """The form says why the call was not taken."""
        if not (isinstance(error, ConsoleError) and self._form.say_refused(error)):
            self.notice.say(say_refusal(error), "alarm")

    def new_call(self) -> NewCall | None:
        """The call as typed; None when something needed is missing, and the field says so."""
        if self._form.missing():
            return None
        nature = self.nature.findText(self.nature.currentText())
        if nature < 0:
            self._form.say("nature", translate("Desk", "Choose a nature from the list"))
            return None
        lat, lon = self._point if self._point is not None else (None, None)
        return NewCall(
            source=str(self.source.currentData()),
            nature=str(self.nature.itemData(nature)),
            narrative=self.narrative.toPlainText(),
            level=self.level.currentData(),
            place=self.place.text(),
            lat=lat,
            lon=lon,
            caller_name=self.caller_name.text(),
            caller_phone=self.caller_phone.text(),
        )

    def _on_save(self) -> None:
        call = self.new_call()
        if call is not None:
            self.taken.emit(call)

    def _on_draft(self, values: dict[str, Any]) -> None:
        values.pop("hits", None)
        if self._point is not None:
            values["point"] = list(self._point)
        if any(values.get(key) for key in TYPED):
            self.draft_ready.emit(values)

    def _on_changed(self) -> None:
        self._compare.start()

    def probe(self) -> tuple[tuple[float, float] | None, str, str]:
        """What is known of the call so far: point, nature (its code, or empty), phone."""
        nature = self.nature.findText(self.nature.currentText())
        code = str(self.nature.itemData(nature)) if nature >= 0 else ""
        return self._point, code, self.caller_phone.text().strip()

    def show_alike(self, alike: Sequence[Duplicate]) -> None:
        """Calls that may be the same matter stand in the form; the nearest can be merged into."""
        self._alike = tuple(alike)
        lines = [_alike_text(one) for one in alike[:3]]
        self.alike.say("\n".join(lines), "late")
        self.merge.setVisible(bool(alike))
        if alike:
            self.merge.setText(
                translate("Desk", "Merge into {call}").format(call=alike[0].call.number)
            )

    def _on_merge(self) -> None:
        call = self.new_call()
        if call is not None and self._alike:
            self.merge_wanted.emit(call, self._alike[0].call.id)

    def _look_up(self) -> None:
        text = self.place.text().strip()
        if text:
            self._find(text, self._show_hits)

    def _show_hits(self, hits: Sequence[PlaceHit]) -> None:
        self._hits = list(hits)
        self.hits.blockSignals(True)
        self.hits.clear()
        for hit in self._hits:
            self.hits.addItem(hit.label)
        self.hits.blockSignals(False)
        if self._hits:
            self.hits.setCurrentIndex(0)
            self._on_hit(0)
        else:
            self._point = None
            self.hits.setPlaceholderText(
                translate("Desk", "not found; point it on the map or save without a point")
            )

    def _on_hit(self, at: int) -> None:
        if 0 <= at < len(self._hits):
            self._point = (self._hits[at].lat, self._hits[at].lon)
            self._compare.start()


def _alike_text(one: Duplicate) -> str:
    told = [one.call.number, one.call.place]
    if one.range_m is not None:
        told.append(translate("Desk", "{n} m away").format(n=round(one.range_m)))
    told.append(translate("Desk", "{n} min ago").format(n=round(one.minutes)))
    if one.same_phone:
        told.append(translate("Desk", "same phone"))
    return translate("Desk", "Perhaps the same: {what}").format(what=" · ".join(told))
