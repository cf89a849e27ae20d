"""Payloads are confirmed also where schemas lead to each other by the names that they give themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contractguard import EvidenceKind, compare_files, render_report
from contractguard.engine.verification import verify
from contractguard.reporting import load_report

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


def test_what_another_file_embeds_under_a_name_does_not_change_the_name(tmp_path: Path) -> None:
    """`order/1.0.0.json` has its parts written out, with more asked of them than of the files that they come from."""

    def side(name: str, kind: str) -> Path:
        def item(**more: Any) -> dict[str, Any]:
            return schema("/shop/item/1.0.0", type="object", properties={"a": {"type": kind}}, **more)

        return folder(
            tmp_path / name,
            {
                "shop/item/1.0.0.json": item(),
                "shop/order/1.0.0.json": schema("/shop/order/1.0.0", properties={"item": item(required=["a"])}),
                "shop/return/1.0.0.json": schema(
                    "/shop/return/1.0.0",
                    properties={"item": {"$ref": "/shop/item/1.0.0"}, "b": {"type": kind}},
                    required=["item"],
                ),
            },
        )

    report = compare_files(side("old", "string"), side("new", "integer"))
    saved = tmp_path / "report.json"
    saved.write_text(render_report(report, "json"), encoding="utf-8")
    assert (
        verify(
            load_report(saved.read_bytes()),
            base=str(tmp_path / "old"),
            head=str(tmp_path / "new"),
            cwd=tmp_path,
            environment={},
        ).failed
        == ()
    )
    payloads = {path: [] for path in ("shop/order/1.0.0.json", "shop/return/1.0.0.json")}
    for contract in report.contracts:
        payloads[contract.path] = [each.evidence.payload for each in contract.findings if each.impact == "breaking"]
    assert payloads["shop/order/1.0.0.json"] == [{"item": {"a": "text"}}]
    assert payloads["shop/return/1.0.0.json"] == [{"item": {"a": "text"}}, {"item": {}, "b": "text"}]
