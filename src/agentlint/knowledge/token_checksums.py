"""The check digits that providers build into their tokens.

GitHub and npm: CRC-32 of the random part in base 62, six digits
(https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/).
GitLab's routable tokens: CRC-32 of all before it in base 36, seven digits (GitLab handbook, design
document "Cells: routable tokens"). Cloudflare: CRC-32 in hex as secretlint observed it; the vendor
says only that there is a checksum.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_BASE62 = f"{_BASE36[:10]}{_BASE36[10:].upper()}{_BASE36[10:]}"


def _digits(number: int, alphabet: str, size: int) -> str:
    text = ""
    for _ in range(size):
        number, digit = divmod(number, len(alphabet))
        text = alphabet[digit] + text
    return text


def _after_prefix(unchecked: str) -> bytes:
    return unchecked.partition("_")[2].encode()


_SCHEMES: dict[str, tuple[int, Callable[[str], str]]] = {
    "crc32-base62": (6, lambda token: _digits(zlib.crc32(_after_prefix(token)), _BASE62, 6)),
    "crc32-base36": (7, lambda token: _digits(zlib.crc32(token.encode()), _BASE36, 7)),
    "crc32-hex": (8, lambda token: f"{zlib.crc32(_after_prefix(token)):08x}"),
}


def check_digits(scheme: str, unchecked: str) -> str:
    """The digits that complete `unchecked`, a token without its last part; KeyError if unknown."""
    return _SCHEMES[scheme][1](unchecked)


def checksum_holds(scheme: str, token: str) -> bool:
    """Whether `token` ends in its own check digits; KeyError for an unknown scheme."""
    size = _SCHEMES[scheme][0]
    return token.isascii() and token[-size:] == check_digits(scheme, token[:-size])
