from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from document_makers import Files, documents, read

from contractguard.documents import Discovery, DocumentCache, DocumentSet, detect, discover
from contractguard.model.document import ContractKind

OPENAPI = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {/a: {}}\n"
SCHEMA = '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}'
RECORD = '{"type": "record", "name": "R", "fields": []}'


def found(files: dict[str, str], include: Callable[[str], bool] | None = None) -> Discovery:
    return discover(documents(files), include=include)


def contracts(files: dict[str, str]) -> dict[str, ContractKind]:
    return {contract.path: contract.kind for contract in found(files).contracts}


def files_of(files: dict[str, str]) -> dict[str, set[str]]:
    return {contract.path: set(contract.files) for contract in found(files).contracts}


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("service.yaml", OPENAPI, ContractKind.OPENAPI),
        (".internal/contracts/v1", OPENAPI, ContractKind.OPENAPI),
        ("api", '{"info": {}, "paths": {}, "swagger": "2.0"}', ContractKind.OPENAPI),
        ("old.yml", "info: {}\nswagger: 2.0\npaths: {}\n", ContractKind.OPENAPI),
        ("new.yml", "openapi: 4.0.0\n", ContractKind.OPENAPI),
        ("v1.0", '"openapi": "3.0.3"', ContractKind.OPENAPI),
        ("s.json", SCHEMA, ContractKind.JSONSCHEMA),
        ("s", "$schema: http://json-schema.org/draft-04/schema#\n", ContractKind.JSONSCHEMA),
        ("base.json", '{"$schema": "https://spec.openapis.org/oas/3.1/dialect/base"}', ContractKind.JSONSCHEMA),
        ("own.json", '{"$schema": "https://x.org/meta", "type": "object", "properties": {}}', ContractKind.JSONSCHEMA),
        ("own2.json", '{"$schema": "https://x.org/meta", "$defs": {"a": {}}}', ContractKind.JSONSCHEMA),
        ("r.json", RECORD, ContractKind.AVRO),
        ("r", f"[{RECORD}]", ContractKind.AVRO),
        ("e.json", '{"symbols": ["A"], "name": "E", "type": "enum"}', ContractKind.AVRO),
        ("f.json", '{"type": "fixed", "name": "F", "size": 2}', ContractKind.AVRO),
        ("text.avsc", '"string"', ContractKind.AVRO),
        ("union.avsc", '["null", "int"]', ContractKind.AVRO),
        ("list.AVSC", '{"type": "array", "items": "int"}', ContractKind.AVRO),
    ],
)
def test_found_by_content(path: str, text: str, kind: ContractKind) -> None:
    assert contracts({path: text, "README.md": "# no contract"}) == {path: kind}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("package.json", '{"name": "p", "type": "module", "dependencies": {"openapi": "3.0.0"}}'),
        ("tsconfig.json", '{"$schema": "https://json.schemastore.org/tsconfig", "compilerOptions": {"types": []}}'),
        ("docker-compose.yml", "services: {a: {image: x}}\n"),
        (".github/workflows/ci.yml", "on: push\njobs: {a: {steps: [{name: openapi, run: x}]}}\n"),
        (
            "chart.json",
            '{"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "data": {"values": []}, "mark": "bar"}',
        ),
        ("config.yaml", "openapi: true\nswagger: {ui: 1}\n"),
        ("config2.yaml", "openapi: ./api.yaml\n"),
        ("nested.yaml", "spec:\n  openapi: 3.0.0\n  paths: {}\n"),
        ("text.yaml", "description: |\n  openapi: 3.0.0\n"),
        ("data.json", '{"type": "record", "name": "no fields"}'),
        ("data2.json", '[{"type": "enum", "name": "E", "symbols": []}, {"id": 1}]'),
        ("data3.json", '{"type": "order", "name": "x", "fields": []}'),
        ("list.json", "[]"),
        ("fragment.yaml", "type: object\nproperties: {a: {type: string}}\n"),
        ("source.py", OPENAPI),
        ("notes.md", OPENAPI),
        ("broken.json", '{"a": '),
        ("binary", "\0\1\2"),
    ],
)
def test_not_taken_for_a_contract(path: str, text: str) -> None:
    result = found({path: text})
    assert result.contracts == ()
    assert result.unreadable == {}


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("api.yaml", "openapi: 3.0.0\na: b: c\n", 2),
        ("api.json", '{"openapi": "3.0.0",\n}', 1),
        ("schema.json", '{"$schema": "http://json-schema.org/draft-07/schema#",\n "a": 01}', 2),
        ("r.avsc", "// a record\n{}", 1),
    ],
)
def test_what_looks_like_a_contract_and_cannot_be_parsed_is_told(path: str, text: str, line: int) -> None:
    result = found({path: text, "ok.yaml": OPENAPI})
    assert [contract.path for contract in result.contracts] == ["ok.yaml"]
    assert list(result.unreadable) == [path]
    assert (result.unreadable[path].path, result.unreadable[path].line) == (path, line)


