"""A hundred thousand visits: the list, its pages and its search stay quick."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from console.citizen import service, store
from console.citizen.model import Wanted, visit_key
from console.core.actor import Actor
from console.core.database import Database
from console.ui.gap_meter import GapMeter
from tests.citizen.conftest import Counter

DAYS, A_DAY = 400, 250
FIRST = date(2025, 10, 17)
ASKED = (
    "询问去汽车站怎么走",
    "下雨借雨伞一把",
    "遗失黑色双肩包",
    "邻里噪声纠纷请求调解",
    "咨询办证手续",
)


def fill(database: Database, actor: Actor) -> None:
    """Visits of the last 400 days."""
    with database.act(actor) as act:
        for day in range(DAYS):
            today = FIRST + timedelta(days=day)
            at = act.at - timedelta(days=DAYS - day)
            store.insert_visits(
                act.connection,
                [
                    {"id": f"{day}-{n}", "key": visit_key(today, n), "kind": "other", "name": "何晓梅",
                     "phone": f"138{day:03d}{n:05d}", "id_number": "", "place": f"文化街{n}号",
                     "asked": f"{ASKED[n % 5]}{n}", "done": "已当场答复并登记", "result": "done",
                     "by": "0001", "at": at, "call_id": None, "forgotten": 0, "rev": 1}
                    for n in range(1, A_DAY + 1)
                ],
            )  # fmt: skip


def timed(work: Callable[[], int]) -> tuple[int, float]:
    begun = time.perf_counter()
    return work(), (time.perf_counter() - begun) * 1000


def reached(counter: Counter, most: int) -> bool:
    """The list has read so many."""
    return len(counter.rows()) >= most


def test_a_hundred_thousand_visits_page_and_search_without_a_gap(
    counter: Counter, officer: Actor
) -> None:
    database = counter.database
    fill(database, officer)
    now = counter.clock.now()
    told = []
    with database.read() as connection:

        def rows(text: str, day: date | None = None, before: int | None = None) -> int:
            return len(service.find(connection, Wanted(text, day), now, before, 200))

        middle = visit_key(FIRST + timedelta(days=200), 100)
        for name, work, wanted in (
            ("first page", lambda: rows(""), 200),
            ("deep page", lambda: rows("", before=middle), 200),
            ("one day", lambda: rows("", FIRST), 200),
            ("common word", lambda: rows("雨伞"), 200),
            ("two words", lambda: rows("纠纷 文化街18号"), 200),
            ("every row's word", lambda: rows("登记"), 200),
            ("one character", lambda: rows("包"), 200),
            ("phone", lambda: rows("13820000100"), 1),
            ("no such word", lambda: rows("直升机"), 0),
        ):
            found, ms = timed(work)
            told.append(f"{name} {ms:.0f} ms")
            assert found == wanted, name
            assert ms < 400, told
    page = counter.open()
    counter.until(lambda: len(counter.rows()) == 200)
    meter = GapMeter()
    meter.start()
    bar = page.table.view.verticalScrollBar()
    for count in range(2, 8):
        bar.setValue(bar.maximum())
        counter.until(partial(reached, counter, 200 * count))
    counter.press("Ctrl+F")
    counter.type("纠纷")
    counter.until(lambda: counter.rows() and all("纠纷" in v.asked for v in page.table.model.rows))
    counter.press("Escape")
    counter.until(
        lambda: page.table.model.rows and len({v.asked for v in page.table.model.rows}) > 50
    )
    meter.stop()
    gaps = meter.figures()
    print("; ".join(told), gaps)
    assert gaps["p999"] < 100
