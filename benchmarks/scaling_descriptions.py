"""OpenAPI descriptions and Avro schemas of any size in which one thing grows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scaling_common import Entry, Shape, Sides, branch, names


def _api(paths: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"openapi": "3.1.0", "info": {"title": "scaling", "version": "1.0.0"}, "paths": paths, **more}


def _answer(schema: object) -> dict[str, Any]:
    return {"200": {"description": "ok", "content": {"application/json": {"schema": schema}}}}


# OpenAPI


def _discriminated(prefix_after: str, after: str) -> Shape:
    def made(n: int) -> Sides:
        def api(prefix: str, kind: str) -> dict[str, Any]:
            shared = names(n, prefix)
            union = {
                "oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in shared],
                "discriminator": {
                    "propertyName": "kind",
                    "mapping": {f"k{number}": f"#/components/schemas/{name}" for number, name in enumerate(shared)},
                },
            }
            schemas = {name: {**branch(number, kind), "title": name} for number, name in enumerate(shared)}
            return _api({"/a": {"get": {"responses": _answer(union)}}}, components={"schemas": schemas})

        return api("A", "string"), api(prefix_after, after)

    return made


def _paths(before: str, after: str, kind: str = "string") -> Shape:
    def api(template: str, n: int, value: str) -> dict[str, Any]:
        return _api({template.format(number): {"get": {"responses": _answer({"type": value})}} for number in range(n)})

    return lambda n: (api(before, n, "string"), api(after, n, kind))


def _operation(part: Callable[[int, str], dict[str, Any]]) -> Shape:
    def api(n: int, side: str) -> dict[str, Any]:
        return _api({"/a": {"post": {"responses": {"200": {"description": "ok"}}, **part(n, side)}}})

    return lambda n: (api(n, "a"), api(n, "b"))


def _parameters(n: int, side: str) -> dict[str, Any]:
    return {"parameters": [{"name": name, "in": "query", "schema": {}} for name in names(n, side)]}


def _typed_parameters(n: int, side: str) -> dict[str, Any]:
    schema = {"type": "string" if side == "a" else "integer"}
    return {"parameters": [{"name": name, "in": "query", "schema": schema} for name in names(n)]}


def _media_types(n: int, side: str) -> dict[str, Any]:
    return {"requestBody": {"content": {f"application/{name}+json": {"schema": {}} for name in names(n, side)}}}


def _callbacks(n: int, side: str) -> dict[str, Any]:
    call = {"post": {"responses": {"200": {"description": "ok"}}}}
    return {"callbacks": {name: {f"{{$url}}/{number}": call} for number, name in enumerate(names(n, side))}}


def _operation_tags(n: int, side: str) -> dict[str, Any]:
    return {"tags": names(n, side)}


def _operation_servers(n: int, side: str) -> dict[str, Any]:
    return {"servers": [{"url": f"https://{name}.example"} for name in names(n, side)]}


def _security(n: int) -> Sides:
    schemes = {name: {"type": "apiKey", "in": "header", "name": name} for name in names(n)}
    old = [{name: [], f"p{(number + 1) % n}": []} for number, name in enumerate(names(n))]
    new = [{name: [], f"p{(number + 2) % n}": []} for number, name in enumerate(names(n))]
    sides = [
        _api(
            {"/a": {"get": {"responses": {"200": {"description": "ok"}}, "security": asked}}},
            components={"securitySchemes": schemes},
        )
        for asked in (old, new)
    ]
    return sides[0], sides[1]


def _servers(n: int) -> Sides:
    def api(other: str) -> dict[str, Any]:
        variables = {name: {"default": "x", "enum": ["x", other]} for name in names(n)}
        servers = [{"url": f"https://{{{name}}}.example/{other}", "variables": variables} for name in names(20)]
        return _api({"/a": {"get": {"responses": {"200": {"description": "ok"}}}}}, servers=servers)

    return api("y"), api("z")


def _tags(n: int) -> Sides:
    return _api({}, tags=[{"name": name} for name in names(n)]), _api(
        {}, tags=[{"name": name} for name in names(n, "q")]
    )


def _statuses(n: int) -> Sides:
    paths = [
        {
            f"/a{number}": {"get": {"responses": {str(code): {"description": "ok"} for code in codes}}}
            for number in range(n)
        }
        for codes in (range(200, 250), range(210, 260))
    ]
    return _api(paths[0]), _api(paths[1])


def _webhooks(n: int) -> Sides:
    call = {"post": {"responses": {"200": {"description": "ok"}}}}
    return _api({}, webhooks=dict.fromkeys(names(n, "a"), call)), _api({}, webhooks=dict.fromkeys(names(n, "b"), call))


# Avro


def _record(name: str, fields: list[Any], **more: object) -> dict[str, Any]:
    return {"type": "record", "name": name, "fields": fields, **more}


def _avro_fields(n: int) -> Sides:
    old, new = (_record("R", [{"name": name, "type": "string"} for name in names(n, prefix)]) for prefix in "ab")
    return old, new


def _avro_aliases(n: int) -> Sides:
    old = _record("R", [{"name": name, "type": "string"} for name in names(n, "a")])
    fields = [{"name": f"b{at}", "type": "string", "aliases": [f"x{at}", f"a{at}"]} for at in range(n)]
    return old, _record("R", fields)


def _avro_union(prefix: str) -> Shape:
    def schema(start: str, n: int) -> dict[str, Any]:
        members = [
            _record(name, [{"name": f"f{number}", "type": "int"}]) for number, name in enumerate(names(n, start))
        ]
        return _record("R", [{"name": "u", "type": ["null", *members]}])

    return lambda n: (schema("A", n), schema(prefix, n))


def _avro_enum(n: int) -> Sides:
    old, new = ({"type": "enum", "name": "E", "symbols": names(n, prefix)} for prefix in "AB")
    return old, new


def _avro_recursive(n: int) -> Sides:
    def schema(kind: str) -> dict[str, Any]:
        inner: Any = "R0"
        for number in reversed(range(n)):
            fields = [{"name": "v", "type": kind}, {"name": "back", "type": ["null", "R0"]}]
            inner = _record(f"R{number}", [*fields, {"name": "next", "type": ["null", inner]}])
        return inner

    return schema("string"), schema("int")


def _avro_many_types(n: int) -> Sides:
    def schema(kind: str) -> dict[str, Any]:
        types = [_record(f"T{number}", [{"name": "v", "type": kind}]) for number in range(n)]
        return _record("R", [{"name": f"f{number}", "type": each} for number, each in enumerate(types)])

    return schema("long"), schema("int")


SHAPES: dict[str, Entry] = {
    "discriminator, renamed": ("openapi", _discriminated("B", "string"), 2000),
    "discriminator, changed": ("openapi", _discriminated("A", "integer"), 1000),
    "discriminator, renamed and changed": ("openapi", _discriminated("B", "integer"), 1000),
    "paths renamed": ("openapi", _paths("/a{0}", "/b{0}"), 4000),
    "paths in a new version": ("openapi", _paths("/v1/a{0}", "/v2/a{0}"), 4000),
    "paths below a new prefix": ("openapi", _paths("/x/a{0}", "/y/a{0}"), 4000),
    "templates renamed": ("openapi", _paths("/a{0}/{{x}}/b", "/a{0}/{{y}}/b"), 4000),
    "responses changed": ("openapi", _paths("/a{0}", "/a{0}", "integer"), 4000),
    "status codes": ("openapi", _statuses, 400),
    "parameters renamed": ("openapi", _operation(_parameters), 4000),
    "parameters changed": ("openapi", _operation(_typed_parameters), 4000),
    "media types renamed": ("openapi", _operation(_media_types), 4000),
    "callbacks renamed": ("openapi", _operation(_callbacks), 4000),
    "tags of an operation": ("openapi", _operation(_operation_tags), 8000),
    "servers of an operation": ("openapi", _operation(_operation_servers), 4000),
    "security alternatives": ("openapi", _security, 2000),
    "servers with variables": ("openapi", _servers, 2000),
    "tags": ("openapi", _tags, 8000),
    "webhooks renamed": ("openapi", _webhooks, 4000),
    "Avro fields renamed": ("avro", _avro_fields, 8000),
    "Avro fields with aliases": ("avro", _avro_aliases, 8000),
    "Avro union, the same": ("avro", _avro_union("A"), 4000),
    "Avro union, renamed": ("avro", _avro_union("B"), 4000),
    "Avro symbols replaced": ("avro", _avro_enum, 16000),
    "Avro recursive records": ("avro", _avro_recursive, 40),
    "Avro types narrowed": ("avro", _avro_many_types, 4000),
}
"""What grows → how it is made."""
