"""What is wrong with a store or a backup: found page by page, and named so that a person can act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from console.core import backup
from console.core.errors import ConsoleError, Refused
from console.core.keyfile import DATABASE_FILE, read_key
from console.core.pages import Pages
from console.core.survey import Survey, survey
from console.core.table_words import words_of
from console.core.tail import Tail, read_mark, tail_of
from console.core.whole_store import require_whole
from console.core.words import Words, say

_SHOWN = 12
# Codes with which a store refuses to open although its key is there: the officer can do something.
MENDABLE = frozenset(
    {
        "store.damaged",
        "store.wrong_key_or_damaged",
        "store.file_missing",
        "store.log_damaged",
        "store.behind",
    }
)


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is wrong: in which file, what, what it means and what to do."""

    code: str
    file: Path
    what: Words
    means: Words
    mend: Words
    pages: tuple[int, ...] = ()
    tables: tuple[str, ...] = ()

    def line(self, language: str) -> str:
        """All of it on one line."""
        return " ".join(words.pick(language) for words in (self.what, self.means, self.mend))


@dataclass(frozen=True, slots=True)
class Examined:
    """A store that was looked at as a whole. ``found`` is empty when nothing is wrong."""

    found: tuple[Damage, ...]
    survey: Survey | None
    head: int  # the last line of the trail that is known of, readable or not

    @property
    def can_be_salvaged(self) -> bool:
        """Whether records can be brought over into a new store."""
        return self.survey is not None and bool(self.survey.tables)

    @property
    def knows_post(self) -> bool:
        """Whether the store itself still says which post it is of."""
        told = self.survey
        return told is not None and "identity" in told.tables and any(told.rows("identity"))


_MEND = Words(
    "请打开指挥台按提示恢复备份或抢救数据，或用 post-console restore。",
    "Open the console and restore a backup or salvage the data as it says, or use "
    "post-console restore.",
)
_MEND_BACKUP = Words("请换用另一份备份，并重新备份。", "Use another backup, and make a new one.")


def examine_store(
    folder: Path, key: bytes, step: Callable[[str, float], None] = backup.no_step
) -> Examined:
    """Every page of the store and its log, and the trail's end, was looked at. Nothing is changed.

    The file must not be in use meanwhile.
    """
    file = folder / DATABASE_FILE
    if not file.exists():
        return Examined((_missing(file),), None, 0)
    mark = read_mark(folder)
    step("pages", 0.0)
    pages = Pages(file, key)
    if not pages.opens:
        return Examined((_closed(file),), None, mark.line if mark else 0)
    if _clean(pages):
        found, tail = _of_structure(file, key, mark, pages.in_log)
        if not found:
            return Examined((), None, tail.line)
    else:
        found = []
    told = survey(pages, step)
    tail = _tail(told)
    head = max(_trail(told), mark.line if mark else 0)
    if not found:
        found = [*_of_log(file, pages), *_of_pages(file, told), *_of_tail(file, tail, mark)]
    return Examined(tuple(found), told, head)


def _clean(pages: Pages) -> bool:
    return not (pages.bad or pages.lost or pages.cut or pages.log.broken or pages.bad_frames)


def examine_backup(file: Path, key: bytes) -> tuple[Damage, ...]:
    """What is wrong with this backup; nothing for one that is whole."""
    try:
        backup.require_form(file)
    except Refused as refused:
        if refused.code != "backup.not_a_backup" or file.stat().st_size == 0:
            return (_refused(file, refused),)
    pages = Pages(file, key)
    if not pages.opens:
        return (_closed(file),)
    told = survey(pages)
    found = _of_pages(file, told)
    if not found:
        try:
            backup.check(file, key)
        except ConsoleError as refused:
            found = [_refused(file, refused)]
    return tuple(found)


def looks_damaged(folder: Path) -> bool:
    """Whether the store is this key's, or nobody can tell, although it does not open."""
    file = folder / DATABASE_FILE
    return not file.exists() or Pages(file, read_key(folder)).opens


def _missing(file: Path) -> Damage:
    return Damage(
        "missing", file,
        Words(f"找不到数据库文件 {file}。", f"The database file {file} is missing."),
        Words("文件已被移走或删除。", "It was moved away or deleted."), _MEND,
    )  # fmt: skip


def _closed(file: Path) -> Damage:
    return Damage(
        "closed", file,
        Words(f"{file} 没有一页能用本站密钥打开。", f"Not one page of {file} opens with the post's key."),
        Words("文件已被覆盖，或不是本站的文件，或密钥不对。",
              "It was overwritten, is not this post's, or the key is the wrong one."),
        Words("请核对密钥文件；密钥无误就从备份恢复。",
              "Check the key file; if it is right, restore a backup."),
    )  # fmt: skip


def _refused(file: Path, refused: ConsoleError) -> Damage:
    return Damage(
        refused.code, file, Words(say(refused, "zh_CN"), say(refused, "en")),
        Words("文件与制作时不一致。", "The file is not what it was when it was made."), _MEND_BACKUP,
    )  # fmt: skip


