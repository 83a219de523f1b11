"""The first page of a machine without a post: try the sample post, or set up the own one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.core.errors import ConsoleError
from console.ui.forms import Form
from console.ui.icons import dress
from console.ui.keycap import KeyButton
from console.ui.panel import Notice, label
from console.ui.style import px
from console.ui.words import say_refusal

translate = QCoreApplication.translate

LEAST_SECRET = 8


class FirstStartPage(QWidget):
    """``drill_chosen`` for the sample post; ``set_up(dict)`` with post_id, post_name, number,
    name, secret for an own one; ``restore_chosen`` for one that comes back from a backup. Who
    builds the page does the work and calls ``done`` or ``failed``."""

    drill_chosen = Signal()
    set_up = Signal(dict)
    restore_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        whole = QVBoxLayout(self)
        whole.setSpacing(px(16))
        whole.addStretch(2)
        head = label(translate("FirstStart", "Post console: first start"), "heading")
        self._text = label(
            translate(
                "FirstStart", "This machine has no post yet. Nothing is written until you choose."
            ),
            "soft",
        )
        column = QVBoxLayout()
        column.setSpacing(px(4))
        column.addWidget(head)
        column.addWidget(self._text)
        self._cards = QWidget()
        grid = QGridLayout(self._cards)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(px(16))
        grid.addWidget(self._drill_card(), 0, 0)
        grid.addWidget(self._own_card(), 0, 1)
        grid.addWidget(self._restore_card(), 1, 0, 1, 2)
        column.addSpacing(px(12))
        column.addWidget(self._cards)
        self._column = column
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(column)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(3)

    def busy(self, words: str) -> None:
        """Something is under way, in these words; the buttons wait."""
        self._set_enabled(False)
        self.notice.say(words)

    def failed(self, error: Exception) -> None:
        """It was refused; the page says why and can be tried again."""
        self._set_enabled(True)
        if isinstance(error, ConsoleError) and self.form.say_refused(error):
            self.notice.say("")
        else:
            self.notice.say(say_refusal(error), "alarm")

    def show_instead(self, form: QWidget) -> None:
        """This form stands where the choices stood, until ``show_choices``."""
        self._cards.hide()
        self._text.hide()
        self._column.addWidget(form, 0, Qt.AlignmentFlag.AlignHCenter)
        form.show()
        form.setFocus()

    def show_choices(self) -> None:
        """The choices are offered again."""
        self._cards.show()
        self._text.show()
        self.restore_button.setFocus()

    def unfinished(self) -> None:
        """The page says that an earlier set-up of this machine goes on."""
        self.notice.say(
            translate(
                "FirstStart",
                "A set-up was begun here and not finished. Fill in the form again: it goes on.",
            ),
            "late",
        )

    def submit(self) -> None:
        """The form is checked and ``set_up`` emitted."""
        if self.form.missing():
            return
        values = self.form.values()
        secret = self.secret.text()
        if len(secret) < LEAST_SECRET:
            told = translate("FirstStart", "At least {n} characters").format(n=LEAST_SECRET)
            self.form.say("secret", told)
            return
        if secret != self.again.text():
            self.form.say("again", translate("FirstStart", "The two passwords differ"))
            return
        wanted = {key: values[key] for key in ("post_id", "post_name", "number", "name")}
        self.set_up.emit({**wanted, "secret": secret})

    def _post_id(self) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(translate("FirstStart", "as the city gave it"))
        return line

    def _set_enabled(self, enabled: bool) -> None:
        for widget in (self.form, self.own_button, self.drill_button, self.restore_button):
            widget.setEnabled(enabled)

    def _drill_card(self) -> QFrame:
        card, column = _card("drill", translate("FirstStart", "Sample post (drill)"))
        told = translate(
            "FirstStart",
            "A fictional town with crews, roads and a training city that sends calls. "
            "For learning and practice; touches no real data.",
        )
        column.addWidget(label(told, "soft", wrap=True))
        column.addStretch(1)
        self.drill_button = KeyButton(translate("FirstStart", "Open the drill"), "F1")
        self.drill_button.clicked.connect(self.drill_chosen)
        column.addWidget(self.drill_button)
        return card

    def _own_card(self) -> QFrame:
        card, column = _card("post", translate("FirstStart", "Set up this post"))
        self.form = Form(2)
        self.secret, self.again = QLineEdit(), QLineEdit()
        for line in (self.secret, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        for key, title, editor in (
            ("post_id", translate("FirstStart", "Post number"), self._post_id()),
            ("post_name", translate("FirstStart", "Post name"), QLineEdit()),
            ("number", translate("FirstStart", "Officer number of the chief"), QLineEdit()),
            ("name", translate("FirstStart", "Name of the chief"), QLineEdit()),
            ("secret", translate("FirstStart", "Password"), self.secret),
            ("again", translate("FirstStart", "Password again"), self.again),
        ):
            self.form.add(key, title, editor, required=True)
        column.addWidget(self.form)
        self.notice = Notice()
        column.addWidget(self.notice)
        column.addStretch(1)
        self.own_button = KeyButton(translate("FirstStart", "Set up"), "Return", "primary")
        self.own_button.clicked.connect(self.submit)
        column.addWidget(self.own_button)
        return card

    def _restore_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "signCard")
        row = QHBoxLayout(card)
        row.setContentsMargins(px(24), px(14), px(24), px(14))
        row.setSpacing(px(10))
        mark = label()
        dress(mark, "inventory", "accent", 24)
        row.addWidget(mark)
        row.addWidget(label(translate("FirstStart", "Restore from a backup"), "title"))
        told = translate(
            "FirstStart",
            "The post had a machine before. Needs the backup file, and the printed recovery key "
            "where the old key is lost.",
        )
        row.addWidget(label(told, "soft", wrap=True), 1)
        self.restore_button = KeyButton(translate("FirstStart", "Restore"), "F2")
        self.restore_button.clicked.connect(self.restore_chosen)
        row.addWidget(self.restore_button)
        return card


def _card(drawing: str, title: str) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("role", "signCard")
    card.setFixedWidth(px(440))
    column = QVBoxLayout(card)
    column.setContentsMargins(px(24), px(20), px(24), px(20))
    column.setSpacing(px(10))
    row = QHBoxLayout()
    mark = label()
    dress(mark, drawing, "accent", 24)
    row.addWidget(mark)
    row.addWidget(label(title, "title"), 1)
    column.addLayout(row)
    return card, column
