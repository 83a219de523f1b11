"""The settings file, the store and its key, looked at without changing either."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from console.cli.doctor.finding import Finding, State, same
from console.core import audit
from console.core.damage import Damage, examine_store
from console.core.engine import SETTINGS, make_engine, settings_in_force, write_back
from console.core.errors import ConsoleError
from console.core.keyfile import DATABASE_FILE, key_folder, key_id_of, read_key
from console.core.ownership import Ownership
from console.core.schema import HEAD
from console.core.whole_store import require_whole
from console.core.words import Words, say
from console.links.model import LinkConfig
from console.links.service import counted_since, links
from console.settings import SETTINGS_FILE, BadSetting, read_settings

LATELY = timedelta(minutes=10)
_KEY = Words("数据库密钥", "store key")
_STORE = Words("数据库", "database")
_NOT_SET_UP = Words("尚未建站", "no post was set up yet")


def checks(folder: Path) -> list[Finding]:
    """Settings, key and store of this data folder."""
    return [_settings(folder), _key(folder), *_store(folder)]


def _settings(folder: Path) -> Finding:
    title = Words("设置", "settings")
    try:
        read_settings(folder)
    except BadSetting as bad:
        mend = Words(f"请改正 {folder / SETTINGS_FILE}。", f"Mend {folder / SETTINGS_FILE}.")
        return Finding("settings", title, State.FAIL, same(str(bad)), mend)
    there = (folder / SETTINGS_FILE).exists()
    found = same(str(folder / SETTINGS_FILE)) if there else Words("均为默认", "all by default")
    return Finding("settings", title, State.OK, found)


def _key(folder: Path) -> Finding:
    try:
        if key_id_of(folder) is None and not (folder / DATABASE_FILE).exists():
            return Finding("key", _KEY, State.OK, _NOT_SET_UP)
        read_key(folder)
        place = key_folder() / f"{key_id_of(folder)}.key"
    except ConsoleError as refused:
        return Finding("key", _KEY, State.FAIL, _said(refused), _RESTORE_KEY)
    mode = stat.S_IMODE(place.stat().st_mode)
    found = Words(
        f"{place}，权限 {mode:04o}；是普通文件，未用硬件保护，拿到此文件即可解密数据",
        f"{place}, mode {mode:04o}; a plain file without hardware protection: "
        "who has it can read the data",
    )
    if place.resolve().is_relative_to(folder.resolve()):
        return Finding("key", _KEY, State.FAIL, found, Words(
            "密钥不能放在数据目录内；请移到别处并设置 POST_CONSOLE_KEYS。",
            "The key must not lie in the data folder; move it and set POST_CONSOLE_KEYS.",
        ))  # fmt: skip
    if os.name != "nt" and mode & 0o077:
        return Finding("key", _KEY, State.FAIL, found,
                       Words(f"请执行：chmod 600 {place}", f"chmod 600 {place}"))  # fmt: skip
    return Finding("key", _KEY, State.OK, found)


_RESTORE_KEY = Words(
    "请把密钥文件放回原处；没有密钥，数据和备份都无法打开。",
    "Put the key file back in its place; without it neither data nor backups open.",
)


def _store(folder: Path) -> list[Finding]:
    file = folder / DATABASE_FILE
    try:
        if key_id_of(folder) is None and not file.exists():
            return [Finding("database", _STORE, State.OK, _NOT_SET_UP)]
        key = read_key(folder)
    except ConsoleError as refused:
        return [Finding("database", _STORE, State.FAIL, _said(refused), _RESTORE_KEY)]
    if not file.exists():
        missing = Words(f"找不到 {file}", f"{file} is missing")
        return [Finding("database", _STORE, State.FAIL, missing, _RESTORE)]
    if not in_use(folder):
        hurt = examine_store(folder, key).found
        if hurt:
            return [_damage(one) for one in hurt]
    engine = make_engine(file, key, pool=NullPool)
    try:
        write_back(engine)  # pages of the file may be torn that stand whole in the WAL
        with engine.connect() as connection:
            return _opened(connection.execution_options(read_only=True), folder)
    except sa.exc.DatabaseError as failed:
        told = Words(f"无法打开 {file}：{failed.orig}", f"{file} does not open: {failed.orig}")
        return [Finding("database", _STORE, State.FAIL, told, _RESTORE)]
    except ConsoleError as refused:
        return [Finding("database", _STORE, State.FAIL, _said(refused), _RESTORE)]
    finally:
        engine.dispose()


def _damage(found: Damage) -> Finding:
    said = Words(*(found.what.pick(x) + " " + found.means.pick(x) for x in ("zh_CN", "en")))
    return Finding("database", _STORE, State.FAIL, said, found.mend)


_RESTORE = Words(
    "请停止使用，并从备份恢复（post-console restore 备份文件）。",
    "Stop using it and restore a backup (post-console restore FILE).",
)


def identity_of(folder: Path) -> tuple[str, str] | None:
    """Post and epoch of the store in this folder; None when it cannot be opened."""
    try:
        engine = make_engine(folder / DATABASE_FILE, read_key(folder), pool=NullPool)
        if not (folder / DATABASE_FILE).exists():
            return None
        with engine.connect() as connection:
            looking = connection.execution_options(read_only=True)
            post, epoch = looking.exec_driver_sql("SELECT post, epoch FROM identity").one()
            return str(post), str(epoch)
    except (ConsoleError, sa.exc.SQLAlchemyError):
        return None  # told by the check of the store


def configured_links(folder: Path) -> list[LinkConfig]:
    """The links of the store in this folder; none where it cannot be opened or is of another age."""
    try:
        if not (folder / DATABASE_FILE).exists():
            return []
        engine = make_engine(folder / DATABASE_FILE, read_key(folder), pool=NullPool)
        with engine.connect() as connection:
            return links(connection.execution_options(read_only=True))
    except (ConsoleError, sa.exc.SQLAlchemyError):
        return []  # told by the check of the store


def heard_lately(folder: Path) -> dict[str, tuple[int, int]]:
    """Good and bad frames of each link in the last minutes, as the console wrote them down."""
    try:
        engine = make_engine(folder / DATABASE_FILE, read_key(folder), pool=NullPool)
        with engine.connect() as connection:
            looking = connection.execution_options(read_only=True)
            return counted_since(looking, datetime.now(UTC) - LATELY)
    except (ConsoleError, sa.exc.SQLAlchemyError):
        return {}  # told by the check of the store


def _opened(connection: sa.Connection, folder: Path) -> list[Finding]:
    file = folder / DATABASE_FILE
    schema = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    if schema > HEAD:
        return [Finding("database", _STORE, State.FAIL,
            Words(f"结构 {schema} 比本程序（{HEAD}）新", f"schema {schema} is newer than {HEAD}"),
            Words("请安装新版本。", "Install the newer version."))]  # fmt: skip
    require_whole(connection, file)
    post = connection.exec_driver_sql("SELECT post FROM identity").scalar_one()
    last = audit.last(connection)
    busy = in_use(folder)
    lines = last.seq if last else 0
    found = [
        Finding("database", _STORE, State.OK, Words(
            f"警务站 {post}，结构 {schema}，{file.stat().st_size / 1e6:.1f} MB，页校验与审计链完整"
            f"（{lines} 条）{'，指挥台正在使用' if busy else ''}",
            f"post {post}, schema {schema}, {file.stat().st_size / 1e6:.1f} MB, pages and audit "
            f"trail whole ({lines} records){', in use by a console' if busy else ''}",
        )),
        _in_force(connection),
    ]  # fmt: skip
    if last is not None and last.at > datetime.now(UTC) + timedelta(seconds=60):
        found.append(Finding("clock_behind", Words("时钟与记录", "clock and records"), State.FAIL,
            Words(f"系统时间早于最后一条记录（{last.at.astimezone():%Y-%m-%d %H:%M:%S}）",
                  f"the clock is behind the last record ({last.at:%Y-%m-%d %H:%M:%S} UTC)"),
            Words("请校准系统时间。", "Set the machine's time.")))  # fmt: skip
    return found


def _in_force(connection: sa.Connection) -> Finding:
    title = Words("数据库设定", "store settings")
    wanted = {"journal_mode": "wal", **SETTINGS}
    found = settings_in_force(connection)
    wrong = [f"{name}={found[name]}" for name in wanted if found[name] != wanted[name]]
    if wrong:
        return Finding("store_settings", title, State.FAIL, Words(
            f"未生效：{', '.join(wrong)}", f"not in force: {', '.join(wrong)}"),
            Words("请检查数据目录是否可写、是否为本地磁盘。",
                  "See that the data folder is writable and on a local disk."))  # fmt: skip
    told = f"WAL, synchronous=FULL, … {len(wanted)}/{len(wanted)}"
    return Finding("store_settings", title, State.OK, same(told))


def in_use(folder: Path) -> bool:
    """A console works with the store of this folder."""
    ownership = Ownership(folder)
    try:
        ownership.start()
    except ConsoleError:
        return True
    ownership.stop()
    return False


def _said(refused: ConsoleError) -> Words:
    return Words(say(refused, "zh_CN"), say(refused, "en"))
