"""SHA-256 and BLAKE2b without OpenSSL.

`hashlib` loads it whatever is asked for: 5 ms and 3 MB of every process, where most hash a few names.
Python's own versions stand in modules of other names from release to release, as in its `random`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import blake2b, sha256
else:
    try:
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b
    try:
        from _sha2 import sha256
    except ImportError:
        try:
            from _sha256 import sha256
        except ImportError:
            from hashlib import sha256

__all__ = ["blake2b", "hex_digest", "sha256"]


def hex_digest(text: str) -> str:
    """The 64 hexadecimal digits of a text's SHA-256; half of a surrogate pair is taken as it stands."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
