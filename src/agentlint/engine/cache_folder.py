"""Where caches belong on this system."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from agentlint.text.hashing import blake2b

FACTS = ".facts"
PATTERNS = ".patterns"
SUFFIXES = (FACTS, PATTERNS)


def cache_folder() -> Path | None:
    """Where the user's caches are, in a folder of agentlint's own; None where nothing tells it."""
    if sys.platform == "win32":
        ordinary = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        ordinary = "~/Library/Caches"
    else:
        ordinary = "~/.cache"
    folder = os.path.expanduser(os.environ.get("XDG_CACHE_HOME") or ordinary)
    return Path(folder, "agentlint") if os.path.isabs(folder) else None


def facts_file(folder: Path, root: Path) -> Path:
    """Where in the folder of a cache the facts of a root are."""
    return folder / f"{_digest(os.fsencode(root))}{FACTS}"


def patterns_file(folder: Path, engine: str) -> Path:
    """Where in the folder of a cache the patterns are that `engine` has compiled."""
    return folder / f"{_digest(engine.encode())}{PATTERNS}"


def _digest(name: bytes) -> str:
    return blake2b(name, digest_size=16).hexdigest()
