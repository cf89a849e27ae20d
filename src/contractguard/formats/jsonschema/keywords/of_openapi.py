"""Keywords that OpenAPI adds to JSON Schema."""

from __future__ import annotations

from contractguard.formats.jsonschema.keywords.reader import Reader
from contractguard.formats.jsonschema.keywords.shapes import expect, flag
from contractguard.model.places import Node
from contractguard.model.schema import Dialect, Discriminator


def nullable(reader: Reader, member: Node) -> None:
    """`nullable`: null is a type, too."""
    flag("nullable")(reader, member)
    reader.origins["nullable"] = member  # `false` too: it is where null was refused


def discriminator(reader: Reader, member: Node) -> None:
    """`discriminator`: a name in 2.0, an object since."""
    value = member.value
    if reader.dialect is Dialect.OPENAPI_2_0:
        expect(isinstance(value, str))
        reader.put("discriminator", Discriminator(str(value), {}), member)
        return
    expect(isinstance(value, dict) and isinstance(value.get("propertyName"), str))
    mapping = value.get("mapping", {}) if isinstance(value, dict) else {}
    expect(isinstance(mapping, dict) and all(isinstance(target, str) for target in mapping.values()))
    name = str(value["propertyName"]) if isinstance(value, dict) else ""
    pairs = {str(key): str(target) for key, target in mapping.items()} if isinstance(mapping, dict) else {}
    default = value.get("defaultMapping") if isinstance(value, dict) and reader.dialect is Dialect.OPENAPI_3_2 else None
    expect(default is None or isinstance(default, str))
    reader.put("discriminator", Discriminator(name, pairs, None if default is None else str(default)), member)


def xml(reader: Reader, member: Node) -> None:
    """`xml`, as it stands."""
    reader.put("xml", member.value, member)
