"""TETRA: the family in the catalog, and the settings of a radio."""

from __future__ import annotations

import json

import pytest

from drivers import catalog
from drivers.errors import NotSupported
from drivers.radio.tetra import DEFAULTS, TetraDriver


def test_the_catalog_knows_the_family() -> None:
    assert isinstance(catalog.driver("tetra"), TetraDriver)


def test_settings_are_filled_in_and_checked() -> None:
    driver = TetraDriver()
    assert driver.checked({}) == {
        "mode": 0, "groups": [], "poll_s": 5.0, "check_text": "电台检查", "sos_reasons": [2],
    }  # fmt: skip
    told = driver.checked({"mode": 6, "groups": ["1001", 1002], "poll_s": 2, "sos_reasons": []})
    assert (told["groups"], told["poll_s"]) == (["1001", "1002"], 2.0)
    assert driver.checked(told) == told
    json.dumps(told)
    for wrong in (
        {"mode": 7}, {"mode": True}, {"mode": "0"}, {"groups": "1001"}, {"groups": ["a"]},
        {"groups": ["1"] * 65}, {"poll_s": 0.5}, {"poll_s": 60}, {"poll_s": "5"},
        {"poll_s": float("nan")}, {"check_text": ""}, {"check_text": "a\nb"},
        {"sos_reasons": [256]}, {"baud": 9600},
    ):  # fmt: skip
        with pytest.raises(NotSupported):
            driver.checked(wrong)
    assert set(DEFAULTS) == set(told)
