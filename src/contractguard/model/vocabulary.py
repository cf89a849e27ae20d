"""The closed vocabulary of changes: every kind that the diff can report, with its facts and details.

Rules match on kind, effect and facts; messages may use `{before}`, `{after}`, `{subject}`, `{element}` and the details. A
fact has a closed domain. The tests check that every kind × effect × facts × direction is judged by exactly one built-in rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contractguard.model.change import Direction, Effect, FactValue
from contractguard.model.values import nothing

_N, _W, _I, _0 = Effect.NARROWED, Effect.WIDENED, Effect.INCOMPARABLE, Effect.NONE
_INPUT = (Direction.INPUT,)
_BOTH = (Direction.INPUT, Direction.OUTPUT)
_BOOL: tuple[FactValue, ...] = (False, True)
_ANY_EFFECT = (_0, _W, _N, _I)

BOUND_KEYWORDS = (
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "minContains",
    "maxContains",
)
PARAMETER_LOCATIONS = ("path", "query", "header", "cookie", "querystring")
DEPRECATED = ("operation", "parameter", "header", "schema", "security-scheme", "contract")
STATUS_CLASSES = ("informational", "success", "redirect", "client-error", "server-error", "default", "other-errors")

AVRO_MISREADS = (
    "decimal-scale",
    "decimal-precision",
    "time-unit",
    "time-zone",
    "quantity",
    "meaning-added",
    "meaning-removed",
    "uuid",
    "number-rounded",
    "bytes-as-text",
    "rename",
    "default",
    "unknown-symbol",
    "symbol-order",
    "namespace",
    "union-branch",
    "crossed-alias",
    "attribute",
    "connect-type",
    "java-type",
)
"""In which way an Avro reader gets something else than was written, without an error."""

COMMON_DETAILS = frozenset({"before", "after", "subject", "element"})


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """One kind of change: its possible effects and directions, the facts with their domains, and the details for messages."""

    effects: tuple[Effect, ...]
    about: str
    facts: Mapping[str, tuple[FactValue, ...]] = field(default_factory=nothing)
    details: frozenset[str] = frozenset()
    directions: tuple[Direction, ...] = _BOTH


def _kind(
    about: str,
    *effects: Effect,
    directions: tuple[Direction, ...] = _BOTH,
    details: str = "",
    **facts: tuple[FactValue, ...],
) -> ChangeKind:
    return ChangeKind(effects, about, facts, frozenset(details.split()), directions)


KINDS: Mapping[str, ChangeKind] = {
    # contracts and documents
    "contract.added": _kind("A contract is new.", _W, directions=_INPUT),
    "contract.removed": _kind("A contract is gone.", _N, directions=_INPUT),
    "contract.moved": _kind("The file of a contract moved.", _0, directions=_INPUT),
    "contract.base-unreadable": _kind(
        "The base version could not be read; head was compared with nothing or with the last readable one.",
        _0,
        directions=_INPUT,
        details="error",
    ),
    "contract.invalid": _kind("Head is not a valid document of its kind.", _0, directions=_INPUT, details="error"),
    "document.duplicate-key": _kind(
        "A key stands twice in one object; the last one counts.", _0, directions=_INPUT, side=("base", "head")
    ),
    "specification.changed": _kind(
        "The contract names another specification version or dialect.", _0, directions=_INPUT
    ),
    # judged by policy
    "version.bump-too-small": _kind(
        "The declared version step is smaller than the changes need.",
        _0,
        directions=_INPUT,
        details="required declared",
    ),
    "version.added": _kind(
        "A version lies beside the one that it follows; they are compared.",
        _0,
        directions=_INPUT,
        details="predecessor",
    ),
    "version.published-edited": _kind(
        "The file of one published version changed; `meaning` where more than its words did.",
        _0,
        directions=_INPUT,
        meaning=_BOOL,
    ),
    "version.decreased": _kind("The declared version went down.", _0, directions=_INPUT),
    "version.unchanged": _kind(
        "The contract changed and its declared version did not.", _0, directions=_INPUT, details="required"
    ),
    "version.scheme-mismatch": _kind(
        "The declared version is not in the scheme that policy names.", _0, directions=_INPUT, details="scheme"
    ),
    "policy.changed": _kind(
        "A file that decides how changes are judged changed itself.", _0, directions=_INPUT, details="file"
    ),
    # operations
    "operation.added": _kind("An operation is new.", _W),
    "operation.removed": _kind("An operation is gone.", _N, details="sunset", deprecated=_BOOL),
    "operation.moved": _kind(
        "Operations are called at another path; they are compared with what they are there.",
        _I,
        details="sunset",
        deprecated=_BOOL,
    ),
    "operation.absorbed": _kind(
        "An operation of a concrete path is gone; its calls match a template, whose operation is alike.",
        _0,
        details="name operation",
        listed=_BOOL,
    ),
    "operation.split": _kind(
        "An operation of a template is gone; concrete paths answer all the values that it listed, and are alike.",
        _0,
        details="paths",
    ),
    "operation.captured": _kind(
        "A new path takes calls that matched a template.", _0, details="name operation", alike=_BOOL
    ),
    "operation.id-changed": _kind("`operationId` changed: generated clients rename the call.", _0),
    "operation.tags-changed": _kind("Tags changed: generated clients may group the call elsewhere.", _0),
    "path.parameter-renamed": _kind("A path parameter has another name at the same position.", _0),
    "server.added": _kind("A base URL is new.", _W),
    "server.removed": _kind("A base URL is gone.", _N),
    "server.moved": _kind("A base URL gave way to another one on the same host.", _I),
    "server.place-unclear": _kind(
        "A base URL may be another one: none was named, or its host is not named any more.", _0
    ),
    "server-variable.values-removed": _kind("A variable of a base URL takes fewer values.", _N, details="name values"),
    "server-variable.values-added": _kind("A variable of a base URL takes more values.", _W, details="name values"),
    "server-variable.default-changed": _kind("A variable of a base URL has another default.", _0, details="name"),
    "webhook.added": _kind("A webhook is new.", _W),
    "webhook.removed": _kind("A webhook is gone.", _N, deprecated=_BOOL, details="sunset"),
    "webhook.renamed": _kind("A webhook has another name and is the same in all else.", _0),
    "callback.added": _kind("A callback is new.", _W),
    "callback.removed": _kind("A callback is gone.", _N),
    "callback.address-changed": _kind("The address of a callback is found elsewhere.", _I),
    "callback.renamed": _kind("A callback has another name in the description.", _0),
    "link.changed": _kind("A link of a response was added, removed or changed.", _0),
    # parameters, headers, bodies, responses
    "parameter.added": _kind(
        "A parameter is new.", _N, _W, location=PARAMETER_LOCATIONS, required=_BOOL, details="name"
    ),
    "parameter.removed": _kind(
        "A parameter is gone.",
        _0,
        location=PARAMETER_LOCATIONS,
        required=_BOOL,
        deprecated=_BOOL,
        details="name sunset",
    ),
    "parameter.became-required": _kind("An optional parameter is now required.", _N, has_default=_BOOL),
    "parameter.became-optional": _kind("A required parameter is now optional.", _W),
    "parameter.serialization-changed": _kind(
        "Style, explode or content of a parameter changed.", _I, details="keyword"
    ),
    "parameter.reserved-allowed": _kind("Reserved characters may stand in the parameter as they are now.", _W),
    "parameter.reserved-refused": _kind("Reserved characters may no longer stand in the parameter as they are.", _N),
    "parameter.empty-value-allowed": _kind("An empty value of the parameter is now allowed.", _W),
    "parameter.empty-value-refused": _kind("An empty value of the parameter is no longer allowed.", _N),
    "header.added": _kind("A response header is new.", _W, _N, required=_BOOL, details="name"),
    "header.removed": _kind("A response header is gone.", _0, _W, required=_BOOL, details="name"),
    "header.became-required": _kind("A response header is now always sent.", _N),
    "header.became-optional": _kind("A response header may now be missing.", _W),
    "body.added": _kind("The request takes a body now.", _N, _W, required=_BOOL),
    "body.removed": _kind("The request takes no body any more.", _N),
    "body.became-required": _kind("The request body is now required.", _N),
    "body.became-optional": _kind("The request body is now optional.", _W),
    "media-type.added": _kind("A media type is new.", _W),
    "media-type.removed": _kind(
        "A media type is gone. `replaced`: it was a range, and media types of it are named in its place.",
        _N,
        replaced=_BOOL,
        details="remaining",
    ),
    "encoding.changed": _kind("How parts of a form or multipart body are encoded changed.", _0, _W, _N, _I),
    "response.added": _kind(
        "A status code that nothing answered before is answered.", _W, status_class=STATUS_CLASSES, details="status"
    ),
    "response.removed": _kind(
        "A status code is not answered any more.", _N, status_class=STATUS_CLASSES, details="status"
    ),
    "response.range-narrowed": _kind(
        "A range of status codes, or default, gave way to those of its codes that are listed.", _N, details="status"
    ),
    "response-body.added": _kind("A response that had no body has one.", _W),
    "response-body.removed": _kind("A response has no body any more.", _N),
    # security
    "security.tightened": _kind("Callers that were let in are refused.", _N),
    "security.relaxed": _kind("Callers that were refused are let in.", _W),
    "security.changed": _kind("Some callers are newly refused, others newly let in.", _I),
    "security.alternatives-changed": _kind("Other ways in are named, for the same callers.", _0),
    "security-scheme.added": _kind("A security scheme is new.", _0, directions=_INPUT),
    "security-scheme.removed": _kind(
        "A security scheme is gone; `narrowed` where calls must still present it.", _0, _N, directions=_INPUT
    ),
    "security-scheme.changed": _kind(
        "A security scheme works differently; no effect where no call presents it.",
        _I,
        _0,
        directions=_INPUT,
        details="keyword",
    ),
    "security-scheme.scope-removed": _kind(
        "A scope can no longer be asked for; `narrowed` where a call needs it.",
        _N,
        _0,
        directions=_INPUT,
        details="name",
    ),
    # lifecycle
    "deprecation.added": _kind(
        "Something is marked deprecated.", _0, of=DEPRECATED, details="sunset replacement guide"
    ),
    "deprecation.removed": _kind("Something is no longer marked deprecated.", _0, of=DEPRECATED),
    "sunset.changed": _kind(
        "A sunset date was set, moved or dropped.", _0, moved=("added", "removed", "earlier", "later", "unclear")
    ),
    "stability.changed": _kind("The stability level changed.", _0, moved=("lowered", "raised", "unclear")),
    "replacement.changed": _kind("What replaces something deprecated changed.", _0),
    "audience.changed": _kind(
        "Whom something is for changed; `restricted` where nothing was said before.",
        _0,
        moved=("narrowed", "restricted", "widened", "unclear"),
    ),
    "marks.conflicting": _kind(
        "Several spellings of one lifecycle mark stand together, and say different things.", _0, details="name"
    ),
    # any type in schemas
    "schema.forbidden": _kind("No value is valid here any more.", _N),
    "schema.allowed": _kind("No value was valid here before.", _W),
    "schema.excludes": _kind("Payloads stop working though no changed keyword says so.", _N, _W),
    "type.changed": _kind("The types allowed changed.", _N, _W, _I),
    "type.written-alike": _kind("The types changed of a value that travels as the same text as before.", _0),
    "type.divided": _kind(
        "A single text became a list whose items stand in one text, with a character between them that the text may hold.",
        _W,
    ),
    "null.refused": _kind("null is no longer valid.", _N),
    "null.allowed": _kind("null is now valid.", _W),
    "enum.value-removed": _kind("A value is no longer allowed.", _N, _0, details="remaining", has_default=_BOOL),
    "enum.value-added": _kind("A value is newly allowed.", _W, _0, has_default=_BOOL),
    "enum.added": _kind(
        "Any value was allowed, now only those listed; `open_list` where some were listed before.", _N, open_list=_BOOL
    ),
    "enum.removed": _kind(
        "Only listed values were allowed, now any; `open_list` where some are listed still.", _W, open_list=_BOOL
    ),
    "open-enum.added": _kind("Known values are listed where any may come.", _0),
    "open-enum.removed": _kind("Known values are not listed any more.", _0),
    "open-enum.value-added": _kind("A value is newly listed among those known.", _0),
    "open-enum.value-removed": _kind(
        "A value is no longer listed among those known; `complete` where the list has all that are possible today.",
        _0,
        complete=_BOOL,
        details="remaining",
    ),
    "const.changed": _kind("The only value allowed is another one.", _I),
    "format.added": _kind("A format is promised now.", _N),
    "format.removed": _kind("A format is not promised any more.", _W),
    "format.changed": _kind("Another format is promised.", _N, _W, _I),
    "format.annotation-changed": _kind(
        "`format` of a JSON Schema was added, removed or changed: an annotation there, which validators do not assert.",
        _0,
    ),
    "default.added": _kind("What is assumed for a missing value is said now.", _0),
    "default.removed": _kind("What is assumed for a missing value is not said any more.", _0),
    "default.changed": _kind("Something else is assumed for a missing value.", _0),
    # numbers and strings in schemas
    "bound.tightened": _kind("A bound excludes values that were valid.", _N, keyword=BOUND_KEYWORDS),
    "bound.loosened": _kind("A bound admits values that were not valid.", _W, keyword=BOUND_KEYWORDS),
    "multiple-of.changed": _kind("`multipleOf` was added, removed or changed.", _N, _W, _I),
    "pattern.added": _kind("Strings must match a pattern now.", _N),
    "pattern.removed": _kind("Strings need not match a pattern any more.", _W),
    "pattern.changed": _kind("Strings must match another pattern.", _I),
    "content.changed": _kind("Encoding or media type of a string's content changed.", _I, details="keyword"),
    # arrays in schemas
    "unique-items.added": _kind("Items must differ from each other now.", _N),
    "unique-items.removed": _kind("Items may repeat now.", _W),
    "contains.added": _kind("The array must contain a certain item now.", _N),
    "contains.removed": _kind("The array need not contain a certain item any more.", _W),
    # objects in schemas
    "property.added": _kind("A property is declared.", _0, _W, _N, _I, required=_BOOL, closed=_BOOL, details="name"),
    "property.removed": _kind(
        "A property is not declared any more.",
        _0,
        _W,
        _N,
        _I,
        required=_BOOL,
        closed=_BOOL,
        deprecated=_BOOL,
        called=_BOOL,
        details="name sunset",
    ),
    "property.became-required": _kind("A property must be present now.", _N, has_default=_BOOL, details="name"),
    "property.became-optional": _kind("A property may be missing now.", _W, details="name"),
    "additional-properties.forbidden": _kind("Properties beyond those declared are refused now.", _N),
    "additional-properties.allowed": _kind("Properties beyond those declared are accepted now.", _W),
    "dependent-required.added": _kind("One property now requires others.", _N, details="name"),
    "dependent-required.removed": _kind("One property requires others no more.", _W, details="name"),
    "read-only.added": _kind("A property may no longer be sent in requests.", _0),
    "read-only.removed": _kind("A property may be sent in requests now.", _0),
    "write-only.added": _kind("A property is no longer sent in responses.", _0),
    "write-only.removed": _kind("A property may be sent in responses now.", _0),
    # composition in schemas
    "all-of.branch-added": _kind("A further schema must hold.", _N),
    "all-of.branch-removed": _kind("A schema need not hold any more.", _W),
    "any-of.branch-added": _kind("A further alternative is valid.", _W),
    "any-of.branch-removed": _kind("An alternative is no longer valid.", _N),
    "any-of.added": _kind("One of several alternatives must hold now.", _N),
    "any-of.removed": _kind("No alternative need hold any more.", _W),
    "one-of.branch-added": _kind("A further exclusive alternative.", _W, _I),
    "one-of.branch-removed": _kind("An exclusive alternative is gone.", _N, _I),
    "one-of.added": _kind("Exactly one of several alternatives must hold now.", _N),
    "one-of.removed": _kind("Exclusive alternatives need not hold any more.", _W),
    "not.added": _kind("A schema must not hold.", _N),
    "not.removed": _kind("A schema may hold now.", _W),
    "condition.added": _kind("if/then/else was added.", _N),
    "condition.removed": _kind("if/then/else was removed.", _W),
    "condition.changed": _kind("The condition of if/then/else changed.", _I),
    "unevaluated.changed": _kind(
        "unevaluatedItems or unevaluatedProperties was added or removed.", _N, _W, details="keyword"
    ),
    "discriminator.changed": _kind("The discriminating property was added, removed or is another one.", _I),
    "discriminator.mapping-changed": _kind(
        "A discriminator value was added, removed or leads elsewhere.", _N, _W, _I, details="name"
    ),
    # Avro
    "avro.type-changed": _kind("A type that resolution treats differently.", *_ANY_EFFECT),
    "avro.name-changed": _kind("A named type has another name; aliases and unqualified matches count.", *_ANY_EFFECT),
    "avro.union-branch-added": _kind("A union has a further branch.", _W, _0),
    "avro.union-branch-removed": _kind("A union has lost a branch.", _N, _0),
    "avro.fixed-size-changed": _kind("A fixed has another size.", _I),
    "avro.logical-type-changed": _kind("Another logical type, or other parameters of it.", _0, details="keyword"),
    "avro.enum-default-changed": _kind("The symbol that stands for unknown ones changed.", _0, _N, _W, _I),
    "avro.aliases-changed": _kind("Aliases were added or removed.", _0),
    "avro.default-removed": _kind("A field has no default any more.", _0),
    "avro.misread": _kind(
        "Data are read without an error, and mean something else to the reader, or to some readers.",
        _0,
        how=AVRO_MISREADS,
        details="written read readers",
    ),
    "avro.order-changed": _kind("The sort order of a field changed.", _0),
    "field.added": _kind("A record has a further field.", _N, _0, has_default=_BOOL, details="name"),
    "field.removed": _kind(
        "A record has lost a field.", _W, _0, has_default=_BOOL, deprecated=_BOOL, details="name sunset"
    ),
    "field.renamed": _kind("A field has another name, and an alias says so.", *_ANY_EFFECT, details="name"),
    # what binds nobody, and what nothing judges
    "documentation.changed": _kind("Descriptions, titles, examples, links to documentation.", _0, details="keyword"),
    "metadata.changed": _kind(
        "Title, contact, licence, terms or tags of the contract.", _0, directions=_INPUT, details="keyword"
    ),
    "extension.changed": _kind("An extension field or custom attribute.", _0, details="keyword"),
    "xml.changed": _kind("How a value is written in XML; no effect where no message may be XML.", _I, _0),
    "component.unused-changed": _kind(
        "A shared definition that nothing uses was added, removed or changed.", _0, directions=_INPUT
    ),
    "unjudged.changed": _kind("A difference that contractguard does not understand.", _I, details="keyword"),
}
"""Kind → what it is. Ids are `thing.what-happened`; they are API and are never reused."""
