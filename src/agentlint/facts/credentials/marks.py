"""The marks by which a line was accepted for another tool that looks for credentials.

Each names what it is for, which `noqa` and `nosec` do not: whoever wrote it looked at the value, and it
stands in the diff for review, as a suppression of our own does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agentlint.facts.suppression import Reach, Suppression
from agentlint.facts.values.value import Located
from agentlint.knowledge.pages import credential_rules
from agentlint.text import Pattern, Region

# https://github.com/gitleaks/gitleaks#gitleaksallow, https://github.com/Yelp/detect-secrets#inline-allowlisting,
# https://docs.trufflesecurity.com/docs/scanning/ignoring-secrets/, https://github.com/betterleaks/betterleaks/issues/333,
# https://github.com/mongodb/kingfisher/issues/119, https://github.com/GitGuardian/ggshield,
# https://github.com/secretlint/secretlint/blob/master/docs/configuration.md#ignoring-error-by-comments
_MARK = Pattern(
    r"(?<![\w-])(?:gitleaks:allow|betterleaks:allow|kingfisher:(?:ignore|allow)|trufflehog:ignore|ggignore"
    r"|pragma: ?(?:allow|white)list[ -](?P<next>nextline[ -])?secret"
    r"|secretlint-disable-(?P<following>next-)?line)(?![\w-])",
    re.IGNORECASE,
)


def may_mark(text: str) -> bool:
    """Whether a text holds a mark of another tool."""
    return _MARK.search(text) is not None


def read_marks(path: str, comment: Region, own: Reach, below: Reach) -> Iterator[Suppression]:
    """Those in a comment, which hold for its own line, or for the one below it where they say so."""
    for mark in _MARK.finditer(comment.text):
        span = comment.span(*mark.span())
        yield Suppression(
            path,
            span,
            below if mark["next"] or mark["following"] else own,
            rules=tuple(Located(rule, span) for rule in sorted(credential_rules())),
            reason=f"accepted with `{mark[0]}`",
            of_another_tool=True,
        )
