"""What a person looks at: Chinese letters, the map's engine, a display."""

from __future__ import annotations

import ctypes.util
import json
import os
import shutil
import subprocess
import sys
from typing import Any

from console.cli.doctor.finding import Finding, State
from console.core.words import Words

# Runs in a child without a display: the technician's verbs know no Qt, and a Qt that cannot start
# aborts its process. A letter that no font has is drawn as one and the same box.
_CHILD = """
import json, sys
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QFont, QFontInfo, QGuiApplication, QImage, QPainter
app = QGuiApplication(sys.argv)
def drawn(letter):
    image = QImage(48, 48, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    font = QFont()
    font.setPixelSize(32)
    painter.setFont(font)
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, letter)
    painter.end()
    return bytes(image.constBits())
missing, first, second = drawn(chr(0x10FFFD)), drawn(chr(0x8B66)), drawn(chr(0x7AD9))
blank = drawn(" ")
good = len({missing, first, second, blank}) >= 3 and first != second
good = good and missing not in (first, second) and blank not in (first, second)
try:
    import PySide6.QtWebEngineCore
    web = ""
except ImportError as failed:
    web = str(failed)
print(json.dumps({"glyphs": good, "font": QFontInfo(QFont()).family(), "qt": qVersion(), "web": web}))
"""


def checks() -> list[Finding]:
    """Letters and map engine, as a child process finds them, and the display of this machine."""
    found, why = _ask_child()
    return [_fonts(found, why), _web(found, why), display(dict(os.environ))]


def _ask_child() -> tuple[dict[str, Any], str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    try:
        child = subprocess.run(
            [sys.executable, "-c", _CHILD],
            env=environment, capture_output=True, timeout=30, check=False,
        )  # fmt: skip
        return dict(json.loads(child.stdout)), ""
    except subprocess.TimeoutExpired:
        return {}, "timeout"
    except ValueError:
        lines = child.stderr.decode("utf-8", "replace").strip().splitlines()
        return {}, lines[-1] if lines else f"exit {child.returncode}"


def _fonts(found: dict[str, Any], why: str) -> Finding:
    title = Words("中文字体", "Chinese letters")
    mend = Words(
        "请安装中文字体（apt install fonts-noto-cjk），或重新运行 installer/setup。",
        "Install a Chinese font (apt install fonts-noto-cjk), or run installer/setup again.",
    )
    if not found:
        return Finding("fonts", title, State.FAIL,
                       Words(f"界面组件无法启动：{why}", f"Qt does not start: {why}"), mend)  # fmt: skip
    listed = _listed_fonts()
    count = "" if listed is None else f" fc-list :lang=zh {listed}"
    if not found["glyphs"]:
        return Finding("fonts", title, State.FAIL,
            Words(f"汉字显示为方框。{count}", f"Chinese letters come out as boxes.{count}"),
            mend)  # fmt: skip
    return Finding("fonts", title, State.OK,
        Words(f"汉字可正常显示（{found['font']}；{count.strip()}）",
              f"Chinese letters are drawn ({found['font']};{count})"))  # fmt: skip


def _listed_fonts() -> int | None:
    lister = shutil.which("fc-list")
    if lister is None:
        return None
    told = subprocess.run([lister, ":lang=zh"], capture_output=True, timeout=20, check=False)
    return len(told.stdout.splitlines())


def _web(found: dict[str, Any], why: str) -> Finding:
    title = Words("地图引擎", "map engine")
    told = str(found.get("web", why))
    if found and not told:
        return Finding(
            "webengine", title, State.OK, Words(f"Qt {found['qt']}", f"Qt {found['qt']}")
        )
    return Finding("webengine", title, State.FAIL,
        Words(f"QtWebEngine 无法载入：{told}", f"QtWebEngine does not load: {told}"),
        Words("缺少系统库，请重新运行 installer/setup。",
              "A system library is missing; run installer/setup again."))  # fmt: skip


def display(environment: dict[str, str]) -> Finding:
    """A display is set, or a virtual one can be had; the X11 library that Qt needs is there."""
    title = Words("显示", "display")
    named = environment.get("WAYLAND_DISPLAY") or environment.get("DISPLAY")
    if sys.platform == "linux" and ctypes.util.find_library("xcb-cursor") is None:
        return Finding("display", title, State.FAIL,
            Words("缺少 libxcb-cursor0，窗口无法打开", "libxcb-cursor0 is missing: no window opens"),
            Words("请安装：apt install libxcb-cursor0", "apt install libxcb-cursor0"))  # fmt: skip
    if named or sys.platform != "linux":
        return Finding("display", title, State.OK, Words(named or "有", named or "present"))
    virtual = shutil.which("Xvfb")
    if virtual:
        return Finding("display", title, State.WARN,
            Words("未设置显示；演练可用虚拟显示 Xvfb", "none is set; the drill can use Xvfb"),
            Words("请在桌面会话中打开指挥台。", "Open the console from a desktop session."),
        )  # fmt: skip
    return Finding("display", title, State.FAIL,
        Words("未设置显示，也没有 Xvfb", "none is set, and there is no Xvfb"),
        Words("请在桌面会话中运行，或安装 xvfb。",
              "Run it from a desktop session, or install xvfb."))  # fmt: skip
