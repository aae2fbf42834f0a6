"""docs/files.md lists the files that agentlint knows by name: what the table that knows them says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from agentlint.knowledge.data import table

PAGE = Path(__file__).parents[1] / "docs" / "files.md"
_TABLE = re.compile(r"<!-- (?P<kind>instruction|config) -->\n.*?<!-- end -->", re.DOTALL)


def test_the_page_lists_what_the_table_of_files_knows(request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text(encoding="utf-8")
    listed = _TABLE.sub(lambda match: _table(match["kind"]), text)
    if request.config.getoption("--update-pages"):
        PAGE.write_text(listed, encoding="utf-8")
        return
    assert _TABLE.search(text)
    assert text == listed


def _table(kind: str) -> str:
    second = {"instruction": "read by", "config": "kind"}[kind]
    rows = [f"| {_names(row)} | {_whose(row)} |" for row in table("files")[kind]]
    head = (f"<!-- {kind} -->", f"| files | {second} |", "|---|---|")
    return "\n".join((*head, *rows, "<!-- end -->"))


def _names(row: Mapping[str, Any]) -> str:
    return ", ".join(f"`{pattern}`" for pattern in _patterns(row))


def _patterns(row: Mapping[str, Any]) -> Iterator[str]:
    folder = row.get("folder", "")
    for below in [folder] if isinstance(folder, str) else folder:
        home, deeper = (f"{below}/", f"{below}/**/") if below else ("", "")
        yield from (home + name for name in row.get("name", ()))
        yield from (f"{home}{start}*" for start in row.get("prefix", ()))
        if ends := row.get("suffix", ()):
            start = "".join(f"*{word}" for word in row.get("words", ())) + "*"
            yield f"{deeper}{start}{ends[0] if len(ends) == 1 else '{' + ','.join(ends) + '}'}"


def _whose(row: Mapping[str, Any]) -> str:
    return ", ".join(row.get("readers", ())) or str(row["id"])
