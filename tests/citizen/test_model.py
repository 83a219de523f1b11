"""Numbers, masks, words and what may be kept of a visit."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from console.citizen.model import (
    Correction,
    NewVisit,
    Personal,
    checked_correction,
    checked_table,
    checked_visit,
    day_span,
    looks_like_phone,
    masked_identity,
    masked_name,
    masked_phone,
    masked_words,
    number_of,
    read_number,
    read_table,
    visit_key,
)
from console.citizen.service.tables import KIND
from console.core import reference
from console.core.errors import Refused
from console.core.grams import grams, match_of

DAY = date(2026, 11, 21)


def test_a_number_is_the_day_and_the_count_of_that_day() -> None:
    key = visit_key(DAY, 3)
    assert number_of(key) == "FW20261121-003"
    assert read_number("fw20261121-003") == read_number("20261121-3") == key
    assert read_number("FW20260231-001") is None  # there is no such day
    assert read_number("FW20261121-000") is None
    first, last = day_span(DAY)
    assert first < visit_key(DAY, 1) <= visit_key(DAY, 99_999) == last
    with pytest.raises(Refused, match=r"citizen\.day_full"):
        visit_key(DAY, 100_000)


def test_masks_leave_enough_to_recognise_and_not_enough_to_use() -> None:
    assert masked_name("张三丰") == "张**"
    assert masked_name("张三") == "张*"
    assert masked_name("") == ""
    assert masked_name("John Smith") == "J***"
    assert masked_phone("13800138000") == "138****8000"
    assert masked_phone("110") == "*10"
    assert masked_identity("370883199001010015") == "370883********0015"
    assert masked_identity("E12345678") == "*******78"


def test_what_the_city_reads_names_nobody() -> None:
    told = masked_words("已联系张三丰 138 0013 8000,证件370883199001010015,房号1203", "张三丰")
    assert "三丰" not in told and "1203" in told
    assert "138****8000" in told and "370883********0015" in told


def test_words_are_pairs_so_that_chinese_is_found() -> None:
    assert grams("矛盾纠纷!") == "矛盾 盾纠 纠纷 纷"
    assert match_of("纠") == '"纠"*'
    assert match_of("纠纷") == '"纠纷"'
    assert match_of("盾纠纷 雨伞") == '"盾纠 纠纷" AND "雨伞"'
    assert match_of('" OR *') == '"or"'
    assert match_of("🙂 \u200f") == ""


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("138 0013 8000", True),
        ("37088319900101001x", True),
        ("138001", False),
        ("1380013800a", False),
    ],
)
def test_a_phone_is_looked_for_whole(text: str, is_one: bool) -> None:
    assert looks_like_phone(text) is is_one


def test_what_is_too_long_is_refused_with_the_limit_and_nothing_is_cut() -> None:
    with pytest.raises(Refused) as refused:
        checked_visit(NewVisit("other", "问路", person=Personal("长" * 300)))
    assert refused.value.code == "citizen.too_long"
    assert refused.value.details == {"field": "name", "most": 64, "count": 300}
    with pytest.raises(Refused, match=r"citizen\.too_long"):
        checked_visit(NewVisit("other", "问" * 1001))


def test_marks_that_turn_a_text_are_dropped_and_a_face_stays() -> None:
    fit = checked_visit(
        NewVisit(
            "other", "\u202e问路🙂\u200f", person=Personal("王\u202e五\n六", "138-0013 8000", "")
        )
    )
    assert fit.asked == "问路🙂"
    assert fit.person == Personal("王五 六", "13800138000", "")


@pytest.mark.parametrize("phone", ["12", "a138001", "1" * 21, "138001380oo"])
def test_what_is_no_phone_is_refused(phone: str) -> None:
    with pytest.raises(Refused, match=r"citizen\.bad_phone"):
        checked_visit(NewVisit("other", "问路", person=Personal("", phone)))


def test_a_correction_needs_a_reason_and_words() -> None:
    with pytest.raises(Refused, match=r"citizen\.reason_missing"):
        checked_correction(Correction(" \u200f", asked="x"))
    with pytest.raises(Refused, match=r"citizen\.nothing_asked"):
        checked_correction(Correction("写错", asked=" "))
    with pytest.raises(Refused, match=r"citizen\.bad_id_number"):
        checked_correction(Correction("写错", id_number="三七"))


def test_the_shipped_table_speaks_both_languages_and_holds() -> None:
    body = reference.shipped(KIND)
    known = read_table(body)
    assert len(known.kinds) == 10
    assert known.personal_days == 90
    assert known.kind("dispute").words.zh_CN == "矛盾纠纷"
    natures = {one["code"] for one in reference.shipped("natures")["natures"]}
    assert {kind.nature for kind in known.kinds.values()} <= natures
    assert read_table(checked_table(body)) == known
    assert known.kind("gone").words.en == "gone"
    assert datetime.fromisoformat(body["effective_at"]) <= datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"personal_days": 0}, "citizen.bad_days"),
        ({"personal_days": "90"}, "citizen.bad_days"),
        ({"kinds": []}, "citizen.bad_table"),
        ({"kinds": [{"code": "a", "zh_CN": "甲", "en": "a"}] * 2}, "citizen.bad_table"),
        ({"kinds": [{"code": "a", "zh_CN": "", "en": "a"}]}, "citizen.bad_kind"),
        ({"results": [{"code": "A b", "zh_CN": "甲", "en": "a"}]}, "citizen.bad_kind"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_table({**reference.shipped(KIND), **change})
    assert refused.value.code == code