def _of_pages(file: Path, told: Survey) -> list[Damage]:
    pages = told.pages
    bad = sorted(pages.bad | pages.lost)
    cut = pages.cut or any(number > pages.in_file for number in pages.lost)
    if not bad and not cut:
        return []
    owners = Counter(told.owners.get(n, "") for n in sorted(pages.lost))
    tables = tuple(sorted(_table(told, name) for name in owners if name))
    size = Words(f"（共 {pages.count} 页）", f" of {pages.count}")
    if cut:
        what = Words(
            f"{file} 被截短：少了 {len(pages.lost)} 页{size.zh_CN}。",
            f"{file} was cut short: {len(pages.lost)} pages{size.en} are gone.",
        )
        code = "cut"
    else:
        what = Words(
            f"{file} 有 {len(bad)} 页损坏{size.zh_CN}：第 {_some(bad)} 页。",
            f"{file} has {len(bad)} damaged pages{size.en}: {_some(bad)}.",
        )
        code = "pages"
    mend = _MEND if file.name == DATABASE_FILE else _MEND_BACKUP
    return [Damage(code, file, what, _meaning(told, tables), mend, tuple(bad), tables)]


def _meaning(told: Survey, tables: tuple[str, ...]) -> Words:
    hurt = [found for found in told.tables.values() if not found.whole]
    if not told.schema_whole and not told.by_copy:
        return Words(
            "数据库目录页损坏，部分表无法找到。", "The directory of tables itself is hurt."
        )
    if not hurt:
        return Words(
            "损坏的页中没有业务记录（空页、索引，或在日志中有更新的副本）。",
            "They hold no records: free pages, indexes, or pages that the log has anew.",
        )
    zh, en = [], []
    for found in hurt:
        name = words_of(found.shape.name)
        if found.exact:
            zh.append(f"{name.zh_CN} {found.lost} 条")
            en.append(f"{name.en} ({found.lost} records)")
        else:
            zh.append(f"{name.zh_CN}" + (f"至多 {found.lost} 条" if found.lost else "条数不详"))
            en.append(
                f"{name.en} ({f'at most {found.lost}' if found.lost else 'number not known'})"
            )
    return Words("缺失：" + "，".join(zh) + "。", "Lost: " + ", ".join(en) + ".")


def _table(told: Survey, name: str) -> str:
    index = next((one for one in told.indexes if one.name == name), None)
    return index.table if index else name


def _of_log(file: Path, pages: Pages) -> list[Damage]:
    log, place = pages.log, file.with_name(f"{file.name}-wal")
    if not log.broken and not pages.bad_frames:
        return []
    tail = not log.damaged and not pages.bad_frames
    count = max(log.dropped, 1 if not log.header else 0)
    first = next((f.place for f in log.frames if f.ours and not f.chained), len(log.frames) + 1)
    what = Words(f"{place} 从第 {first} 帧起断开。", f"{place} breaks off at frame {first}.")
    if tail:
        means = Words("最后一次写入不完整：断电时正常，或末尾已损坏。",
                      "The last write is incomplete: as a power cut leaves it, or damaged.")  # fmt: skip
    else:
        means = Words(f"至少 {count} 次已保存的操作会被无声丢弃。",
                      f"At least {count} saved acts would be dropped without a word.")  # fmt: skip
    numbers = tuple(sorted({f.page for f in log.frames if f.place in pages.bad_frames}))
    return [Damage("log_end" if tail else "log", place, what, means, _MEND, numbers)]


def _of_tail(file: Path, tail: Tail, mark: Tail | None) -> list[Damage]:
    lines, events = tail.behind(mark) if mark else (0, 0)
    if not lines and not events:
        return []
    return [Damage(
        "behind", file,
        Words(f"{file} 比最后一次保存时少 {lines} 条审计记录、{events} 条待上报事件。",
              f"{file} lacks {lines} lines of the trail and {events} events that were saved."),
        Words("日志末尾丢失，或数据库被换成旧的副本。",
              "The end of the log is lost, or an older copy was put in its place."), _MEND,
    )]  # fmt: skip


def _of_structure(
    file: Path, key: bytes, mark: Tail | None, in_log: frozenset[int]
) -> tuple[list[Damage], Tail]:
    """What only SQLite itself sees: structure, foreign keys, the chain of the trail, its end."""
    tail = Tail()
    try:
        with backup.reader(file, key) as connection:
            tail = tail_of(connection)
            require_whole(connection, file, in_log)
    except ConsoleError as refused:
        return [_refused(file, refused)], tail
    return _of_tail(file, tail, mark), tail


def _tail(told: Survey) -> Tail:
    """How far the readable records go."""
    if not {"identity", "audit_trail", "lane_head"} <= set(told.tables):
        return Tail()
    epoch = next((str(row.values[2]) for row in told.rows("identity")), "")
    lanes = {
        int(str(row.values[1])): int(str(row.values[2]))
        for row in told.rows("lane_head")
        if row.values[0] == epoch
    }
    return Tail(epoch, _trail(told), lanes)


def _trail(told: Survey) -> int:
    if "audit_trail" not in told.tables:
        return 0
    return max((row.rowid or 0 for row in told.rows("audit_trail")), default=0)


def _some(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:_SHOWN]))
    return shown if len(numbers) <= _SHOWN else f"{shown} …"
