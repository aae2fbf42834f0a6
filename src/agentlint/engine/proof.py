"""What fixes have to prove before they are kept or offered: that the rest of each file stays as it is,
that their findings are gone, and that no other has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from agentlint.engine.repairs import language
from agentlint.facts.project import Project
from agentlint.findings import Finding, NewKey
from agentlint.fixes import Applied, FileSyntax, apply_fixes, keeps_the_rest
from agentlint.text import SourceFile, Span


def proved_text(
    source: SourceFile, project: Project, findings: Iterable[Finding]
) -> Applied | None:
    """The fixes of one file applied, which `choose` found to go together, if they keep the rest of it."""
    syntax = FileSyntax(source, language(source.path, project))
    applied = apply_fixes(source.text, findings)
    return applied if keeps_the_rest(syntax, applied) else None


class Trial(Struct, frozen=True):
    """What a run said before the fixes of `findings`; `applied` is what they made of the files, by path."""

    before: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    applied: Mapping[str, Applied]

    def more(self, after: Iterable[Finding]) -> frozenset[tuple[str, str]]:
        """The files and rules of which a run says more `after` the fixes than what they left to say before.

        What a value has said all along that nobody read is no more, where it is less bad than that
        nobody read it.
        """
        after = tuple(after)
        more = _counts(after) - (_counts(self.before) - _counts(self.findings))
        if more:
            revived = tuple(self._revived())
            had = _counts(one for one in self.before if any(value.had(one) for value in revived))
            shown = _counts(one for one in after if any(value.shows(one) for value in revived))
            more -= shown - had
        return frozenset(more)

    def _revived(self) -> Iterator[_Revived]:
        for finding in self.findings:
            applied = self.applied[finding.path]
            for change in finding.repair.changes if finding.repair else ():
                if isinstance(change, NewKey):
                    yield _Revived(finding, change.value, applied.moved(change.value))


class _Revived(Struct, frozen=True):
    """A value that nobody read and that is read under the key that the fix of `mended` gives it, where
    it stood and where it stands."""

    mended: Finding
    old: Span
    new: Span

    def had(self, finding: Finding) -> bool:
        """Whether something else was found in the value before."""
        here = finding.path == self.mended.path and self.old.contains(finding.span)
        return here and finding.rule != self.mended.rule

    def shows(self, finding: Finding) -> bool:
        """Whether a finding tells what the value says, and is less bad than that nobody read it."""
        here = finding.path == self.mended.path and self.new.contains(finding.span)
        return here and finding.severity.rank > self.mended.severity.rank


def _counts(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((finding.path, finding.rule) for finding in findings)
