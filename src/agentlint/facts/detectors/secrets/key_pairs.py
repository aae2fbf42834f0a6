"""AWS secret keys: forty characters without a prefix, told by the access key ID that stands near."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agentlint.facts.detectors.secrets.literals import is_doubtless_key
from agentlint.facts.detectors.secrets.match import Tier, Verdict
from agentlint.findings import Confidence

_ACCESS_KEY_ID = re.compile(r"(?<![A-Za-z0-9])A[KS]IA[A-Z2-7]{16}(?![A-Za-z0-9%/])")
_SECRET_KEY = re.compile(r"(?<![A-Za-z0-9/+=_.%-])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_%-])")
_REACH = 250


def find_aws_pairs(text: str) -> Iterator[Verdict]:
    """The first secret key within a few lines after each access key ID."""
    for identifier in _ACCESS_KEY_ID.finditer(text):
        end = identifier.end()
        found = _SECRET_KEY.search(text, end, end + _REACH)
        if found and is_doubtless_key(found.group()):
            yield Verdict.secret(
                *found.span(), "aws-secret-access-key", Tier.STRUCTURE, Confidence.HIGH
            )
