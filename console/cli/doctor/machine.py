"""The machine: libraries, disk, clock, serial ports, and whose account this is."""

from __future__ import annotations

import os
import platform
import shutil
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from console.cli.doctor.finding import Finding, State, same
from console.core.engine import OLDEST_SQLITE
from console.core.words import Words
from console.links.service import access, plugged_ports

_SETUP = Words("请重新运行 installer/setup。", "Run installer/setup again.")
_NEEDED = (
    "PySide6-Addons", "SQLAlchemy", "alembic", "argon2-cffi", "httpx", "fastapi", "uvicorn",
    "jsonschema", "cryptography", "osmium", "numpy", "scipy", "shapely", "folium", "pyserial",
    "pynmea2", "qtawesome", "pypinyin", "platformdirs", "psutil",
)  # fmt: skip
_WARN_BYTES, _FAIL_BYTES = 2 << 30, 200 << 20


def libraries() -> list[Finding]:
    """SQLCipher, Qt with its traps, and the rest of what is installed."""
    return [_sqlcipher(sqlcipher.sqlite_version), qt(_version("PySide6-Essentials")), _rest()]


def _sqlcipher(version: str) -> Finding:
    title = Words("加密数据库组件", "encrypted store library")
    connection = sqlcipher.connect(":memory:")
    cipher = connection.execute("PRAGMA cipher_version").fetchone()
    connection.close()
    found = same(f"SQLite {version}, SQLCipher {cipher[0] if cipher else '—'}")
    good = tuple(map(int, version.split("."))) >= OLDEST_SQLITE and cipher is not None
    return Finding("sqlcipher", title, State.OK if good else State.FAIL, found, _mend(good, _SETUP))


def qt(version: str | None) -> Finding:
    """PySide6 6.9 is wanted; 6.10 and 6.11 need a newer C library, 6.12 aborts on Python 3.11."""
    title = Words("界面组件 PySide6", "window library PySide6")
    libc = " ".join(platform.libc_ver()).strip() or platform.system()
    if version is None:
        missing = Words("未安装", "not installed")
        return Finding("pyside6", title, State.FAIL, missing, _SETUP)
    found = same(f"PySide6 {version}, Python {platform.python_version()}, {libc}")
    parts = tuple(int(part) for part in version.split(".")[:2])
    if not (6, 9) <= parts < (6, 12):
        return Finding("pyside6", title, State.FAIL, found, Words(
            "此版本不可用（6.12 会使程序异常退出）；请重新运行 installer/setup 安装 6.9.3。",
            "This version cannot be used (6.12 aborts the program); run installer/setup for 6.9.3.",
        ))  # fmt: skip
    if parts > (6, 9):
        return Finding("pyside6", title, State.WARN, found, Words(
            "6.10 起需要 glibc 2.34，国产桌面多为 2.28；建议改回 6.9.3（installer/setup）。",
            "6.10 and later need glibc 2.34, the field's desktops have 2.28; go back to 6.9.3.",
        ))  # fmt: skip
    return Finding("pyside6", title, State.OK, found)


def _rest() -> Finding:
    title = Words("其他组件", "other libraries")
    missing = [name for name in _NEEDED if _version(name) is None]
    if missing:
        names = ", ".join(missing)
        return Finding("libraries", title, State.FAIL,
                       Words(f"缺少：{names}", f"missing: {names}"), _SETUP)  # fmt: skip
    return Finding("libraries", title, State.OK,
                   Words(f"{len(_NEEDED)} 个组件齐全", f"all {len(_NEEDED)} present"))  # fmt: skip


def disk(folder: Path, usage: Callable[[Path], Sequence[int]] = shutil.disk_usage) -> list[Finding]:
    """Room where the data lies, or will lie."""
    title = Words("磁盘空间", "disk space")
    place = next(p for p in (folder.absolute(), *folder.absolute().parents) if p.exists())
    free = usage(place)[2]
    state = State.FAIL if free < _FAIL_BYTES else State.WARN if free < _WARN_BYTES else State.OK
    gib = free / (1 << 30)
    found = Words(f"{place} 剩余 {gib:.1f} GiB", f"{gib:.1f} GiB free at {place}")
    mend = Words(
        "请清理磁盘或迁移数据目录；少于 0.2 GiB 时操作可能无法保存。",
        "Free some space or move the data folder; below 0.2 GiB acts may not be saved.",
    )
    return [Finding("disk", title, state, found, _mend(state is State.OK, mend))]


def clock(wall_before: float, monotonic_before: float) -> list[Finding]:
    """The year is sane, and the clock did not jump since those two readings."""
    title = Words("时钟", "clock")
    now = datetime.now(UTC)
    jump = (time.time() - wall_before) - (time.monotonic() - monotonic_before)
    found = Words(
        f"{now.astimezone():%Y-%m-%d %H:%M:%S %z}，检查期间偏移 {jump:+.3f} 秒",
        f"{now.astimezone():%Y-%m-%d %H:%M:%S %z}, moved {jump:+.3f} s against the steady clock",
    )
    mend = Words(
        "请校准系统时间并启用网络授时（timedatectl set-ntp true）。",
        "Set the machine's time and turn time service on (timedatectl set-ntp true).",
    )
    if not 2026 <= now.year < 2100:
        return [Finding("clock", title, State.FAIL, found, mend)]
    state = State.WARN if abs(jump) > 0.5 else State.OK
    return [Finding("clock", title, state, found, _mend(state is State.OK, mend))]


def ports() -> list[Finding]:
    """Serial ports that are plugged in may be opened by this account; who holds one is named."""
    title = Words("串口", "serial ports")
    found = [port for port in plugged_ports() if not port["identity"].startswith("path:")]
    closed = [port["name"] for port in found if port["state"] == "no_permission"]
    if closed:
        may = access(closed[0])
        names, group = ", ".join(closed), may.group if may is not None else "dialout"
        if may is not None and may.listed and not may.in_force:
            mend = Words(
                f"本账号已在 {group} 组但尚未生效，请注销后重新登录。",
                f"This account is in the group {group}, not yet in force: log out and in again.",
            )
        else:
            mend = Words(
                f"请把本账号加入 {group} 组后重新登录（sudo usermod -aG {group} 用户名）。",
                f"Add this account to the group {group} and log in again "
                f"(sudo usermod -aG {group} NAME).",
            )
        words = Words(f"无权打开：{names}", f"may not be opened: {names}")
        return [Finding("ports", title, State.FAIL, words, mend)]
    named = ", ".join(
        f"{port['name']} ← {port['held_by']}" if port["held_by"] else port["name"] for port in found
    )
    words = Words(f"可用：{named}", f"usable: {named}") if named else Words(
        "未插入 USB 串口设备", "no USB serial device is plugged in")  # fmt: skip
    return [Finding("ports", title, State.OK, words)]


def account() -> list[Finding]:
    """The console does not run as the administrator."""
    title = Words("运行账号", "account")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return [Finding("account", title, State.WARN,
            Words("以 root 运行；地图组件只能加 --no-sandbox 启动，失去隔离保护",
                  "root; the map can only start with --no-sandbox, without its protection"),
            Words("值勤时请用普通账号运行指挥台。", "A post never runs as root: use a plain account."),
        )]  # fmt: skip
    return [Finding("account", title, State.OK, Words("普通账号", "a plain account"))]


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _mend(good: bool, words: Words) -> Words | None:
    return None if good else words