def test_missing_bytes_are_told_where_the_name_promises_a_contract() -> None:
    files = Files({"openapi.yaml": OPENAPI, "x.json": "{}", "ok.yaml": OPENAPI + "tags: []"})
    del files._raw["openapi.yaml"]
    del files._raw["x.json"]
    result = discover(DocumentSet(files))
    assert [contract.path for contract in result.contracts] == ["ok.yaml"]
    assert list(result.unreadable) == ["openapi.yaml"]


def test_fragments_belong_to_their_root() -> None:
    files = {
        "api/root.yaml": OPENAPI + "x: {$ref: 'parts/a.yaml'}\n",
        "api/parts/a.yaml": "y: {$ref: '../../lib/b%20c#/z'}\n",
        "lib/b c": "z: {$ref: '#/q'}\nq: {$ref: gone.yaml}\n",
        "lib/unrelated.yaml": "z: 1\n",
    }
    assert files_of(files) == {"api/root.yaml": {"api/root.yaml", "api/parts/a.yaml", "lib/b c"}}


def test_references_that_only_parsing_reveals_count() -> None:
    files = {
        "root.yaml": OPENAPI + 'x: {"\\x24ref": "a.yaml"}\n',
        "a.yaml": "$ref: my file.yaml\n",
        "my file.yaml": "{}",
    }
    assert files_of(files) == {"root.yaml": {"root.yaml", "a.yaml", "my file.yaml"}}


def test_schemas_reached_by_reference_are_no_contracts_of_their_own() -> None:
    part = json.loads(SCHEMA)
    whole = {
        "a.json": json.dumps(part | {"$ref": "b.json"}),
        "b.json": json.dumps(part | {"$ref": "c.json"}),
        "c.json": SCHEMA,
    }
    assert files_of(whole) == {"a.json": {"a.json", "b.json", "c.json"}}


def test_a_schema_of_which_only_a_part_is_used_stays_a_contract() -> None:
    part = json.loads(SCHEMA)
    files = {
        "a.json": json.dumps(part | {"$ref": "b.json#/$defs/x"}),
        "b.json": json.dumps(part | {"$defs": {"x": {}}}),
        "c.json": json.dumps(part | {"$ref": "d.json#/$defs/x"}),
        "d.json": '{"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": {"x": {}}}',
    }
    assert set(files_of(files)) == {"a.json", "b.json", "c.json"}
    api = {"a.yaml": OPENAPI + "x: {$ref: 'b.yaml#/paths/~1a'}\n", "b.yaml": OPENAPI}
    assert set(files_of(api)) == {"a.yaml", "b.yaml"}


def test_of_a_circle_the_first_by_name_is_the_root() -> None:
    part = json.loads(SCHEMA)
    ring = {f"{name}.json": json.dumps(part | {"$ref": f"{other}.json"}) for name, other in ("cb", "bd", "dc")}
    assert files_of(ring) == {"b.json": set(ring)}
    led_to = ring | {"z.json": json.dumps(part | {"$ref": "d.json"})}
    assert files_of(led_to) == {"z.json": set(led_to)}


