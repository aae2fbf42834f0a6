"""Where the rule pages and data tables lie: beside a checkout's source, or inside a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def rules_dir() -> Path:
    """The folder of rule pages, with the data tables below it in `data/`.

    Raises FileNotFoundError where neither a checkout nor a packaged copy has one.
    """
    return find_rules(_PACKAGE)


def find_rules(package: Path) -> Path:
    """The rules that belong to `package`, a folder `agentlint` on disk.

    In `<checkout>/src/agentlint` the live `<checkout>/rules` wins over `agentlint/_rules`: an
    editable install may leave a copy there that goes stale with the next edit.
    """
    candidates = [package / "_rules"]
    if package.parent.name == "src":
        candidates.insert(0, package.parent.parent / "rules")
    for folder in candidates:
        if (folder / "data").is_dir():
            return folder
    raise FileNotFoundError(f"no rules folder beside {package}")
