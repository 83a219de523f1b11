"""How the tiers stand, the log of who watched what, and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.ui.dialogs import Question, Sheet
from console.ui.elided import ElidedLabel
from console.ui.keycap import KeyButton
from console.ui.lamp import Lamp, LampFace, Shape
from console.ui.moments import age_text, moment_text
from console.ui.panel import Panel, label
from console.ui.row_model import Column
from console.ui.style import Tone, px
from console.ui.tables import RowTable
from console.ui.words import pick, say_refusal
from console.videowall import service
from console.videowall.model import (
    HOW_WORDS,
    TIER_WORDS,
    Camera,
    CameraId,
    Due,
    How,
    Rounds,
    Tier,
    Watch,
    covered_share,
)
from console.videowall.page.parts import PageParts

translate = QCoreApplication.translate
RENEW_MS = 30_000
WRITE_MS = 5_000


class TierPanel(Panel):
    """One line a tier: how many cameras were watched in time, and who waits longest."""

    failed = Signal(object)

    def __init__(self, parts: PageParts) -> None:
        super().__init__(translate("Wall", "Video patrol"), freshness=True)
        self._parts = parts
        self.log_button = KeyButton(translate("Wall", "Log"), "K")
        self.rounds_button = KeyButton(translate("Wall", "Intervals"), "I")
        self.add_action(self.rounds_button)
        self.add_action(self.log_button)
        self._lamps: dict[Tier, Lamp] = {}
        self.lines: dict[Tier, ElidedLabel] = {}
        column = QVBoxLayout()
        column.setContentsMargins(10, 6, 10, 2)
        column.setSpacing(4)
        for tier in Tier:
            row = QHBoxLayout()
            row.setSpacing(8)
            self._lamps[tier], self.lines[tier] = Lamp(), ElidedLabel("soft", greedy=True)
            row.addWidget(self._lamps[tier])
            row.addWidget(self.lines[tier], 1)
            column.addLayout(row)
        self.body.addLayout(column)
        self._timer = QTimer(self)
        self._timer.setInterval(RENEW_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()

    def refresh(self) -> None:
        """The lines say how the tiers stand now, soon."""
        if not self.isVisible():
            return
        database = self._parts.database
        assert self.freshness is not None
        freshness = self.freshness

        def read() -> tuple[list[Due], Rounds]:
            now = datetime.now(UTC)
            with database.read() as connection:
                return service.waiting(connection, now), service.rounds(connection, now)

        self._parts.background.ask(
            read,
            lambda told: self._show(*told),
            lambda error: freshness.failed(say_refusal(error)),
            self,
        )

    def _show(self, waiting: Sequence[Due], rounds: Rounds) -> None:
        assert self.freshness is not None
        self.freshness.fresh()
        for tier in Tier:
            done, many = covered_share(waiting, tier)
            self._lamps[tier].show_face(_tier_face(tier, done, many))
            self.lines[tier].show_words(_tier_words(waiting, rounds, tier, many))


class CoverageSheet(Sheet):
    """Left what is to be watched next, right who watched what; newest first."""

    def __init__(self, parent: QWidget, parts: PageParts, names: Mapping[CameraId, Camera]) -> None:
        told = translate(
            "Wall", "A camera counts as watched after three seconds of living pictures."
        )
        question = Question(
            translate("Wall", "Video patrol: coverage"), told, translate("Wall", "Close")
        )
        super().__init__(parent, question)
        self._parts, self._names = parts, names
        self.no.hide()
        self.yes.clicked.connect(self.accept)
        self.setMinimumSize(px(980), min(px(560), parent.window().height() - px(80)))
        self.waiting = self._make_waiting()
        self.log = self._make_log()
        row = QHBoxLayout()
        row.setSpacing(px(14))
        for title, table, share in (
            (translate("Wall", "To be watched, longest waiting first"), self.waiting, 4),
            (translate("Wall", "Watched"), self.log, 5),
        ):
            column = QVBoxLayout()
            column.addWidget(label(title, "heading"))
            column.addWidget(table, 1)
            row.addLayout(column, share)
        self.body.addLayout(row, 1)
        self.waiting.refresh()
        self.log.refresh()
        self.log.setFocus()

    def _make_waiting(self) -> RowTable[Due]:
        now = datetime.now(UTC)
        columns: list[Column[Due]] = [
            Column(translate("Wall", "State"), lambda d: "", 76, face=_due_face),
            Column(translate("Wall", "Camera"), lambda d: f"{d.camera.number} {d.camera.name}"),
            Column(translate("Wall", "Tier"), lambda d: pick(TIER_WORDS[d.camera.tier]), 54),
            Column(translate("Wall", "Last"), lambda d: moment_text(d.watched_at, now), 96),
        ]
        empty = (
            translate("Wall", "There is no camera yet"),
            translate("Wall", "Press N to add a camera, or Ctrl+I to take in a list."),
        )
        return RowTable(
            columns, lambda due: due.camera.id, self._parts.background, self._due_rows, empty
        )

    def _make_log(self) -> RowTable[Watch]:
        now = datetime.now(UTC)
        columns: list[Column[Watch]] = [
            Column(translate("Wall", "Began"), lambda w: moment_text(w.began_at, now), 96),
            Column(translate("Wall", "For"), lambda w: age_text(w.seconds), 70),
            Column(translate("Wall", "Camera"), lambda w: self._name(w.camera_id)),
            Column(translate("Wall", "How"), lambda w: pick(HOW_WORDS[w.how]), 76),
            Column(translate("Wall", "Officer"), lambda w: w.officer, 76),
        ]
        empty = (
            translate("Wall", "Nobody has watched a camera yet"),
            translate("Wall", "Choose a camera and press Enter, or start tier patrol with P."),
        )
        return RowTable(
            columns, lambda watch: watch.id, self._parts.background, self._log_rows, empty
        )

    def _due_rows(self, after: Due | None, limit: int) -> Sequence[Due]:
        with self._parts.database.read() as connection:
            found = service.waiting(connection, datetime.now(UTC))
        ids = [due.camera.id for due in found]
        begin = ids.index(after.camera.id) + 1 if after and after.camera.id in ids else 0
        return found[begin : begin + limit]

    def _log_rows(self, after: Watch | None, limit: int) -> Sequence[Watch]:
        with self._parts.database.read() as connection:
            return service.watches(connection, after, limit)

    def _name(self, camera_id: CameraId) -> str:
        one = self._names.get(camera_id)
        return f"{one.number} {one.name}" if one else translate("Wall", "removed camera")


class CoverageWriter(QObject):
    """``see`` at each look; the log is written now and then, and when nobody looks any more."""

    written = Signal()
    failed = Signal(object)

    def __init__(self, parts: PageParts, parent: QObject, how: Callable[[CameraId], How]) -> None:
        super().__init__(parent)
        self._parts, self._how = parts, how
        self._watching = service.Watching()
        self._timer = QTimer(self)
        self._timer.setInterval(WRITE_MS)
        self._timer.timeout.connect(lambda: self._write(self._watching.take(datetime.now(UTC))))

    def see(self, cameras: set[CameraId]) -> None:
        """These living pictures are before the officer who sits here."""
        if not self._timer.isActive():
            self._timer.start()
        officer = self._parts.actor().name
        seen = {camera_id: self._how(camera_id) for camera_id in cameras}
        self._watching.see(datetime.now(UTC), officer, seen)

    def end(self) -> None:
        """Nobody looks any more."""
        self._timer.stop()
        self._write(self._watching.end())

    def _write(self, lines: Sequence[Watch]) -> None:
        if lines:
            database, actor = self._parts.database, self._parts.actor()
            self._parts.background.act(
                lambda: service.cover(database, actor, lines),
                lambda _: self.written.emit(),
                self.failed.emit,
                self,
            )


def _tier_face(tier: Tier, done: int, many: int) -> LampFace:
    words = pick(TIER_WORDS[tier])
    if not many:
        return LampFace(Shape.DASH, Tone.QUIET, words)
    figure = f"{done}/{many}"
    if done == many:
        return LampFace(Shape.TICK, Tone.CALM, words, figure)
    return LampFace(Shape.TRIANGLE, Tone.LATE, words, figure)


def _tier_words(waiting: Sequence[Due], rounds: Rounds, tier: Tier, many: int) -> str:
    every = translate("Wall", "every {n} min").format(n=rounds.revisit_min[tier])
    if not many:
        return translate("Wall", "{every} · no camera in this tier").format(every=every)
    first = next(due for due in waiting if due.camera.tier is tier)
    if first.watched_at is None:
        ago = translate("Wall", "never watched")
    else:
        ago = age_text((datetime.now(UTC) - first.watched_at).total_seconds())
    return translate("Wall", "{every} · longest: {camera} {ago}").format(
        every=every, camera=first.camera.number, ago=ago
    )


def _due_face(due: Due) -> LampFace:
    if due.watched_at is None:
        return LampFace(Shape.TRIANGLE, Tone.LATE, translate("Wall", "Never"))
    if due.late:
        return LampFace(Shape.TRIANGLE, Tone.LATE, translate("Wall", "Late"))
    return LampFace(Shape.TICK, Tone.CALM, translate("Wall", "In time"))
