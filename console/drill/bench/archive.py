"""Years of calls in a store, for measuring how they are found."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from console.core.database import Database
from console.dispatch.service.board import FOUND_MOST
from console.dispatch.store import found_by
from console.dispatch.store.tables import call_table
from console.drill.bench.post import call_row
from console.gridmap.model import Place

A_DAY = 500
_AT_ONCE = 5000
# what callers say: who, where, what, and how it stands
_WHO = ("报警人", "路人", "店主", "业主", "司机", "保安", "学生家长", "网格员")
_ROADS = ("文化街", "解放路", "滨河南路", "建设路", "青年路", "和平街", "新华路", "工业北路")
_WHERE = ("路口", "小区门口", "地铁口", "菜市场", "公交站旁", "停车场", "学校西门", "河堤边")
_WHAT = (
    "邻里纠纷", "手机被盗窃", "酒后打架", "噪声扰民", "车辆剐蹭", "老人走失", "经济纠纷", "电动车被盗",
    "有人醉倒", "家庭暴力", "扒窃被发现", "持械斗殴", "诈骗电话", "井盖缺失", "宠物伤人", "火情冒烟",
)  # fmt: skip
_HOW = ("现场情绪激动", "无人受伤", "有人受伤", "对方已离开", "双方仍在现场", "请尽快派警")
RARE = "拾获金镯"  # in one call of ten thousand


def fill(database: Database, calls: int) -> None:
    """So many closed calls stand in the store, five hundred a day."""
    rows: list[dict[str, Any]] = []
    for row in _rows(calls):
        rows.append(row)
        if len(rows) == _AT_ONCE:
            _write(database, rows)
    if rows:
        _write(database, rows)


def _write(database: Database, rows: list[dict[str, Any]]) -> None:
    with database.engine.begin() as connection:
        connection.execute(call_table.insert(), rows)
        found_by.keep(connection, *rows)

    rows.clear()


def _rows(calls: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(41)
    corner = [Place(35.4, 121.6)]
    first = datetime.now(UTC) - timedelta(days=calls // A_DAY + 1)
    for at in range(calls):
        day, number = divmod(at, A_DAY)
        row = call_row(number, first + timedelta(days=day, minutes=number), corner, closed=True)
        said = f"{chance.choice(_WHO)}称{chance.choice(_WHERE)}{chance.choice(_WHAT)}"
        rare = f",{RARE}" if at % 10_000 == 77 else ""
        row["day"] = f"{first.astimezone() + timedelta(days=day):%Y-%m-%d}"
        row["narrative"] = f"{said},{chance.choice(_HOW)}{rare}。"
        row["place"] = f"{chance.choice(_ROADS)}{chance.randrange(1, 900)}号"
        yield row


def read_all(database: Database, word: str) -> float:
    """Milliseconds of the plain question for this word, which reads every text."""
    began = time.perf_counter()
    with database.read() as connection:
        connection.execute(
            sa.select(call_table.c.id)
            .where(call_table.c.narrative.like(f"%{word}%"))
            .order_by(call_table.c.received_at.desc())
            .limit(FOUND_MOST)
        ).all()
    return (time.perf_counter() - began) * 1e3
