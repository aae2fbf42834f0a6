"""Values of a config that point elsewhere, and the marks of a value not yet filled in."""

from __future__ import annotations

import re

from agentlint.knowledge.references import Reference, references
from agentlint.text import Pattern

_PLACEHOLDER = Pattern(
    r"""
    <[^<>]{0,200}> | \[[^\[\]]{1,200}\]            # <model>, [verify current model id]
    | (?:VERIFY|REPLACE|YOUR|INSERT|CHANGE|FILL|SET|PUT|TODO|TBD|FIXME|PLACEHOLDER|XXX+)
      (?:[_\W][\w\W]{0,200})?
    | (?:your|replace|insert|change|fill|put)[-_ ](?:me|in|with|here|this|your|\w{1,40}[-_ ]).{0,200}
    | your[-_ ]?(?:api[-_ ]?)?(?:key|token|model|secret|url|gateway|deployment|endpoint|resource).{0,80}
    | .{0,100}(?:[-_ ]placeholder|placeholder[-_ ]).{0,100} | placeholder
    | .{0,100}_(?:HERE|GOES_HERE|PLACEHOLDER|IN_DOCS|IN_GATEWAY_DOCS)
    | (?:\.{3,20}|…|[xX]{3,80}|\*{3,80}|_{3,80}|-{3,80}|\?{2,20})
    | (?:changeme|change-me|replaceme|replace-me|todo|tbd|fixme|redacted|example)
    """,
    re.VERBOSE | re.DOTALL,
)


def classify_reference(text: str) -> Reference | None:
    """The reference that the whole of `text` is, with or without an auth scheme before it."""
    return next((found for found in references(text) if not found.vague), None)


def is_placeholder(text: str) -> bool:
    """Whether `text` stands for a value that someone is still to fill in."""
    return _PLACEHOLDER.fullmatch(text) is not None
