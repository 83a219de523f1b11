"""The top bar: whose post, what duty, what time, and how the wires and the city stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from console.ui.elided import ElidedLabel
from console.ui.icons import Dress, dress
from console.ui.lamp import Lamp, LampFace, Shape
from console.ui.moments import clock_text, moment_text
from console.ui.panel import label
from console.ui.style import Tone, mark, px

translate = QCoreApplication.translate


class TopBar(QFrame):
    """Filled by setters; what has never been told is shown as not known, never as in order."""

    links_chosen = Signal()
    city_chosen = Signal()
    aside_chosen = Signal()
    alarms_chosen = Signal()
    late_chosen = Signal()
    mute_chosen = Signal()
    theme_toggled = Signal()
    menu_chosen = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self.setProperty("role", "topBar")
        self.setFixedHeight(px(44))
        self._facts: dict[str, tuple[object, ...]] = {}
        self._brand = label()
        dress(self._brand, "post", "bar_accent", 22)
        self._post = ElidedLabel("post")
        self._drill = label("", "drill")
        self._drill.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._drill.hide()
        self._duty = ElidedLabel("soft")
        self._shift = ElidedLabel("soft")
        self._roster = ElidedLabel("soft")
        self._clock = label("", "clock")
        self.links, self.city = Lamp(on_bar=True), Lamp(on_bar=True)
        self.sync, self.alarms = Lamp(on_bar=True), Lamp(on_bar=True)
        self.late = Lamp(on_bar=True)
        self.alarms.hide()  # until someone tells of alarms
        self.links.pressed.connect(self.links_chosen)
        self.city.pressed.connect(self.city_chosen)
        self.sync.pressed.connect(self._on_sync)
        self.alarms.pressed.connect(self.alarms_chosen)
        self.late.pressed.connect(self.late_chosen)
        self._bell, self._bell_dress = self._button("bell", self.mute_chosen)
        self._bell.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._theme, self._theme_dress = self._button("night", self.theme_toggled)
        self._menu, _ = self._button("menu", self.menu_chosen)
        self._lay_out()
        self._tick = QTimer(self)
        self._tick.setTimerType(Qt.TimerType.CoarseTimer)
        self._tick.setInterval(500)
        self._tick.timeout.connect(self._on_tick)
        self._tick.start()
        self.retranslate()

    @property
    def menu_button(self) -> QWidget:
        """Where the menu opens."""
        return self._menu

    def set_post(self, name: str, drill: bool = False) -> None:
        """The bar names the post; a drill says so loudly."""
        self._facts["post"] = (name, drill)
        self._post.show_words(name)
        self._drill.setText(translate("TopBar", "DRILL"))
        self._drill.setVisible(drill)

    def set_duty(self, words: str, alert: bool = False) -> None:
        """The duty level, amber when it is not the daily one."""
        self._duty.show_words(words)
        self._duty.setProperty("tone", "late" if alert else "")
        self._duty.style().polish(self._duty)

    def set_shift(self, words: str) -> None:
        """The shift and the officer on duty."""
        self._shift.show_words(words)

    def set_roster(self, words: str, missing: bool, tip: str = "") -> None:
        """The shift in force and who of it is here, amber while somebody is missing."""
        self._roster.show_words(words, tip)
        self._roster.setProperty("tone", "late" if missing else "")
        self._roster.style().polish(self._roster)

    def set_links(self, up: int, total: int, tip: str = "") -> None:
        """So many wires of so many bring something."""
        self._facts["links"] = (up, total, tip)
        word, figure = translate("TopBar", "Links"), f"{up}/{total}"
        if total == 0:
            face = LampFace(Shape.DASH, Tone.QUIET, word, figure)
        elif up == total:
            face = LampFace(Shape.DOT, Tone.CALM, word, figure)
        else:
            face = LampFace(Shape.CROSS, Tone.ALARM if up == 0 else Tone.LATE, word, figure)
        self.links.show_face(face, tip or translate("TopBar", "Wires of the post that work (F8)"))

    def set_city(self, up: bool | None, since: datetime | None, tip: str = "") -> None:
        """Whether the city answers, and since when; None when there is no road at all."""
        self._facts["city"] = (up, since, tip)
        if up is None:
            face = LampFace(Shape.DASH, Tone.QUIET, translate("TopBar", "City: not set up"))
        elif up:
            face = LampFace(Shape.DOT, Tone.CALM, translate("TopBar", "City"))
        else:
            words = translate("TopBar", "City away since {time}").format(
                time=_minute(since, self._now())
            )
            face = LampFace(Shape.CROSS, Tone.LATE, words)
        told = translate("TopBar", "since {time}").format(time=moment_text(since, self._now()))
        self.city.show_face(face, tip or told)

    def set_sync(self, pending: int, set_aside: int = 0, alarm: str | None = None) -> None:
        """What the city has not acknowledged yet, and what it would not take."""
        self._facts["sync"] = (pending, set_aside, alarm)
        if alarm or set_aside:
            words = translate("TopBar", "Set aside {n}").format(n=set_aside)
            face = LampFace(Shape.SQUARE, Tone.ALARM, alarm or words)
        elif pending:
            words = translate("TopBar", "To send {n}").format(n=pending)
            face = LampFace(Shape.HALF, Tone.CALM, words)
        else:
            face = LampFace(Shape.TICK, Tone.CALM, translate("TopBar", "Synced"))
        self.sync.show_face(face)

    def set_alarms(self, count: int, unacknowledged: bool = True) -> None:
        """So many alarms are open; red while one of them waits to be acknowledged."""
        self._facts["alarms"] = (count, unacknowledged)
        self.alarms.show()
        if not count:
            shape, tone = Shape.RING, Tone.CALM
        elif unacknowledged:
            shape, tone = Shape.SQUARE, Tone.ALARM
        else:
            shape, tone = Shape.TRIANGLE, Tone.LATE
        face = LampFace(shape, tone, translate("TopBar", "Alarms"), str(count))
        self.alarms.show_face(face, translate("TopBar", "Open alarms (F11)"))

    def set_late(self, count: int) -> None:
        """So many calls have a limit that was passed."""
        self._facts["late"] = (count,)
        tone, shape = (Tone.ALARM, Shape.SQUARE) if count else (Tone.CALM, Shape.TICK)
        words = translate("TopBar", "Late") if count else translate("TopBar", "None late")
        self.late.show_face(LampFace(shape, tone, words, str(count) if count else ""))

    def set_clock(self, jumped: str) -> None:
        """The clock is amber and its tip says how it jumped; as always with empty words."""
        mark(self._clock, tone="late" if jumped else "")
        self._clock.setToolTip(jumped)

    def set_sound(self, muted_until: datetime | None, problem: str = "") -> None:
        """Whether tones sound; a mute shows its end, a machine without sound says so."""
        self._facts["sound"] = (muted_until, problem)
        if problem:
            self._bell_dress.show("muted", "bar_late")
            self._bell.setText("")
            self._bell.setToolTip(problem)
        elif muted_until is not None:
            self._bell_dress.show("muted", "bar_late")
            self._bell.setText(f"{muted_until.astimezone():%H:%M}")
            self._bell.setToolTip(
                translate("TopBar", "Tones are muted until {time}; press to sound again").format(
                    time=clock_text(muted_until)
                )
            )
        else:
            self._bell_dress.show("bell", "bar_ink_soft")
            self._bell.setText("")
            self._bell.setToolTip(translate("TopBar", "Tones sound; press to mute 10 minutes"))

    def set_theme(self, theme: str) -> None:
        """The button offers the other theme."""
        self._theme_dress.show("night" if theme == "day" else "day", "bar_ink_soft")

    def retranslate(self) -> None:
        """The bar speaks the language in force."""
        self._theme.setToolTip(translate("TopBar", "Day or night (Ctrl+F12)"))
        self._menu.setToolTip(translate("TopBar", "Menu"))
        for lamp in (self.links, self.city, self.sync, self.alarms, self.late):
            lamp.show_face(LampFace(Shape.DASH, Tone.QUIET, "–"))
        setters: dict[str, Callable[..., None]] = {
            "post": self.set_post,
            "links": self.set_links,
            "city": self.set_city,
            "sync": self.set_sync,
            "alarms": self.set_alarms,
            "late": self.set_late,
            "sound": self.set_sound,
        }
        for name, facts in self._facts.items():
            setters[name](*facts)
        self._on_tick()

    def _button(self, name: str, chosen: SignalInstance) -> tuple[QToolButton, Dress]:
        made = QToolButton()
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(chosen)
        return made, dress(made, name, "bar_ink_soft", 18)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), 0, px(6), 0)
        row.setSpacing(px(11))
        for widget in (
            self._brand, self._post, self._drill, self._duty, self._roster, self._shift,
        ):  # fmt: skip
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._clock)
        row.addStretch(1)
        for lamp in (self.links, self.city, self.sync, self.alarms, self.late):
            row.addWidget(lamp)
        for button in (self._bell, self._theme, self._menu):
            row.addWidget(button)

    def _on_sync(self) -> None:
        """What was set aside is looked at on its own page."""
        told = self._facts.get("sync", ())
        (self.aside_chosen if len(told) > 1 and told[1] else self.city_chosen).emit()

    def _on_tick(self) -> None:
        now = clock_text(self._now())
        if now != self._clock.text():
            self._clock.setText(now)


def _minute(at: datetime | None, now: datetime) -> str:
    """The hour and minute, with the day when it was another one."""
    if at is None:
        return "–"
    same_day = at.astimezone().date() == now.astimezone().date()
    return f"{at.astimezone():%H:%M}" if same_day else f"{at.astimezone():%m-%d %H:%M}"
