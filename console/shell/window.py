"""The window: gate, top bar, navigation, pages, command bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.shell.command_bar import CommandBar
from console.shell.crash import Crash, CrashStrip, FailedPage
from console.shell.model import PageEntry, Verb
from console.shell.navigation import Navigation
from console.shell.top_bar import TopBar
from console.ui.dialogs import GATED, Sheet
from console.ui.style import look
from console.ui.undo import Undo
from console.ui.words import language

translate = QCoreApplication.translate

ICON = Path(__file__).resolve().parents[2] / "resources" / "icons" / "post-console.svg"


class Window(QMainWindow):
    """The frame of look.md. ``top`` is filled by its setters; pages and verbs are given."""

    page_shown = Signal(str)
    theme_toggled = Signal()
    theme_wished = Signal(str)
    language_wished = Signal(str)
    lock_wished = Signal()
    sign_out_wished = Signal()
    closed = Signal()

    def __init__(self, undo: Undo, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__()
        self.setMinimumSize(1180, 640)
        self.setWindowIcon(QIcon(str(ICON)))
        self.undo = undo
        self.top = TopBar(now)
        self.navigation = Navigation()
        self.strip = CrashStrip()
        self.pages = QStackedWidget()
        self._entries: dict[str, PageEntry] = {}
        self._built: dict[str, QWidget] = {}
        self._keys: list[QShortcut] = []
        self._shown = ""
        self._gate: QWidget | None = None
        self._root = QStackedWidget()
        self._work = QWidget()
        self._work.setProperty("role", "ground")
        self._work.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.commands = CommandBar(self._work, undo)
        self._lay_out()
        self._root.addWidget(self._work)
        self.setCentralWidget(self._root)
        self._connect()
        self.retranslate()

    def set_pages(self, entries: Sequence[PageEntry]) -> None:
        """Exactly these pages can be shown; the first one is."""
        for widget in self._built.values():
            self.pages.removeWidget(widget)
            widget.deleteLater()
        self._built.clear()
        for key in self._keys:
            key.setParent(None)
            key.deleteLater()
        self._keys = []
        self._entries = {entry.key: entry for entry in entries}
        self.navigation.set_pages(entries)
        for entry in entries:
            if entry.function_key:
                shortcut = QShortcut(QKeySequence(entry.function_key), self._work)
                shortcut.activated.connect(lambda key=entry.key: self.show_page(key))
                self._keys.append(shortcut)
        if entries:
            self.show_page(entries[0].key)

    def set_verbs(self, verbs: Sequence[Verb]) -> None:
        """The command bar knows these verbs."""
        self.commands.set_verbs(verbs)

    def show_page(self, key: str) -> None:
        """This page is shown; built now if it never was. One that fails to build says so."""
        entry = self._entries.get(key)
        if entry is None:
            return
        page = self._built.get(key)
        if page is None:
            page = self._build(entry)
            self._built[key] = page
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        self.navigation.show_chosen(key)
        self._shown = key
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page_shown.emit(key)

    @property
    def shown_page(self) -> str:
        """The key of the page that is shown."""
        return self._shown

    def page(self, key: str) -> QWidget | None:
        """The page of this key, when it has been built."""
        return self._built.get(key)

    def say(self, words: str, tone: str = "") -> None:
        """The status line says what an act did (``late`` or ``alarm`` in tone)."""
        self.commands.activity.say(words, tone)

    def show_gate(self, gate: QWidget) -> None:
        """This page (sign-in, lock, first start) stands before the work, which stays as it is."""
        if self._root.indexOf(gate) < 0:
            self._root.addWidget(gate)
        self._put_questions_away()
        self._gate = gate
        self._root.setCurrentWidget(gate)
        gate.setFocus()

    def show_work(self) -> None:
        """The work is in front."""
        self._gate = None
        self._root.setCurrentWidget(self._work)
        self._focus_page()
        self.setProperty(GATED, False)
        for sheet in self.findChildren(Sheet):
            sheet.bring_back()

    def drop_questions(self) -> None:
        """Questions that another officer was asked are closed unanswered."""
        for sheet in self.findChildren(Sheet):
            sheet.reject()

    @property
    def gated(self) -> bool:
        """Whether a gate stands before the work."""
        return self._gate is not None

    def show_crash(self, crash: Crash) -> None:
        """A strip above the pages tells of the bug."""
        self.strip.show_crash(crash)

    def retranslate(self) -> None:
        """The frame speaks the language in force; pages with ``retranslate`` follow."""
        self.setWindowTitle(translate("Window", "Post console"))
        self.top.retranslate()
        self.navigation.retranslate()
        self.commands.retranslate()
        for page in self._built.values():
            follow = getattr(page, "retranslate", None)
            if callable(follow):
                follow()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self, entry: PageEntry) -> QWidget:
        if isinstance(entry.widget, QWidget):
            return entry.widget
        try:
            return entry.widget()
        except Exception as bug:  # noqa: BLE001  (the Qt hook: one page must not take the others)
            sys.excepthook(type(bug), bug, bug.__traceback__)
            return FailedPage(entry.title())

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(6, 6, 6, 6)
        right.setSpacing(6)
        right.addWidget(self.strip)
        right.addWidget(self.pages, 1)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(right, 1)
        whole = QVBoxLayout(self._work)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.top)
        whole.addLayout(middle, 1)
        whole.addWidget(self.commands)

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.show_page)
        self.commands.left.connect(self._focus_page)
        self.top.menu_chosen.connect(self._open_menu)
        self.top.theme_toggled.connect(self.theme_toggled)
        self.top.links_chosen.connect(lambda: self.show_page("links"))
        look().changed.connect(self._on_look)
        self._on_look()
        for key, slot in (
            ("Ctrl+K", self.commands.enter),
            ("/", lambda: self.commands.enter("/")),
            ("Ctrl+F12", self.theme_toggled.emit),
            ("Ctrl+L", self.lock_wished.emit),
        ):
            QShortcut(QKeySequence(key), self._work).activated.connect(slot)

    def _put_questions_away(self) -> None:
        """No menu and no question of the work stands before the gate."""
        self.setProperty(GATED, True)
        menu = QApplication.activePopupWidget()
        if menu is not None:
            menu.close()
        for dialog in self.findChildren(QDialog):
            if isinstance(dialog, Sheet):
                dialog.put_away()
            elif dialog.isVisible():
                dialog.reject()

    def _on_look(self) -> None:
        self.top.set_theme(look().tokens.name)

    def _focus_page(self) -> None:
        page = self._built.get(self._shown)
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_menu(self) -> None:
        menu = self.build_menu()
        corner = self.top.menu_button.rect().bottomLeft()
        menu.popup(self.top.menu_button.mapToGlobal(corner))

    def build_menu(self) -> QMenu:
        """The menu of the top bar: lock, theme, language, sign out."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(translate("Window", "Lock") + "\tCtrl+L", self.lock_wished.emit)
        menu.addSeparator()
        for wish, words in (
            ("auto", translate("Window", "Theme by the hour")),
            ("day", translate("Window", "Day theme")),
            ("night", translate("Window", "Night theme")),
        ):
            menu.addAction(words, lambda wish=wish: self.theme_wished.emit(wish))
        menu.addSeparator()
        other = "en" if language() == "zh_CN" else "zh_CN"
        words = "English" if other == "en" else "中文"
        menu.addAction(words, lambda: self.language_wished.emit(other))
        menu.addSeparator()
        menu.addAction(translate("Window", "Sign out"), self.sign_out_wished.emit)
        return menu
