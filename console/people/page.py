"""Officers on the system page: who there is, and the acts that administer them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from console.core.database import Database
from console.core.errors import ConsoleError
from console.people import service
from console.people.model import ROLE_WORDS, Officer, Right, Role, Session, allowed
from console.ui.background import Background
from console.ui.dialogs import Question, Sheet, confirm
from console.ui.forms import Form
from console.ui.keycap import KeyButton
from console.ui.moments import clock_text
from console.ui.panel import Notice, Panel
from console.ui.style import Tone
from console.ui.tables import Column, RowTable
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate


class RolesEditor(QWidget):
    """A tick for each role; its value is the list of role names that are ticked, or None."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.ticks: dict[Role, QCheckBox] = {}
        for role in Role:
            tick = QCheckBox(pick(ROLE_WORDS[role]))
            tick.toggled.connect(lambda _on: self.changed.emit())
            self.ticks[role] = tick
            row.addWidget(tick)
        row.addStretch(1)
        self.setFocusProxy(self.ticks[Role.DUTY_OFFICER])

    def value(self) -> list[str] | None:
        """The ticked roles."""
        return [str(role) for role, tick in self.ticks.items() if tick.isChecked()] or None

    def put(self, value: Any) -> None:
        """Exactly these roles are ticked."""
        for role, tick in self.ticks.items():
            tick.setChecked(role in (value or ()))


