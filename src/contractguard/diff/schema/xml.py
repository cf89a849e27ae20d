"""How a value is written in XML (OpenAPI 3.2.0, section 4.26; Swagger 2.0, "XML Object").

`attribute` and `wrapped` of older versions read into `nodeType`, which took their place, and what holds without being said is
left out: so only what is written otherwise is a change.
"""

from __future__ import annotations

from contractguard.diff.schema.pair import Pair
from contractguard.model.change import Effect
from contractguard.model.schema import JsonType, Schema
from contractguard.model.values import UNSET, JsonValue, same_value

_BY_NAME = frozenset({"attribute", "wrapped", "nodeType"})


def compare_xml(pair: Pair) -> None:
    """Tell of a difference in the `xml` of two schemas, and of its extensions."""
    base, head = pair.base, pair.head
    if base.xml is UNSET and head.xml is UNSET:
        return
    if not same_value(_written(base), _written(head)):
        pair.change("xml.changed", Effect.INCOMPARABLE, "xml", before=base.xml, after=head.xml)
    before, after = _extensions(base), _extensions(head)
    for name in [*before, *(name for name in after if name not in before)]:
        old, new = before.get(name, UNSET), after.get(name, UNSET)
        if old is UNSET or new is UNSET or not same_value(old, new):
            details = {"keyword": f"xml/{name}"}
            pair.change("extension.changed", Effect.NONE, "xml", before=old, after=new, details=details)


def _written(schema: Schema) -> JsonValue:
    """What the `xml` of a schema says, in the words of OpenAPI 3.2, without extensions and defaults."""
    xml = schema.xml
    if xml is UNSET or not isinstance(xml, dict):
        return {} if xml is UNSET else xml
    is_array = schema.types is not None and schema.types <= {JsonType.ARRAY, JsonType.NULL}
    said: dict[str, JsonValue] = {
        name: item for name, item in xml.items() if name not in _BY_NAME and not name.startswith("x-")
    }
    usual = "none" if is_array else "element"
    node_type = xml.get("nodeType", usual)
    if xml.get("attribute") is True:
        node_type = "attribute"
    elif xml.get("wrapped") is True and is_array:
        node_type = "element"
    return said if node_type == usual else {**said, "nodeType": node_type}


def _extensions(schema: Schema) -> dict[str, JsonValue]:
    xml = schema.xml
    return {name: item for name, item in xml.items() if name.startswith("x-")} if isinstance(xml, dict) else {}
