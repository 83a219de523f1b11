"""The published contract is sound, and the city's paths are those of the document."""

from __future__ import annotations

import ast
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from console.drill.city import contract as contract_module
from console.drill.city.app import Desk, make_app
from console.drill.city.bell import Bell
from console.drill.city.contract import PUBLISHED, Contract
from console.drill.city.store import Store

CONTRACT = Contract()
PATHS = sorted(CONTRACT.schemas)
PAYLOADS = [path for path in PATHS if "/" in path]
AS_OTHERS_READ_IT: Registry[Any] = Registry().with_resources(
    (schema["$id"], Resource.from_contents(schema)) for schema in CONTRACT.schemas.values()
)
# Every kind that city-api version 1 names.
UPWARD = [
    "call.received",
    "call.signed",
    "call.dispatched",
    "call.feedback",
    "call.closed",
    "call.refused",
    "unit.departed",
    "unit.arrived",
    "unit.status",
    "unit.position",
    "order.received",
    "order.accepted",
    "order.refused",
    "order.completed",
    "duty_level.confirmed",
    "alert.verified",
    "alert.expired",
    "intel.read",
    "reinforce.requested",
    "reinforce.answered",
    "plan.applied",
    "reference.applied",
    "item.issued",
    "item.returned",
    "item.counted",
    "firearm.issued",
    "firearm.returned",
    "roster.published",
    "shift.handed_over",
    "visit.recorded",
    "alarm.raised",
    "alarm.acknowledged",
    "alarm.cleared",
    "alarm.shelved",
    "coverage.reported",
    "audit.checkpoint",
]
DOWNWARD = [
    "call.created",
    "call.updated",
    "call.cancelled",
    "order.issued",
    "duty_level.set",
    "alert.raised",
    "intel.published",
    "reinforce.requested",
    "reinforce.answered",
    "plan.changed",
    "reference.changed",
    "person.revoked",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_schema_is_a_schema_and_its_examples_fit(path: str) -> None:
    schema = CONTRACT.schemas[path]
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"https://post-console.invalid/city_api/v1/{path}"
    assert schema.get("examples") or path == "common.json"
    for example in schema.get("examples", []):
        assert CONTRACT.fault(path, example) is None
        Draft202012Validator(schema, registry=AS_OTHERS_READ_IT).validate(example)


@pytest.mark.parametrize("path", PAYLOADS)
def test_every_required_field_of_a_payload_is_missed(path: str) -> None:
    schema = CONTRACT.schemas[path]
    assert schema["required"]
    for name in schema["required"]:
        for example in schema["examples"]:
            without = {key: value for key, value in example.items() if key != name}
            assert name in (CONTRACT.fault(path, without) or "")


@pytest.mark.parametrize("path", PATHS)
def test_no_reference_hides_what_stands_beside_it(path: str) -> None:
    def looked_at(part: Any) -> None:
        if isinstance(part, dict):
            assert "$ref" not in part or set(part) <= {"$ref", "description"}
            for one in part.values():
                looked_at(one)
        elif isinstance(part, list):
            for one in part:
                looked_at(one)

    looked_at({k: v for k, v in CONTRACT.schemas[path].items() if k != "examples"})


@pytest.mark.parametrize("path", PAYLOADS)
def test_further_fields_of_a_payload_are_let_through(path: str) -> None:
    for example in CONTRACT.schemas[path]["examples"]:
        assert CONTRACT.fault(path, {**example, "a_later_field": [1]}) is None


def test_every_kind_has_its_schema() -> None:
    assert CONTRACT.kinds("downward") == set(DOWNWARD)
    mediation = {kind for kind in CONTRACT.kinds("upward") if kind.startswith("mediation.")}
    assert mediation
    assert CONTRACT.kinds("upward") - mediation == set(UPWARD)


@pytest.mark.parametrize(
    ("place", "fits"),
    [
        ({"text": "北门", "datum": "wgs84"}, True),
        ({"text": "北门", "datum": "wgs84", "lat": None, "lon": None}, True),
        ({"text": "", "datum": "gcj02", "lat": 36.1, "lon": 117.1}, True),
        ({"text": "北门", "datum": "a later one"}, True),
        ({"text": "", "datum": "wgs84"}, True),  # nothing was told: the post asks for it
        ({"text": "", "datum": "wgs84", "lat": None, "lon": None}, True),
        ({"text": "", "datum": "wgs84", "lat": None, "lon": 117.1}, False),
        ({"text": "北门", "datum": "wgs84", "lat": 36.1}, False),
        ({"text": "北门", "datum": "wgs84", "lat": 91, "lon": 0}, False),
        ({"text": "北门"}, False),
    ],
)
def test_a_place_is_in_words_or_a_point_or_untold(place: dict[str, Any], fits: bool) -> None:
    call = {**CONTRACT.schemas["downward/call.created.json"]["examples"][0], "place": place}
    assert (CONTRACT.fault("downward/call.created.json", call) is None) is fits


def test_a_gap_tells_where_to_go_on() -> None:
    assert CONTRACT.fault("conflict.json", {"code": "fork"}) is None
    assert "have_through" in (CONTRACT.fault("conflict.json", {"code": "gap"}) or "")


def test_the_citys_paths_are_those_of_the_document(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as workers:
        store = Store(tmp_path / "city.db", "", CONTRACT)
        app = make_app(Desk(store, CONTRACT, Bell(), workers))
    served = {
        (route.path, method.lower(), tuple(sorted(p.alias for p in route.dependant.query_params)))
        for route in app.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }
    assert len(served) == len(app.routes)
    documented = {
        (
            path,
            method,
            tuple(sorted(p["name"] for p in told.get("parameters", []) if p.get("in") == "query")),
        )
        for path, item in CONTRACT.openapi["paths"].items()
        for method, told in item.items()
        if method != "parameters"
    }
    assert served == documented


def test_every_reference_of_the_document_leads_somewhere() -> None:
    def references(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            return own + [found for part in value.values() for found in references(part)]
        if isinstance(value, list):
            return [found for part in value for found in references(part)]
        return []

    found = references(CONTRACT.openapi)
    assert found
    for reference in found:
        file, _, pointer = reference.partition("#")
        target: Any = CONTRACT.openapi
        if file:
            assert (PUBLISHED / file).is_file()
            target = CONTRACT.schemas[re.sub("^schemas/", "", file)]
        for step in filter(None, pointer.split("/")):
            target = target[step]
        assert isinstance(target, dict)


def test_the_city_shares_no_code_with_the_console() -> None:
    """Only the published files join the two sides; a shared mistake would go unseen."""
    files = sorted(Path(contract_module.__file__).parent.glob("*.py"))
    assert len(files) > 5
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0
                names = [node.module or ""]
            for name in names:
                own = name.split(".")[:3] == ["console", "drill", "city"]
                assert own or name.split(".")[0] not in ("console", "drivers"), (file.name, name)