def test_references_by_identifier() -> None:
    part = json.loads(SCHEMA)
    files = {
        "s/a.json": json.dumps(
            part | {"$id": "https://x.org/schemas/a.json", "$ref": "https://x.org/schemas/sub/b.json"}
        ),
        "s/sub/b.json": "{}",
        "c.json": json.dumps(part | {"$id": "https://[x", "$ref": "https://y.org/b.json"}),
    }
    assert files_of(files) == {"s/a.json": {"s/a.json", "s/sub/b.json"}, "c.json": {"c.json"}}


def test_avro_files_that_name_each_other() -> None:
    def record(name: str, *fields: str) -> str:
        return json.dumps(
            {
                "type": "record",
                "name": name,
                "fields": [{"name": f"f{n}", "type": kind} for n, kind in enumerate(fields)],
            }
        )

    files = {
        "v1/alert.avsc": record("x.Alert", "x.Source"),
        "v1/source.avsc": record("x.Source", "x.Flux"),
        "v1/flux.avsc": record("x.Flux"),
        "v2/alert.avsc": record("x.Alert", "Source"),
        "v2/source.avsc": record("x.Source"),
        "alone.json": record("y.Alone", "x.Nowhere"),
    }
    assert files_of(files) == {
        "v1/alert.avsc": {"v1/alert.avsc", "v1/source.avsc", "v1/flux.avsc"},
        "v2/alert.avsc": {"v2/alert.avsc", "v2/source.avsc"},
        "alone.json": {"alone.json"},
    }


def test_twins_are_one_contract() -> None:
    value = {"openapi": "3.1.0", "info": {"title": "t"}, "paths": {"/a": {}}}
    files = {
        "a/api.yaml": json.dumps(value).replace('"', "'"),
        "a/api.json": json.dumps(value, indent=1),
        "a/api.yml": json.dumps(value | {"x-more": 1}),
        "b/api.json": json.dumps(value),
        "a/api2.json": json.dumps(value),
    }
    result = found(files)
    assert {contract.path: contract.twins for contract in result.contracts} == {
        "a/api.json": ("a/api.yaml",),
        "a/api.yml": (),
        "a/api2.json": (),
        "b/api.json": (),
    }


def test_only_what_is_included() -> None:
    files = {"a.yaml": OPENAPI + "x: {$ref: b.yaml}\n", "b.yaml": "{}", "c.yaml": OPENAPI}
    result = found(files, include=lambda path: path == "a.yaml")
    assert [(contract.path, set(contract.files)) for contract in result.contracts] == [("a.yaml", {"a.yaml", "b.yaml"})]


def test_the_other_side_reads_only_what_differs() -> None:
    cache = DocumentCache()
    same = {f"f{number}.yaml": f"n: {number}\n" for number in range(50)} | {"api.yaml": OPENAPI}
    base, head = Files(same | {"x.yaml": "a: 1\n"}), Files(same | {"x.yaml": "a: 2\n"})
    first, second = DocumentSet(base, cache=cache), DocumentSet(head, cache=cache)
    assert discover(first).contracts == discover(second).contracts
    assert len(base.asked) == 1
    assert head.asked == [["x.yaml"]]
    assert first.document("api.yaml").value is second.document("api.yaml").value


def test_the_order_of_files_does_not_matter() -> None:
    part = json.loads(SCHEMA)
    files = {
        f"{name}.json": json.dumps(part | {"$ref": f"{other}.json"}) for name, other in ("ab", "bc", "ca", "dd", "ea")
    }
    backwards = dict(reversed(files.items()))
    assert found(files) == found(backwards)


def test_detect_a_file_that_the_user_names() -> None:
    assert detect({"openapi": "3.0.0"}, "x") is ContractKind.OPENAPI
    assert detect({"openapi": True}, "x") is None
    assert detect(None, "x") is None
    assert detect("string", "x.avsc") is ContractKind.AVRO
    assert detect(read(SCHEMA).value, "x") is ContractKind.JSONSCHEMA
