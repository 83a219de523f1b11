"""The console's window on a running post: gate, pages, what it hears, how it is taken down."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from console.app.language import keep_language
from console.app.news import DeskNews
from console.app.pages import build_pages
from console.app.post import Post
from console.app.verbs import build_verbs
from console.core.actor import NOBODY, Actor
from console.dispatch.page import DeskPage, DeskPlace
from console.gridmap.page.port import MapPort
from console.gridmap.page.view import MapView
from console.people import service as people
from console.people.model import Session
from console.settings import Settings
from console.shell.appearance import Appearance
from console.shell.crash import Crash, CrashKeeper
from console.shell.gate import LockPage, SignInPage
from console.shell.idle import IdleWatch
from console.shell.model import PageEntry
from console.shell.player import LatePlayer
from console.shell.tones import Tones
from console.shell.window import Window
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.ui.collector import Collector
from console.ui.style import Tone
from console.ui.undo import Undo
from console.ui.words import say_refusal

if TYPE_CHECKING:
    from console.app.rooms.pop_up import PopUpRoom

translate = QCoreApplication.translate
TURN_S = 0.0002  # a thread's longest turn while another waits for its own (Python's own: 0.005)
CONNECT_MS = 1500  # behind a gate no desk says that it stands


def _bring_pop_ups() -> Callable[[Console], PopUpRoom]:
    """Its libraries come in a worker: the desk stands and is used by now."""
    from console.app.rooms.pop_up import PopUpRoom

    return PopUpRoom


class Console(QObject):
    """The window. ``usable`` once someone is signed in, the queue is filled and the map drawn."""

    usable = Signal()
    signed_in = Signal()

    def __init__(
        self,
        app: QApplication,
        post: Post,
        drill: bool = False,
        map_port: MapPort | None = None,
    ) -> None:
        super().__init__()
        self.post = post
        self.session: Session | None = None
        self.bridge = Bridge()
        self.background = Background(self.bridge)
        self.undo = Undo(post.clock)
        self._player = LatePlayer()
        self.tones = Tones(self._player, post.clock)
        self.appearance = Appearance(app, post.settings.theme)
        self.window = Window(self.undo, post.clock.now)
        self._drill = drill
        self._map_port = map_port
        self._collector = Collector()
        self._crash = CrashKeeper(post.settings.data, self._on_crash)
        self._idle = IdleWatch(post.settings.idle_lock_s)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(CONNECT_MS)
        self._patience.timeout.connect(self._connect_post)
        self._stops: list[Callable[[], object]] = []
        self.pop_ups: PopUpRoom | None = None  # once the rest runs

    def start(self) -> None:
        """The window is shown and asks who sits here; the pages fill behind it."""
        for start, stop in (
            (self._crash.start, self._crash.stop),
            (self.background.start, self.background.stop),
            (self.tones.start, self.tones.stop),
            (self.appearance.start, self.appearance.stop),
        ):
            start()
            self._stops.append(stop)
        self.background.on_refused = self._on_refused
        self._build()
        self._stops.append(self.bridge.stop)
        self.window.show()
        sys.setswitchinterval(TURN_S)
        self._collector.start()
        self._stops.append(self._collector.stop)
        self.desk.refresh()
        if not self.post.connected:
            self.desk.usable.connect(self._connect_post)
            self._patience.start()

    def stop(self) -> None:
        """The window is gone and nothing of it runs."""
        self._idle.stop()
        self._patience.stop()
        self.map_view.stop()
        self._pages.stop()
        self.window.hide()
        while self._stops:
            self._stops.pop()()
        self.window.deleteLater()

    def actor(self) -> Actor:
        """Who sits here now; nobody has no rights."""
        return self.session.actor if self.session is not None else NOBODY

    def entries(self) -> list[PageEntry]:
        """The pages of the frame."""
        return self._pages.entries

    def show_on_map(self, layer: str, marker: str, lat: float, lon: float) -> None:
        """The map is in front, looks there, and the marker is ringed."""
        self._pages.show_on_map(layer, marker, lat, lon)

    def enter(self, session: Session) -> None:
        """This officer sits here; the work is in front."""
        changed = self.session is None or self.session.officer_id != session.officer_id
        self.session = session
        if changed:
            self.undo.clear()
            self.desk.change_hands()
            self.window.drop_questions()
        self.window.top.set_shift(f"{session.name} {session.number}")
        self.window.show_work()
        self._pages.session_changed()
        if self.desk.board is not None:  # else the first one is on its way
            self.desk.refresh()
        self._idle.start()
        self.signed_in.emit()
        self._tell_usable()

    def lock(self) -> None:
        """The work is hidden until the officer, or another one, signs in; nothing typed is lost."""
        if self.session is not None and not self.window.gated:
            self.lock_page.lock(self.session.number, self.session.name)
            self.window.show_gate(self.lock_page)

    @property
    def idle_lock_s(self) -> int:
        """After how long without a hand the desk is locked."""
        return self._idle.after_s

    def use(self, settings: Settings) -> None:
        """Changed settings hold, as far as a running console can take them up."""
        self.appearance.wish(settings.theme)
        self._idle.set_after(settings.idle_lock_s)
        self.window.top.set_post(settings.post_name or self.post.database.post, self._drill)

    def sign_out(self) -> None:
        """Nobody sits here."""
        if self.session is not None:
            session, database = self.session, self.post.database
            self.background.act(lambda: people.sign_out(database, session))
        self.session = None
        self._idle.stop()
        self.undo.clear()
        self._welcome()

    def say(self, words: str, tone: Tone) -> None:
        """The status line says what an act did."""
        self.window.say(words, str(tone) if tone in (Tone.LATE, Tone.ALARM) else "")
        if tone is Tone.ALARM:
            self.tones.ring("refused")

    def _build(self) -> None:
        post = self.post
        self.map_view = MapView(post.roads, self.background, port=self._map_port)
        place = DeskPlace(
            post.database,
            post.roads,
            post.clock,
            self.background,
            self.undo,
            post.timings,
            self.actor,
            self.say,
            post.positions,
        )
        self.desk = DeskPage(place, self.map_view)
        self.desk.usable.connect(self._tell_usable)
        self.desk.quiet_wanted.connect(self.tones.acknowledge_all)
        self._desk_usable = self._settled = False
        self._pages = build_pages(self)
        self.news = DeskNews(self, self._pages)
        self._stops.append(self.news.stop)
        self.desk.late_changed.connect(self.news.late_changed)
        self._gates()
        self.signed_in.connect(self._advise)
        self.window.top.set_post(post.settings.post_name or post.database.post, self._drill)
        self.window.set_pages(self._pages.entries)
        self.window.set_verbs(build_verbs(self))
        self._connect_window()
        if post.connected:
            self._on_connected(None)

    def _connect_post(self) -> None:
        """Once the desk stands, or has had its time: roads, wires and the road to the city."""
        self.desk.usable.disconnect(self._connect_post)
        self._patience.stop()
        self.background.ask(self.post.connect, self._on_connected, None, self)

    def _on_connected(self, _: object) -> None:
        """All the rest runs: the window hears of it, and looks once at what it has not heard."""
        from console.app.radio_desk import RadioDesk
        from console.wiring import desk_listeners  # with it come the facts of wires and city

        for kind, listener in desk_listeners(self.news):
            self.bridge.listen(self.post.bus, kind, listener)
        self.desk.news()
        self.radio = RadioDesk(self)
        self._stops.append(self.radio.stop)
        self.radio.start()
        self.background.ask(_bring_pop_ups, self._on_pop_ups, None, self)
        self._settled = True
        self._player.find()
        self.news.tell_all()
        self._advise()

    def _on_pop_ups(self, make: Callable[[Console], PopUpRoom]) -> None:
        """Calls and alarms bring cameras up from now on."""
        self.pop_ups = make(self)
        self._stops.append(self.pop_ups.stop)
        self.pop_ups.start()

    def _advise(self) -> None:
        """What the post lacks is told once the rest runs: its libraries are the largest of all."""
        if not self._settled or self.session is None:
            return

        def bring() -> Callable[[Console], None]:
            from console.app.system_page import advise

            return advise

        self.background.ask(bring, lambda advise: advise(self), None, self)

    def _gates(self) -> None:
        database = self.post.database
        self.sign_in = SignInPage(
            self.background, lambda number, secret: people.sign_in(database, number, secret)
        )
        self.sign_in.signed.connect(self.enter)
        self.lock_page = LockPage(self.background, self._unlock)
        self.lock_page.unlocked.connect(self.enter)
        self.lock_page.takeover.connect(self._welcome)
        self._welcome()

    def _unlock(self, number: str, secret: str) -> Session:
        assert self.session is not None
        return people.unlock(self.post.database, self.session, secret)

    def _welcome(self) -> None:
        name = self.post.settings.post_name or self.post.database.post
        note = (
            translate(
                "Console",
                "Drill: any officer of the sample post, for instance 0102 with password drill-0102.",
            )
            if self._drill
            else ""
        )
        self.sign_in.welcome(name, note)
        self.window.show_gate(self.sign_in)

    def _connect_window(self) -> None:
        window = self.window
        window.theme_toggled.connect(self.appearance.toggle)
        window.theme_wished.connect(self.appearance.wish)
        window.lock_wished.connect(self.lock)
        window.sign_out_wished.connect(self.sign_out)
        window.language_wished.connect(self._on_language)
        window.closed.connect(QCoreApplication.quit)
        window.top.links_chosen.connect(lambda: window.show_page("links"))
        window.top.city_chosen.connect(lambda: window.show_page("links"))
        window.top.aside_chosen.connect(lambda: window.show_page("aside"))
        window.top.late_chosen.connect(lambda: window.show_page("desk"))
        window.top.alarms_chosen.connect(lambda: window.show_page("alarms"))
        window.top.mute_chosen.connect(self._on_mute)
        self.tones.changed.connect(self._on_sound)
        self.appearance.changed.connect(self._on_theme)
        self._idle.idle.connect(self.lock)
        self._on_sound()
        self._on_theme("")

    def _tell_usable(self) -> None:
        self._desk_usable = self._desk_usable or self.sender() is self.desk
        if self._desk_usable and self.session is not None:
            self.usable.emit()

    def _on_theme(self, _: str) -> None:
        self._pages.theme_changed()

    def _on_mute(self) -> None:
        if self.tones.muted_until is None:
            self.tones.mute(600)
        else:
            self.tones.unmute()

    def _on_sound(self) -> None:
        self.window.top.set_sound(self.tones.muted_until, self.tones.problem)

    def _on_language(self, language: str) -> None:
        keep_language(self.post.settings.data, language)
        self.window.say(
            translate("Console", "The new language is used from the next start."), "late"
        )

    def _on_refused(self, error: Exception) -> None:
        self.say(say_refusal(error), Tone.ALARM)

    def _on_crash(self, crash: Crash) -> None:
        self.bridge.post(lambda: self.window.show_crash(crash))