class OfficersPanel(Panel):
    """The officers of the post. ``session`` tells who looks; without the right it only shows.

    Whoever builds it calls ``refresh`` when ``OfficersChanged`` is heard or the session changes.
    """

    def __init__(
        self, database: Database, background: Background, session: Callable[[], Session | None]
    ) -> None:
        super().__init__(translate("People", "Officers"))
        self._database, self._background, self._session = database, background, session
        self.notice = Notice()
        self.table: RowTable[Officer] = RowTable(
            _columns(),
            lambda officer: officer.id,
            background,
            self._read,
            (
                translate("People", "Nobody is entered yet"),
                translate("People", "Add the first officer with the button above."),
            ),
        )
        self.add = KeyButton(translate("People", "Add"), "Insert")
        self.roles = KeyButton(translate("People", "Roles"), "Ctrl+R")
        self.secret = KeyButton(translate("People", "New secret"), "Ctrl+P")
        self.active = KeyButton(translate("People", "Deactivate"), "Ctrl+D")
        for button, act in (
            (self.add, self._on_add),
            (self.roles, self._on_roles),
            (self.secret, self._on_secret),
            (self.active, self._on_active),
        ):
            button.clicked.connect(act)
            self.add_action(button)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.table, 1)
        self.table.chosen.connect(lambda _row: self._allow())
        self.table.model.dataChanged.connect(lambda *_: self._allow())
        self._allow()

    def refresh(self) -> None:
        """The list is read again, and the buttons fit who looks at it now."""
        self.table.refresh()
        self._allow()

    def _read(self, after: Officer | None, limit: int) -> Sequence[Officer]:
        if after is not None:
            return ()  # a post has some dozens of officers: the first window holds them all
        with self._database.read() as connection:
            return service.officers(connection)[:limit]

    def _allow(self) -> None:
        session, officer = self._session(), self.table.chosen_row()
        may = session is not None and allowed(session.actor, Right.ADMINISTER_PEOPLE)
        himself = session is not None and officer is not None and officer.id == session.officer_id
        self.add.setEnabled(may)
        for button in (self.roles, self.secret, self.active):
            button.setEnabled(may and officer is not None and not himself)
        gone = officer is not None and not officer.active
        self.active.setText(
            translate("People", "Reactivate") if gone else translate("People", "Deactivate")
        )
        if not may:
            self.notice.say(translate("People", "Only a chief may change officers."))
        elif himself:
            self.notice.say(translate("People", "No one administers himself."))
        else:
            self.notice.say("")

    def _on_add(self) -> None:
        form = Form()
        form.add("number", translate("People", "Service number"), QLineEdit(), required=True)
        form.add("name", translate("People", "Name"), QLineEdit(), required=True)
        form.add("roles", translate("People", "Roles"), RolesEditor(), required=True)
        _add_secret(form)

        def work(session: Session, told: dict[str, Any]) -> object:
            roles = frozenset(Role(role) for role in told["roles"])
            return service.add_officer(
                self._database, session.actor, told["number"], told["name"], roles, told["secret"]
            )

        self._ask(Question(translate("People", "Add an officer")), form, work)

    def _on_roles(self) -> None:
        officer = self.table.chosen_row()
        if officer is None:
            return
        form = Form()
        form.add("roles", translate("People", "Roles"), RolesEditor(), required=True)
        form.fill({"roles": sorted(officer.roles)})

        def work(session: Session, told: dict[str, Any]) -> object:
            roles = frozenset(Role(role) for role in told["roles"])
            return service.change_roles(
                self._database, session.actor, officer.number, roles, officer.rev
            )

        title = translate("People", "Roles of {name}").format(name=officer.name)
        self._ask(Question(title), form, work)

    def _on_secret(self) -> None:
        officer = self.table.chosen_row()
        if officer is None:
            return
        form = Form()
        _add_secret(form)

        def work(session: Session, told: dict[str, Any]) -> object:
            service.set_secret(self._database, session.actor, officer.number, told["secret"])
            return None

        title = translate("People", "New secret for {name}").format(name=officer.name)
        text = translate("People", "The old one ends at once, and a lock is lifted.")
        self._ask(Question(title, text), form, work)

    def _on_active(self) -> None:
        officer, session = self.table.chosen_row(), self._session()
        if officer is None or session is None:
            return
        act = service.deactivate if officer.active else service.reactivate
        if officer.active:
            question = Question(
                translate("People", "Deactivate {name}?").format(name=officer.name),
                translate("People", "Signing in ends; what was done stays under this name."),
                translate("People", "Deactivate"),
                danger=True,
            )
        else:
            question = Question(
                translate("People", "Reactivate {name}?").format(name=officer.name),
                translate("People", "The roles and the secret are those of before."),
                translate("People", "Reactivate"),
            )

        def then() -> None:
            self._background.ask(
                lambda: act(self._database, session.actor, officer.number),
                lambda _done: self.refresh(),
                lambda error: self.notice.say(say_refusal(error), "alarm"),
                self,
            )

        confirm(self, question, then)

    def _ask(
        self, question: Question, form: Form, work: Callable[[Session, dict[str, Any]], object]
    ) -> None:
        """The form stands in a sheet; its answer is worked on, and refusals are said in it."""
        sheet = Sheet(self, question)
        sheet.body.addWidget(form)

        def done(_answer: object) -> None:
            sheet.accept()
            self.refresh()

        def failed(error: Exception) -> None:
            sheet.yes.setEnabled(True)
            if not (isinstance(error, ConsoleError) and form.say_refused(error)):
                sheet.say(say_refusal(error))

        def answer() -> None:
            session, told = self._session(), form.values()
            sheet.say("")
            if form.missing() or session is None:
                return
            if "again" in told and told["again"] != told["secret"]:
                form.say("again", translate("People", "The two differ: type it again"))
                return
            sheet.yes.setEnabled(False)  # hashing takes a moment; one answer is enough
            self._background.ask(lambda: work(session, told), done, failed, sheet)

        sheet.yes.clicked.connect(answer)
        sheet.open()
        first = form.findChild(QLineEdit) or form.findChild(QCheckBox)
        if first is not None:
            first.setFocus()


def _columns() -> list[Column[Officer]]:
    return [
        Column(translate("People", "Number"), lambda o: o.number, 110),
        Column(translate("People", "Name"), lambda o: o.name, 160),
        Column(translate("People", "Roles"), _roles_text),
        Column(translate("People", "State"), _state_text, 150, tone=_state_tone),
    ]


def _state_text(officer: Officer) -> str:
    if not officer.active:
        return translate("People", "Deactivated")
    if not officer.has_secret:
        return translate("People", "No secret yet")
    if _locked(officer):
        return translate("People", "Locked until {time}").format(
            time=clock_text(officer.locked_until)
        )
    return translate("People", "Active")


def _state_tone(officer: Officer) -> Tone:
    if not officer.active:
        return Tone.QUIET
    return Tone.LATE if _locked(officer) or not officer.has_secret else Tone.CALM


def _locked(officer: Officer) -> bool:
    return officer.locked_until is not None and datetime.now(UTC) < officer.locked_until


def _roles_text(officer: Officer) -> str:
    return translate("People", ", ").join(
        pick(ROLE_WORDS[role]) for role in Role if role in officer.roles
    )


def _add_secret(form: Form) -> None:
    for key, title in (
        ("secret", translate("People", "Secret")),
        ("again", translate("People", "Secret again")),
    ):
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        form.add(key, title, line, required=True)
