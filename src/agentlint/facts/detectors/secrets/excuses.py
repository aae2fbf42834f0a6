"""What a value that stands by a key-like name is instead of a secret, as what is around it tells."""

from __future__ import annotations

import re

from msgspec import Struct

from agentlint.facts.detectors.secrets.joints import Joint, Link
from agentlint.facts.detectors.secrets.patterns import ascii_pattern
from agentlint.facts.detectors.secrets.public_values import is_hex_or_uuid
from agentlint.facts.detectors.secrets.values import value_span

_MEMBER = ascii_pattern(r"[A-Za-z_]\w{0,60}(?:\.[A-Za-z_]\w{0,60}){1,6}")
# Hosts have a dot or a dash here, and variables few digits: passwords and keys hold `@` and `_` as well.
_LOGIN_AT = ascii_pattern(r"[a-z_][a-z0-9._-]{0,40}@[a-z0-9]{1,60}(?:[.-][a-z0-9]{1,60}){1,8}")
_VARIABLE = ascii_pattern(r"[A-Z]{2,40}\d?[A-Z]{0,40}(?:_[A-Z]{1,40}\d?[A-Z]{0,40}){1,8}")
_REPOSITORY = ascii_pattern(r"[a-z][a-z0-9._-]{0,60}/[a-z][a-z0-9._-]{0,60}")
_END_OF_CELL = ascii_pattern(r"[ \t*_`\"']{0,8}(?:\||\r?\n|\Z)")
_SAYS_WHAT = ascii_pattern(r"[A-Za-z=]")
# PASS, [pass], ✓ pass
_LONGEST_MARKED = 12
_MARKED_RESULT = ascii_pattern(r"(?:PASS|[\[✓✔✅☑]\ufe0f?[ \t]{0,2}[*`]{0,3}(?i:pass))\Z")
# https://docs.sonarsource.com/sonarqube-server/2026.1/user-guide/project-badge
# https://circleci.com/docs/guides/insights/status-badges/
_LONGEST_URL = 400
# What a page shows: ![title](URL), <img src="URL">
_IMAGE = ascii_pattern(
    r"(?:!\[[^\[\]]{0,200}\]\(<?|<img\s(?:[^<>]{0,200}?\s)??src\s?=\s?[\"']?)"
    r"https?://(?P<path>[^\s()<>\"'?#]{1,400})\?[^\s()<>\"'#]{0,400}\Z"
)
_LONGEST_IMAGE = 1_000
# As S3 names them, without the prefix that each provider has of its own.
_SIGNERS = ("?credential", "&credential")
_SIGNATURE = ascii_pattern(r"[^\s()<>\"']{0,400}[?&;](?i:signature)=")
_BESIDE = 300
_HEX_KEY_OPTION = ascii_pattern(r"--(?P<stem>[a-z]{4})[a-z]{0,20}-key(?:-hex)?")
_32_BYTES = ascii_pattern(r"(?:0x)?[0-9a-fA-F]{64}")
_REFERRED_KEY = ascii_pattern(
    r"--(?P<stem>[a-z]{4})[a-z]{0,20}-key(?:-file|-path)?[ =][\"']?[$~./]"
)


class ValueInText(Struct, frozen=True):
    """`text[start:end]`, which follows the name `spoken` that ends at `name_end`.

    `quote` is the quotation mark around it, with its backslashes, or empty.
    """

    text: str
    spoken: str
    name_end: int
    start: int
    end: int
    link: Link
    quote: str

    @property
    def value(self) -> str:
        """The value as it is written."""
        return self.text[self.start : self.end]


def is_excused(named: ValueInText) -> bool:
    """Whether a value that might be a secret is code, something of its own, or public by its place."""
    return (
        _is_expression(named)
        or _is_of_something_else(named)
        or _is_of_badge(named)
        or _is_of_signed_url(named)
        or _is_public_half(named)
    )


def tells_result(text: str, end: int, opening: re.Match[str], joint: Joint) -> bool:
    """Whether `pass`, which ends at `end`, is what a test did: in a cell of a table before one with a
    sentence, with words between it and what they lead to ("pass 4: ...", "pass through (..."), or marked
    as a result before the ID or digest of what was tested (`[pass] <uuid>`, `PASS <uuid>`)."""
    between, (start, stop) = text[end : opening.start()], value_span(text, opening)
    if "|" in between:
        return _END_OF_CELL.match(text, stop) is None
    if joint.link is Link.SPOKEN:
        return between.rstrip().endswith((":", "("))
    if not is_hex_or_uuid(text[start:stop]) or _SAYS_WHAT.search(between):
        return False
    return _MARKED_RESULT.search(text, max(0, end - _LONGEST_MARKED), end) is not None


def _is_expression(named: ValueInText) -> bool:
    """Whether a value without quotation marks is code: a structure that is made, or the field of the same
    name of another one (`token0Usd: row.token0Usd`)."""
    if named.quote or not _MEMBER.fullmatch(named.value):
        return False
    is_made = named.text.startswith("{", named.end)
    return is_made or named.value.rpartition(".")[2] == named.spoken.rpartition(".")[2]


def _is_of_something_else(named: ValueInText) -> bool:
    """Whether a word that only stands beside a name begins something of its own, or says what the
    credential is for: `ssh -i "$KEY" root@host-1`, `a token with write access to owner/repository`."""
    if named.link is Link.SPOKEN and _REPOSITORY.fullmatch(named.value):
        return True
    is_bare = named.link is not Link.ASSIGNED and not named.quote
    return is_bare and any(form.fullmatch(named.value) for form in (_LOGIN_AT, _VARIABLE))


def _is_of_badge(named: ValueInText) -> bool:
    """Whether a query parameter is of the picture of a badge, or of a drawing that a page shows: whoever
    looks at the page loads it with that, and it is made for nothing else."""
    text, end, spoken = named.text, named.name_end, named.spoken
    if spoken[:1] not in ("?", "&") and not text.endswith("&amp;", 0, end - len(spoken)):
        return False
    *_, url = text[max(0, end - _LONGEST_URL) : end].split()
    if "badge" in url.lower():
        return True
    image = _IMAGE.search(text, max(0, end - _LONGEST_IMAGE), end)
    return image is not None and image["path"].rstrip("/").lower().endswith(".svg")


def _is_of_signed_url(named: ValueInText) -> bool:
    """Whether a query parameter tells whose key a URL was signed with: the signature stands behind it."""
    is_signer = named.spoken.lower() in _SIGNERS
    return is_signer and _SIGNATURE.match(named.text, named.end) is not None


def _is_public_half(named: ValueInText) -> bool:
    """Whether an option gives the public one of two keys: the secret one is read by an option beside it
    from a file or a variable, `--submit-key "$KEY"`."""
    option = _HEX_KEY_OPTION.fullmatch(named.spoken)
    if not option or not _32_BYTES.fullmatch(named.value):
        return False
    low, high = max(0, named.name_end - _BESIDE), named.end + _BESIDE
    beside = _REFERRED_KEY.finditer(named.text, low, high)
    return any(other["stem"] == option["stem"] for other in beside)
