"""AWS secret keys: forty characters without a prefix, told by the access key ID that stands near."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agentlint.facts.detectors.secrets.haystack import Haystack
from agentlint.facts.detectors.secrets.literals import is_doubtless_key
from agentlint.facts.detectors.secrets.match import Tier, Verdict
from agentlint.facts.detectors.secrets.patterns import ascii_pattern
from agentlint.findings import Confidence

_FORTY = ascii_pattern(r"(?<![A-Za-z0-9/+=_.%-])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_%-])")
_REACH = 250


def find_aws_pairs(hay: Haystack, tokens: Iterable[Verdict]) -> Iterator[Verdict]:
    """The first secret key within a few lines after each access key ID among `tokens`."""
    for token in tokens:
        if token.match and token.match.kind == "aws-access-key-id":
            found = _FORTY.search(hay.text, token.end, token.end + _REACH)
            if found and is_doubtless_key(found.group()):
                yield Verdict.secret(
                    *found.span(), "aws-secret-access-key", Tier.STRUCTURE, Confidence.HIGH
                )
