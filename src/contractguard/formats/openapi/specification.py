"""Which version of the OpenAPI Specification a description is written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contractguard.errors import UnreadableError
from contractguard.model.schema import Dialect

if TYPE_CHECKING:
    from contractguard.model.document import Documents
    from contractguard.model.places import Node
    from contractguard.model.values import JsonValue

_DIALECTS = {
    "2.0": Dialect.OPENAPI_2_0,
    "3.0": Dialect.OPENAPI_3_0,
    "3.1": Dialect.OPENAPI_3_1,
    "3.2": Dialect.OPENAPI_3_2,
}
_SAYS_ITS_DIALECT = frozenset({Dialect.OPENAPI_3_1, Dialect.OPENAPI_3_2})
_LIKE_OPENAPI = _SAYS_ITS_DIALECT | {Dialect.DRAFT_2020_12}
"""Dialects with the keywords of JSON Schema 2020-12. Those that OpenAPI adds mark and document, and its tools know them."""
_SUPPORTED = "contractguard reads OpenAPI 2.0, 3.0.x, 3.1.x and 3.2.x"


@dataclass(frozen=True, slots=True)
class Specification:
    """The exact version that a description names (`3.1.0`), the release of OpenAPI it is of, and the dialect of its schemas.

    `has_unknown_dialect` says that `jsonSchemaDialect` names one that is not read here: schemas are read as the release has them.
    """

    version: str
    release: Dialect
    dialect: Dialect
    has_unknown_dialect: bool = False

    @property
    def is_swagger(self) -> bool:
        """Whether this is Swagger 2.0, whose objects have another shape."""
        return self.release is Dialect.OPENAPI_2_0

    @property
    def name(self) -> str:
        """`OpenAPI 3.1.0`, and the dialect of the schemas where it is not the usual one."""
        name = f"{'Swagger' if self.is_swagger else 'OpenAPI'} {self.version}"
        return name if self.dialect is self.release else f"{name} with schemas of {self.dialect}"


def specification_of(documents: Documents, path: str) -> Specification:
    """The specification that the root document at `path` names with `openapi` or `swagger`.

    Raises `UnreadableError` where it names none, or one that is not supported.
    """
    root = documents.document(path).root
    if not isinstance(root.value, dict):
        raise UnreadableError(
            "an OpenAPI description must be an object",
            path=path,
            line=1,
            column=1,
            remedy=f"{_SUPPORTED}, as an object",
        )
    for keyword in ("openapi", "swagger"):
        node = root.get(keyword)
        if node is not None:
            return _supported(documents, node)
    raise UnreadableError(
        "the description names no version of OpenAPI: neither 'openapi' nor 'swagger' is there",
        path=path,
        line=1,
        column=1,
        remedy=f'say `openapi: "3.1.0"` or `swagger: "2.0"`; {_SUPPORTED}',
    )


def _supported(documents: Documents, node: Node) -> Specification:
    version = _version_text(node.value)
    release = ".".join(version.split("-")[0].split(".")[:2])
    dialect = _DIALECTS.get(release)
    is_right_keyword = (dialect is Dialect.OPENAPI_2_0) is node.pointer.endswith("swagger")
    if dialect is None or not is_right_keyword:
        location = documents.locate([node.key])[node.key]
        raise UnreadableError(
            f"OpenAPI version {version!r} is not supported",
            path=node.path,
            line=location.line,
            column=location.column,
            remedy=_SUPPORTED,
        )
    return _with_dialect_of_schemas(documents, documents.document(node.path).root, version, dialect)


def _with_dialect_of_schemas(documents: Documents, root: Node, version: str, release: Dialect) -> Specification:
    """What `jsonSchemaDialect` makes of it: "the default for the $schema keyword" (OpenAPI 3.1.1, section 4.8.1.1)."""
    named = root.get("jsonSchemaDialect") if release in _SAYS_ITS_DIALECT else None
    if named is None:
        return Specification(version, release, release)
    found = documents.dialects.named(named.value) if isinstance(named.value, str) else None
    if found is None:
        return Specification(version, release, release, has_unknown_dialect=True)
    return Specification(version, release, release if found in _LIKE_OPENAPI else found)


def _version_text(value: JsonValue) -> str:
    """The version as text. YAML reads an unquoted `2.0` as a number, which leaves no doubt about what is meant."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else repr(value)
