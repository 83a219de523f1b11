"""The chosen thing: what it is, why it did not pass, what it says, what waits behind it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from console.core.text import shown
from console.sync.model import SetAside
from console.sync.model.field_words import field_words
from console.sync.model.kind import kind_words
from console.sync.page.words import code_text, lane_name, why_text
from console.sync.service import Kept
from console.ui.keycap import KeyButton
from console.ui.moments import age_text, moment_text
from console.ui.panel import Panel, label
from console.ui.style import px
from console.ui.tables import Column, RowTable
from console.ui.words import pick

translate = QCoreApplication.translate
MOST_FACTS = 7
LETTERS = 400


class ChosenPanel(Panel):
    """``show_kept`` says how it stands; the page connects the buttons."""

    def __init__(self) -> None:
        super().__init__(translate("Aside", "The chosen one"), margin=10)
        self.setFixedWidth(px(430))
        self.heading = label("", "heading", wrap=True)
        self.body.addWidget(self.heading)
        self._facts = [(label("", "caption"), label("", wrap=True)) for _ in range(MOST_FACTS)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(3))
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(self._facts):
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        self.body.addLayout(grid)
        self.retry = KeyButton(translate("Aside", "Retry"), "R", "primary")
        self.edit = KeyButton(translate("Aside", "Edit and send …"), "E")
        self.discard = KeyButton(translate("Aside", "Discard …"), "D")
        self.show_it = KeyButton(translate("Aside", "Show its call"), "C")
        for pair in ((self.retry, self.edit), (self.discard, self.show_it)):
            beside = QHBoxLayout()
            beside.setSpacing(px(6))
            for button in pair:
                beside.addWidget(button, 1)
            self.body.addLayout(beside)
        self.members = _members_table()
        self.behind_title = label("", "caption")
        self.behind = _behind_table()
        for table in (self.members, self.behind):
            table.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self.members, 3)
        self.body.addWidget(self.behind_title)
        self.body.addWidget(self.behind, 2)
        self.body.addStretch(0)
        self.show_kept(None, (), datetime.now().astimezone(), False)

    def show_kept(
        self, row: Kept | None, line: Sequence[SetAside], now: datetime, may: bool
    ) -> None:
        """The panel tells of this row and the line of its entity; buttons by right."""
        there = row is not None
        for part in (self.retry, self.edit, self.discard, self.show_it, self.members):
            part.setVisible(there)
        event = row.event if row is not None else None
        behind = [one for one in line if event is None or one.event_id != event.event_id]
        self.behind.setVisible(bool(behind) and event is not None)
        self.behind_title.setVisible(bool(behind) and event is not None)
        if row is None:
            self._tell([])
            self.heading.setText(translate("Aside", "None is chosen"))
            return
        self.heading.setText(pick(kind_words(row.kind)))
        self._tell(facts(row, now))
        first = event is None or not line or line[0].event_id == event.event_id
        self.retry.setText(
            translate("Aside", "Take again") if event is None else translate("Aside", "Retry")
        )
        self.retry.setEnabled(may and first)
        self.edit.setEnabled(may and first and event is not None)
        self.discard.setEnabled(may)
        self.show_it.setEnabled(row.entity in ("call", "unit"))
        self.show_it.setText(
            translate("Aside", "Show the crew")
            if row.entity == "unit"
            else translate("Aside", "Show its call")
        )
        self.members.show_rows(members(row))
        waiting = translate("Aside", "Of the same, waiting for it: {n}")
        self.behind_title.setText(waiting.format(n=len(behind)))
        self.behind.show_rows(behind)

    def _tell(self, told: list[tuple[str, str]]) -> None:
        for at, (name, value) in enumerate(self._facts):
            there = at < len(told)
            name.setVisible(there)
            value.setVisible(there)
            if there:
                name.setText(told[at][0])
                value.setText(told[at][1])


def facts(row: Kept, now: datetime) -> list[tuple[str, str]]:
    """What a person needs to know, name by value."""
    age = age_text((now - row.since).total_seconds())
    told = [
        (translate("Aside", "Belongs to"), row.belongs or translate("Aside", "nothing of ours")),
        (translate("Aside", "Since"), f"{moment_text(row.since, now)}  ({age})"),
    ]
    if row.event is not None:
        event = row.event
        said = shown(event.message, LETTERS) or event.code or "–"
        return [
            *told,
            (translate("Aside", "Lane"), f"{lane_name(event.lane)}  #{event.seq}"),
            (translate("Aside", "By"), f"{_who(event.actor)}  {moment_text(event.at, now)}"),
            (translate("Aside", "The city says"), f"{said}  [{shown(event.code, 64)}]"),
            (translate("Aside", "That means"), code_text(event.code)),
        ]
    assert row.item is not None
    means = translate("Aside", "It came from the city and could not be taken; nothing was changed.")
    why = shown(why_text(row.item), LETTERS)
    told += [(translate("Aside", "Why it was not taken"), why)]
    if row.item.code in ("sync.item_broken", "sync.item_unreadable", "sync.item_failed"):
        told.append((translate("Aside", "Exactly"), shown(row.item.message, LETTERS)))
    return [*told, (translate("Aside", "That means"), means)]


def members(row: Kept) -> list[tuple[str, str]]:
    """What it says, member by member."""
    if row.event is not None:
        told: object = row.event.payload
    else:
        try:
            told = json.loads(row.item.raw if row.item is not None else "null")
        except (ValueError, RecursionError):
            told = None
        told = told.get("payload", told) if isinstance(told, dict) else told
    if not isinstance(told, dict):
        raw = row.item.raw if row.item is not None else ""
        return [(translate("Aside", "As it came"), shown(raw, LETTERS))]
    return [
        (pick(field_words(name)), shown(_plain(value), LETTERS)) for name, value in told.items()
    ]


def _who(actor: str) -> str:
    kind, _, name = actor.partition(":")
    return name if kind == "officer" else translate("Aside", "the post itself")


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _members_table() -> RowTable[tuple[str, str]]:
    return RowTable(
        [
            Column(translate("Aside", "Member"), lambda row: row[0], 120),
            Column(translate("Aside", "What it says"), lambda row: row[1], tip=lambda row: row[1]),
        ],
        key=lambda row: row[0],
        empty=(translate("Aside", "It says nothing"), ""),
    )


def _behind_table() -> RowTable[SetAside]:
    return RowTable(
        [
            Column(translate("Aside", "What"), lambda one: pick(kind_words(one.kind)), 150),
            Column(
                translate("Aside", "Written"), lambda one: f"{one.at.astimezone():%m-%d %H:%M:%S}"
            ),
            Column(
                translate("Aside", "State"),
                lambda one: (
                    translate("Aside", "waits, not sent")
                    if one.state == "waiting"
                    else translate("Aside", "waits, came back")
                    if one.waits
                    else translate("Aside", "refused as well")
                ),
                140,
            ),
        ],
        key=lambda one: one.event_id,
        empty=(translate("Aside", "Nothing waits behind it"), ""),
    )
