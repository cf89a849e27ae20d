"""The version that an Avro schema gives itself."""

from __future__ import annotations

from contractguard.formats.avro.names import namespace_of, simple_name
from contractguard.model.avro import AvroEnum, AvroFixed, AvroRecord, AvroType
from contractguard.model.contract import DeclaredVersion


def declared_version(root: AvroType) -> DeclaredVersion | None:
    """The `version` attribute of the root (text or integer), else a version in its full name: `lsst.v6_1.alert` is `6.1`.

    In a name, the last part that is a version counts, with its place: the `name` or the `namespace` that has it.
    """
    if not isinstance(root, AvroRecord | AvroEnum | AvroFixed):
        return None
    attribute = root.attributes.get("version")
    if attribute is not None and isinstance(attribute.value, str | int) and not isinstance(attribute.value, bool):
        return DeclaredVersion(str(attribute.value), attribute)
    name, namespace = root.node.child("name"), root.node.get("namespace")
    in_name = version_in(simple_name(root.fullname))
    if in_name is not None:
        return DeclaredVersion(in_name, name)
    in_namespace = version_in(namespace_of(root.fullname))
    if in_namespace is None:
        return None
    # A name with dots says its namespace itself, and a `namespace` beside it does not count.
    return DeclaredVersion(in_namespace, name if namespace is None or "." in str(name.value) else namespace)


def version_in(name: str) -> str | None:
    """The version in the last dotted part of the form `v6`, `v6_1`, `v1_2_3`; digits joined by dots. None without one."""
    for part in reversed(name.split(".")):
        numbers = part[1:].split("_")
        if part[:1] in {"v", "V"} and all(number.isascii() and number.isdigit() for number in numbers):
            return ".".join(numbers)
    return None
