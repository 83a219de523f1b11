"""Verbs and objects as the duty desk gives them, for the tests of the command bar."""

from __future__ import annotations

from console.core.errors import Refused
from console.core.words import Words
from console.shell.model import Candidate, Slot, Verb

UNITS = [Candidate(f"u{n}", f"红旗{n:02d}", "可调派", (str(n),)) for n in range(1, 13)]
CALLS = [Candidate(f"c{n}", f"JQ{n:04d}", "打架斗殴") for n in (27, 28, 31, 131)]
STATUSES = [Candidate("available", "可调派"), Candidate("resting", "备勤")]


class Desk:
    """Remembers what was run."""

    def __init__(self) -> None:
        self.done: list[tuple[str, tuple[str, ...]]] = []

    def verbs(self) -> list[Verb]:
        calls = Slot(Words("警单", "call"), lambda: CALLS)
        units = Slot(Words("巡组", "unit"), lambda: UNITS)
        statuses = Slot(Words("状态", "status"), lambda: STATUSES)
        note = Slot(Words("备注", "note"), optional=True, rest=True)
        return [
            self.verb("pai", Words("派警", "assign"), (units, calls)),
            self.verb("qianshou", Words("签收", "sign"), (calls,)),
            self.verb("zhuangtai", Words("状态", "status"), (units, statuses, note)),
            self.verb("jiean", Words("结案", "close"), (calls,), Words("值班台", "duty desk")),
            self.verb("find", Words("查找", "find"), (Slot(Words("内容", "words"), rest=True),)),
            self.verb("bangzhu", Words("报表", "bulletin"), ()),
        ]

    def verb(
        self, name: str, words: Words, slots: tuple[Slot, ...], page: Words | None = None
    ) -> Verb:
        def preview(keys: tuple[str, ...]) -> str:
            if keys and keys[-1] == "c28":
                raise Refused("store.busy")
            return f"{words.en} {' '.join(keys)}".strip()

        return Verb(
            name, words, slots, preview, lambda keys: self.done.append((name, keys)), (), page
        )
