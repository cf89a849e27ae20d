"""What Avro's schema resolution says of two schemas (Avro 1.12 specification, "Schema Resolution")."""

from __future__ import annotations

from dataclasses import dataclass

from contractguard.model.change import Direction


@dataclass(frozen=True, slots=True)
class Incompatibility:
    """One reason why a reader's schema does not read all data of a writer's.

    `type` is one of Apache Avro's words: `NAME_MISMATCH`, `FIXED_SIZE_MISMATCH`, `MISSING_ENUM_SYMBOLS`,
    `READER_FIELD_MISSING_DEFAULT_VALUE`, `TYPE_MISMATCH`, `MISSING_UNION_BRANCH`. `pointer` leads through the reader's schema as
    if every named type were written out where it is used (and by the number of the writer's branch through its unions); the whole
    schema is `/`, as Apache Avro writes it. Of a type that stands in several places, Apache Avro tells the first, and one that it
    met inside of a union first, as if it were the whole schema.
    """

    type: str
    pointer: str
    message: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What Avro's schema resolution says in one direction: `input`, head reads what base wrote; `output`, the reverse.

    The data are read where there is no incompatibility. They are told as Apache Avro's `SchemaCompatibility` tells them.
    """

    direction: Direction
    incompatibilities: tuple[Incompatibility, ...]
