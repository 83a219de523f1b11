"""Layouts, tours and intervals: chosen, kept under a name, dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from console.people.model import ROLE_WORDS, Role
from console.ui.acts import PageActs
from console.ui.choice import ChoiceSheet, Option
from console.ui.dialogs import Question, ask_text
from console.ui.words import pick
from console.videowall import service
from console.videowall.model import Arrangement, Camera, CameraId, Layout, Rounds, Tour
from console.videowall.page.parts import PageParts
from console.videowall.page.tour_sheet import RoundsSheet, TourSheet

translate = QCoreApplication.translate
Cameras = Callable[[], Mapping[CameraId, Camera]]


class Keeping(PageActs):
    """``opened(arrangement)`` when a layout was chosen, ``tour_chosen(tour)`` when a tour was."""

    opened = Signal(object)
    tour_chosen = Signal(object)

    def __init__(
        self, parts: PageParts, page: QWidget, now: Callable[[], Arrangement], cameras: Cameras
    ) -> None:
        super().__init__(parts.background, parts.say, page)
        self._parts, self._page, self._now, self._cameras = parts, page, now, cameras
        self._left_of: str | None = None  # the officer whose wall was brought

    def bring_left(self, then: Callable[[Arrangement], None]) -> None:
        """The wall as the officer who sits here left it, when he sits down; not again after that."""
        actor, database = self._parts.actor(), self._parts.database
        if self._left_of == actor.name:
            return
        self._left_of = actor.name

        def read() -> Layout | None:
            with database.read() as connection:
                return service.left_as(connection, actor)

        def found(left: Layout | None) -> None:
            if left is not None:
                then(left.arrangement)

        self._parts.background.ask(read, found, None, self._page)

    def leave(self) -> None:
        """The wall as it is now is found again by this officer."""
        actor, database = self._parts.actor(), self._parts.database
        one = Layout("", "", self._now(), actor.name)
        self._parts.background.act(lambda: service.leave_as(database, actor, one), owner=self._page)

    def ask_layout(self) -> None:
        """The officer chooses among his layouts and those of his roles, or keeps what he sees."""
        actor, database = self._parts.actor(), self._parts.database

        def read() -> list[Layout]:
            with database.read() as connection:
                return service.layouts(connection, actor)

        def ask(found: Sequence[Layout]) -> None:
            by_id = {one.id: one for one in found}
            options = [Option(one.id, _named(one.name, one.role)) for one in found]
            options.append(Option("keep", translate("Wall", "Keep this wall under a name …")))
            options += [
                Option(f"role:{role}", translate("Wall", "Keep it for every {role} …").format(
                    role=pick(ROLE_WORDS[Role(role)])))
                for role in sorted(actor.roles) if role in set(Role)
            ]  # fmt: skip
            if found:
                options.append(Option("drop", translate("Wall", "Remove a layout …")))
            question = Question(translate("Wall", "Layouts"), "", translate("Wall", "Choose"))
            ChoiceSheet(self._page, question, options, lambda value, _: self._do(value, by_id))

        self._ask(read, ask)

    def ask_tour(self) -> None:
        """The officer chooses a tour; when there is none yet he puts one together."""
        actor, database = self._parts.actor(), self._parts.database

        def read() -> list[Tour]:
            with database.read() as connection:
                return service.tours(connection, actor)

        def ask(found: Sequence[Tour]) -> None:
            if not found:
                self.ask_new_tour()
                return
            by_id = {one.id: one for one in found}
            options = [Option(one.id, _named(one.name, one.role)) for one in found]
            options.append(Option("new", translate("Wall", "A new tour …")))
            options.append(Option("drop", translate("Wall", "Remove a tour …")))
            question = Question(translate("Wall", "Tours"), "", translate("Wall", "Choose"))

            def chosen(value: str, _: str) -> None:
                if value == "new":
                    self.ask_new_tour()
                elif value == "drop":
                    self._ask_drop(translate("Wall", "Remove a tour"), list(found))
                else:
                    self.tour_chosen.emit(by_id[value])

            ChoiceSheet(self._page, question, options, chosen)

        self._ask(read, ask)

    def ask_new_tour(self) -> None:
        """A tour is put together, from the cameras on the wall on; it starts when it is kept."""
        actor, database = self._parts.actor(), self._parts.database
        known = self._cameras()
        on_wall = [one for one in self._now().cameras if one]

        def ask(rounds: Rounds) -> None:
            def save(tour: Tour) -> None:
                mine = replace(tour, owner=actor.name)
                self._ask(lambda: service.keep_tour(database, actor, mine), saved, sheet.refused)

            def saved(kept: Tour) -> None:
                sheet.accept()
                self._tell(translate("Wall", "Tour “{name}” is kept").format(name=kept.name))
                self.tour_chosen.emit(kept)

            sheet = TourSheet(self._page, (list(known.values()), on_wall), rounds.dwell_s, save)
            sheet.open()

        self._ask(self._read_rounds, ask)

    def ask_rounds(self) -> None:
        """Who may edit the post's tables sets how often each tier is watched."""
        actor, database = self._parts.actor(), self._parts.database

        def ask(was: Rounds) -> None:
            def save(wanted: Rounds) -> None:
                self._ask(
                    lambda: service.change_rounds(database, actor, wanted), saved, sheet.refused
                )

            def saved(_: Rounds) -> None:
                sheet.accept()
                self._tell(translate("Wall", "The revisit intervals are saved"))

            sheet = RoundsSheet(self._page, was, save)
            sheet.open()

        self._ask(self._read_rounds, ask)

    def with_rounds(self, then: Callable[[Rounds], None]) -> None:
        """The intervals that hold now."""
        self._ask(self._read_rounds, then)

    def _read_rounds(self) -> Rounds:
        with self._parts.database.read() as connection:
            return service.rounds(connection, datetime.now(UTC))

    def _do(self, value: str, by_id: Mapping[str, Layout]) -> None:
        if value == "keep":
            self._ask_name("")
        elif value.startswith("role:"):
            self._ask_name(value.removeprefix("role:"))
        elif value == "drop":
            self._ask_drop(translate("Wall", "Remove a layout"), list(by_id.values()))
        else:
            self.opened.emit(by_id[value].arrangement)

    def _ask_name(self, role: str) -> None:
        actor, database = self._parts.actor(), self._parts.database
        question = Question(
            translate("Wall", "Keep the layout"),
            translate("Wall", "One that has this name already is replaced."),
            translate("Wall", "Save"),
        )

        def named(name: str) -> None:
            one = Layout("", name, self._now(), "" if role else actor.name, role)
            told = translate("Wall", "Layout “{name}” is kept").format(name=name)
            self._ask(lambda: service.keep_layout(database, actor, one), lambda _: self._tell(told))

        ask_text(self._page, question, named)

    def _ask_drop(self, title: str, found: Sequence[Layout] | Sequence[Tour]) -> None:
        actor, database = self._parts.actor(), self._parts.database
        by_id = {one.id: one for one in found}

        def chosen(value: str, _: str) -> None:
            one = by_id[value]
            told = translate("Wall", "“{name}” is removed").format(name=one.name)

            def work() -> None:
                if isinstance(one, Layout):
                    service.drop_layout(database, actor, one)
                else:
                    service.drop_tour(database, actor, one)

            self._ask(work, lambda _: self._tell(told))

        options = [Option(one.id, _named(one.name, one.role)) for one in found]
        ChoiceSheet(
            self._page,
            Question(title, "", translate("Wall", "Remove"), danger=True),
            options,
            chosen,
        )


def _named(name: str, role: str) -> str:
    if not role:
        return name
    words = pick(ROLE_WORDS[Role(role)]) if role in set(Role) else role
    return translate("Wall", "{name} ({role})").format(name=name, role=words)
