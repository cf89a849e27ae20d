"""What is known of a contract from its place among its versions, while one pair is compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from contractguard.documents import DocumentSet, VersionFile, VersionForm
from contractguard.model.change import Change
from contractguard.model.finding import Against, Bump, Finding, Severity

_SAY_NOTHING_NEW = frozenset({"documentation.changed", "metadata.changed"})
_OF_THE_FILE = ("contract.", "document.", "version.")


@dataclass(frozen=True, slots=True)
class OlderVersion:
    """A version that is older than base and still supported: what the report calls it, and where it is read. `file` is its place
    in the history, None for what a tag holds; `also` are the versions before it that hold the same.
    """

    against: Against
    documents: DocumentSet
    file: VersionFile | None = None
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All versions that hold this, the newest first."""
        return (self.against.version, *self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The versions that the places of base and head name, None where they name none.

    `added`: head stands beside base, which stays. `instead_of_base`: base is an older version that stands in for it, so that no
    other may stand in for that where it cannot be read.
    """

    before: VersionFile | None = None
    after: VersionFile | None = None
    added: bool = False
    instead_of_base: bool = False

    @property
    def edited_in_place(self) -> bool:
        """Whether both sides are one file that stands for one published version."""
        before, after = self.before, self.after
        return before is not None and after is not None and before.path == after.path and before.is_published

    def texts(self) -> tuple[str | None, str | None]:
        """The versions by place, as schemes read them."""
        return (
            self.before.version.text if self.before and self.before.by_path else None,
            self.after.version.text if self.after and self.after.by_path else None,
        )

    def announces(self, declared: Bump | None) -> bool:
        """Whether the step to a version beside the older one says that it breaks: a major one, or a new line of versions, such
        as a month, of which no scheme knows more. A count that only goes up says nothing.
        """
        form = self.after.version.form if self.after is not None else VersionForm.COUNT
        new_line = form is VersionForm.LINE and declared is None
        return self.added and form is not VersionForm.COUNT and (declared is Bump.MAJOR or new_line)

    def since(self, older: VersionFile | None) -> Lineage:
        """The same with a still older version in the place of base; None for one whose place names none, such as what a tag
        holds: then only the contracts themselves can tell how large the step is.
        """
        if older is None:
            return Lineage(instead_of_base=True)
        return replace(self, before=older, instead_of_base=True)


UNKNOWN = Lineage()


def changes_meaning(changes: Sequence[Change]) -> bool:
    """Whether any of the changes is more than one of words: descriptions, examples, contact."""
    return any(change.kind not in _SAY_NOTHING_NEW for change in changes if not change.kind.startswith(_OF_THE_FILE))


def is_edited(changes: Sequence[Change]) -> bool:
    """Whether the content of a file changed, not merely its layout."""
    return any(not change.kind.startswith(_OF_THE_FILE) for change in changes)


def apply_announcement(findings: Sequence[Finding], lineage: Lineage) -> tuple[Finding, ...]:
    """The findings as they weigh where a new version announces its breaks and the old one stays for those who use it."""
    before, after = lineage.texts()
    reason = f"version {after or '?'} announces a break, and {before or 'the one before'} stays beside it"
    return tuple(
        finding.with_severity(Severity.INFO, reason) if finding.severity.rank < Severity.INFO.rank else finding
        for finding in findings
    )
