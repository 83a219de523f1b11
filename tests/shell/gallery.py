"""Puts up the frame with a sample page and saves pictures. Run: python tests/shell/gallery.py FOLDER."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QWidget,
)

from console.core.clock import SystemClock
from console.core.errors import Refused
from console.core.words import Words
from console.shell.crash import Crash
from console.shell.first_start import FirstStartPage
from console.shell.gate import LockPage, SignInPage
from console.shell.model import Candidate, PageEntry, Slot, Verb
from console.shell.window import Window
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.ui.countdown import Countdown, paint_countdown
from console.ui.dialogs import Question, ask_reason
from console.ui.forms import Form
from console.ui.keycap import KeyButton
from console.ui.lamp import LampFace, Shape
from console.ui.panel import Panel, label
from console.ui.pill import Pill, paint_level
from console.ui.style import Tone, apply_theme, body_font, look, px, table_font
from console.ui.tables import Column, RowTable
from console.ui.translation import use_language
from console.ui.undo import Undo

CALLS = (
    ("JQ0031", 1, "打架斗殴", "红旗路与建设街口", "00:42", (30, -12), (300, None), (1800, None)),
    (
        "JQ0030",
        2,
        "矛盾纠纷",
        "人民路 18 号 客运站",
        "03:10",
        (30, None, 12),
        (300, 70),
        (1800, 1600),
    ),
    (
        "JQ0028",
        3,
        "群众求助",
        "青年广场 东门",
        "11:25",
        (30, None, 41),
        (300, None, 260),
        (1800, 900),
    ),
    (
        "JQ0027",
        3,
        "交通警情",
        "解放大道 与 站前街",
        "26:02",
        (30, None, 9),
        (300, None, 190),
        (1800, 240),
    ),
)


class Card(QWidget):
    """A call of the queue, as a page would paint it."""

    def __init__(self, call: tuple[object, ...], chosen: bool) -> None:
        super().__init__()
        self._call, self._chosen = call, chosen

    def sizeHint(self) -> QSize:
        return QSize(px(300), px(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look().tokens
        _number, level, nature, place, age, *limits = self._call
        painter = QPainter(self)
        box = QRectF(self.rect())
        painter.fillRect(box, QColor(now.accent_soft if self._chosen else now.panel))
        painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), QColor(now.line))
        tone = Tone.ALARM if level == 1 else Tone.LATE if level == 2 else Tone.CALM
        paint_level(painter, QRectF(px(10), px(9), px(5), px(24)), int(str(level)), tone)
        painter.setFont(body_font())
        painter.setPen(QColor(now.ink))
        painter.drawText(px(24), px(22), f"{nature}  {place}")
        painter.setFont(table_font())
        painter.setPen(QColor(now.ink_soft))
        right = QRectF(0, px(6), box.width() - px(10), px(22))
        painter.drawText(
            right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(age)
        )
        wide = (box.width() - px(30)) / 3
        for at, (word, limit) in enumerate(zip(("签收", "到场", "反馈"), limits, strict=True)):
            assert isinstance(limit, tuple)
            took = limit[2] if len(limit) > 2 else None
            spot = QRectF(px(20) + at * wide, px(34), wide - px(4), px(22))
            paint_countdown(painter, spot, Countdown(word, limit[0], limit[1], took))


def desk() -> QWidget:
    """A page as dense as the duty desk."""
    page = QSplitter(Qt.Orientation.Horizontal)
    queue = Panel("警单队列", freshness=True)
    queue.set_title("警单队列", "待签收 1 · 在办 3")
    queue.add_action(KeyButton("新警单", "Ctrl+N"))
    queue.body.setSpacing(0)
    for at, call in enumerate(CALLS):
        queue.body.addWidget(Card(call, at == 1))
    queue.body.addStretch(1)
    if queue.freshness is not None:
        queue.freshness.fresh()
    middle = QSplitter(Qt.Orientation.Vertical)
    place = Panel("辖区地图")
    place.body.addWidget(label("地图由地图页绘制", "soft"), 0, Qt.AlignmentFlag.AlignCenter)
    units = Panel("巡组")
    units.set_title("巡组", "在岗 12")
    table: RowTable[tuple[str, str, int, str]] = RowTable(
        [
            Column("呼号", lambda r: r[0], 90),
            Column("状态", lambda r: r[1], 110, face=lambda r: FACES[r[2] % 4]),
            Column("位置", lambda r: r[3]),
            Column("更新", lambda r: f"{r[2] * 7} 秒前", 90, right=True,
                   tone=lambda r: Tone.LATE if r[2] > 8 else Tone.CALM),
        ],
        key=lambda r: r[0],
    )  # fmt: skip
    table.show_rows([(f"红旗{n:02d}", "", n, "红旗路 建设街—人民路段") for n in range(1, 13)])
    table.choose("红旗03")
    units.body.addWidget(table)
    middle.addWidget(place)
    middle.addWidget(units)
    middle.setSizes([400, 300])
    for panel in (queue, middle, chosen_call()):
        page.addWidget(panel)
    page.setSizes([330, 600, 360])
    return page


FACES = (
    LampFace(Shape.DOT, Tone.CALM, "可调派"),
    LampFace(Shape.HALF, Tone.ACCENT, "赶赴"),
    LampFace(Shape.RING, Tone.QUIET, "备勤"),
    LampFace(Shape.TRIANGLE, Tone.LATE, "定位过时"),
)


def chosen_call() -> QWidget:
    """The right side: facts, recommended crews, what to do next."""
    panel = Panel("JQ0030 矛盾纠纷", margin=10)
    row = QHBoxLayout()
    row.addWidget(Pill("二级", Tone.LATE))
    row.addWidget(Pill("110"))
    row.addWidget(Pill("已签收"))
    row.addStretch(1)
    panel.body.addLayout(row)
    panel.body.addWidget(label("人民路 18 号 客运站,两名旅客因座位发生争执,有围观。", wrap=True))
    panel.body.addWidget(label("报警人 王先生 138****0012", "caption"))
    panel.body.addWidget(label("推荐巡组", "title"))
    for key, words in (
        ("1", "红旗03  2 分 10 秒  辖区内 · 最近"),
        ("2", "红旗07  3 分 40 秒  空闲"),
        ("3", "红旗11  4 分 05 秒  步巡"),
    ):
        panel.body.addWidget(KeyButton(words, key))
    form = Form(2)
    box = QComboBox()
    box.addItems(["调解处理", "移交派出所"])
    form.add("disposition", "处理结果", box, required=True)
    form.add("place", "地点", QLineEdit("人民路 18 号"))
    form.add("words", "反馈内容", QPlainTextEdit(), wide=True)
    panel.body.addWidget(form)
    buttons = QHBoxLayout()
    buttons.addWidget(KeyButton("派警", "Return", "primary"), 1)
    buttons.addWidget(KeyButton("反馈", "Ctrl+F"))
    buttons.addWidget(KeyButton("退单", "Ctrl+B"))
    panel.body.addLayout(buttons)
    panel.body.addStretch(1)
    return panel


def sample_verbs() -> list[Verb]:
    """Verbs as the duty desk would give them."""
    calls = Slot(
        Words("警单", "call"), lambda: [Candidate(c[0], c[0], f"{c[2]} {c[3]}") for c in CALLS]
    )
    units = Slot(
        Words("巡组", "unit"),
        lambda: [Candidate(str(n), f"红旗{n:02d}", "可调派") for n in range(1, 13)],
    )

    def preview(keys: tuple[str, ...]) -> str:
        if keys[-1] == "JQ0027":
            raise Refused("shell.sample")
        return f"派 红旗{int(keys[0]):02d} 到 {keys[1]},约 2 分 10 秒"

    return [
        Verb("pai", Words("派警", "assign"), (units, calls), preview, lambda keys: None),
        Verb("qian", Words("签收", "sign"), (calls,), lambda k: f"签收 {k[0]}", lambda keys: None),
        Verb("jie", Words("结案", "close"), (calls,), lambda k: "", lambda keys: None, (), Words("值班台", "duty desk")),
        Verb("find", Words("查找", "find"), (Slot(Words("内容", "words"), rest=True),), lambda k: f"查找 {k[0]}", lambda keys: None),
    ]  # fmt: skip


def frame(undo: Undo) -> Window:
    """The frame, filled as on a night shift."""
    window = Window(undo)
    window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    window.move(0, 0)
    titles = {"desk": "值班台", "map": "地图", "roster": "勤务", "links": "链路", "system": "系统"}
    window.set_pages(
        [PageEntry(key, lambda t=title: t, key, desk() if key == "desk" else QWidget()) for key, title in titles.items()]  # type: ignore[misc]
    )  # fmt: skip
    window.set_verbs(sample_verbs())
    now = datetime.now(UTC)
    window.top.set_post("红旗广场警务站", drill=True)
    window.top.set_duty("日常勤务")
    window.top.set_shift("夜班 · 带班 李建国")
    window.top.set_links(7, 8)
    window.top.set_city(False, now - timedelta(minutes=18))
    window.top.set_sync(14)
    window.top.set_alarms(2)
    window.top.set_sound(now + timedelta(minutes=9))
    window.navigation.set_count("desk", 1)
    window.say("红旗03 已派往 JQ0030")
    undo.offer("派警 红旗03 → JQ0030", lambda: None, 60)
    return window


def settle(app: QApplication) -> None:
    until = time.monotonic() + 0.4
    while time.monotonic() < until:
        app.processEvents()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    apply_theme(app, "day")
    use_language(app, "zh_CN")
    background = Background(Bridge(app))
    for theme in ("day", "night"):
        for wide, high in ((1920, 1080), (1366, 768)):
            apply_theme(app, theme)
            window = frame(Undo(SystemClock()))
            window.setFixedSize(wide, high)
            window.show()
            settle(app)
            save(app, window, folder / f"frame_{theme}_{wide}.png")
            if wide == 1366:
                more(app, window, folder, theme, background)
            window.close()
            window.deleteLater()
            settle(app)
    for scale, wide, high, language in (
        (1.5, 1920, 1080, "zh_CN"),
        (1.25, 1366, 768, "zh_CN"),
        (1.0, 1366, 768, "en"),
    ):
        apply_theme(app, "day", scale)
        use_language(app, language)
        window = frame(Undo(SystemClock()))
        window.setFixedSize(wide, high)
        window.show()
        settle(app)
        save(app, window, folder / f"scale_{round(scale * 100)}_{language}.png")
        window.close()


def more(
    app: QApplication, window: Window, folder: Path, theme: str, background: Background
) -> None:
    window.commands.enter("pai 3 31")
    settle(app)
    save(app, window, folder / f"command_{theme}.png")
    window.commands.enter("p")
    settle(app)
    save(app, window, folder / f"complete_{theme}.png")
    window.show_crash(
        Crash("3F2A91C0", "ValueError", Path("/var/lib/post-console/logs/console.log"))
    )
    sheet = ask_reason(
        window,
        Question("退单 JQ0030", "退回后由市局另派。请写明理由。", "退单", True),
        lambda text: None,
    )
    settle(app)
    save(app, window, folder / f"sheet_{theme}.png")
    sheet.reject()
    window.show_work()
    for name, gate in (
        ("sign_in", SignInPage(background, lambda a, b: None, "红旗广场警务站")),
        ("lock", LockPage(background, lambda a, b: None)),
        ("first", FirstStartPage()),
    ):
        window.show_gate(gate)
        if isinstance(gate, LockPage):
            gate.lock("012345", "李建国")
        if isinstance(gate, SignInPage):
            gate.welcome("红旗广场警务站")
            gate.notice.say("警号或口令不对,请核对后再试。", "alarm")
        settle(app)
        save(app, window, folder / f"{name}_{theme}.png")


def save(app: QApplication, window: Window, file: Path) -> None:
    screen = app.primaryScreen()
    place = window.geometry()
    screen.grabWindow(0, place.x(), place.y(), place.width(), place.height()).save(str(file))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
