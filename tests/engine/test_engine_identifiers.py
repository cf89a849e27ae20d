"""Payloads are confirmed also where schemas lead to each other by the names that they give themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contractguard import EvidenceKind, compare_files

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema(identifier: str, **more: Any) -> dict[str, Any]:
    return {"$schema": DRAFT, "$id": identifier, **more}


def folder(root: Path, files: dict[str, Any]) -> Path:
    for name, value in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("files", "named"),
    [
        pytest.param(("schemas/shop/order/1.0.0.json", "schemas/shop/item/2.0.0.json"), "/shop/{}", id="from a root"),
        pytest.param(("order.json", "parts/item-v2.json"), "https://shop.example/{}", id="unlike the path"),
        pytest.param(("order.json", "parts/item-v2.json"), "urn:shop:{}", id="no hierarchy"),
    ],
)
def test_a_payload_is_confirmed_across_files(tmp_path: Path, files: tuple[str, str], named: str) -> None:
    order, item = (named.format(name) for name in ("order/1.0.0", "item/2.0.0"))
    sides = [
        folder(
            tmp_path / side,
            {
                files[0]: schema(order, properties={"item": {"$ref": f"{item}#/$defs/price"}}),
                files[1]: schema(item, **{"$defs": {"price": {"type": kind}}}),
            },
        )
        for side, kind in (("old", "string"), ("new", "integer"))
    ]
    report = compare_files(*sides)
    (contract,) = [each for each in report.contracts if each.path == files[0]]
    (finding,) = [each for each in contract.findings if each.impact == "breaking"]
    assert finding.evidence.kind is EvidenceKind.WITNESS
    assert finding.evidence.payload == {"item": "text"}


def test_a_name_that_two_files_have_leads_to_the_one_that_lies_there(tmp_path: Path) -> None:
    """`current.json` is a working copy of the version that it has the `$id` of, and need not say the same."""

    def side(name: str, kind: str) -> Path:
        return folder(
            tmp_path / name,
            {
                "schemas/shop/item/current.json": schema("/shop/item/1.0.0", type="null"),
                "schemas/shop/item/1.0.0.json": schema("/shop/item/1.0.0", type=kind),
                "schemas/shop/order.json": schema(
                    "/shop/order",
                    properties={
                        "first": {"$ref": "item/current.json"},
                        "count": {"type": kind},
                        "item": {"$ref": "/shop/item/1.0.0"},
                    },
                    required=["first"],
                ),
            },
        )

    report = compare_files(side("old", "string"), side("new", "integer"))
    (contract,) = [each for each in report.contracts if each.path == "schemas/shop/order.json"]
    shown = [each.evidence.payload for each in contract.findings if each.impact == "breaking"]
    assert shown == [{"first": None, "item": "text"}, {"first": None, "count": "text"}]
