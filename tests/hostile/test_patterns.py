"""No regular expression of the tool takes more than linear time, whatever text it is given."""

from __future__ import annotations

import pkgutil
import re
import time
from collections.abc import Iterator
from importlib import import_module

import pytest

import agentlint
from agentlint.text import Pattern

SHORT, TIMES = 2_000, 5
FLOOR = 0.03
"""Seconds below which a time says nothing of how it grows."""
GROWTH = 3 * TIMES
_LITERAL = re.compile(r"(?:\\.|[^\\\[\](){}*+?|^$.]){1,30}")
_SIGNS = (
    "a",
    "A",
    "1",
    " ",
    "-",
    "_",
    ".",
    "/",
    ":",
    "=",
    '"',
    "'",
    "`",
    "\n",
    "\\",
    "(",
    "[",
    "{",
    "<",
)
_SIGNS += (
    "a ",
    "a.",
    "a-",
    "a_",
    "a:",
    "a=",
    '"a"',
    "a/",
    "1.",
    "\t",
    " \n",
    "\n\n",
    "- ",
    "${",
    "é",
)


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern that a module of agentlint holds, by the name of its place."""
    seen: set[str] = set()
    for module in pkgutil.walk_packages(agentlint.__path__, "agentlint."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(import_module(module.name)).items():
            found = value.compiled if isinstance(value, Pattern) else value
            written = found.pattern if isinstance(found, re.Pattern) else None
            if isinstance(written, str) and written not in seen:
                seen.add(written)
                yield f"{module.name}.{name}", found


def prefixes(pattern: str) -> Iterator[str]:
    """Texts that a pattern is likely to begin with and then to fail on."""
    literals = {re.sub(r"\\(\W)", r"\1", match.group()) for match in _LITERAL.finditer(pattern)}
    telling = sorted((text for text in literals if not text.startswith("\\")), key=len)[-6:]
    yield from _SIGNS
    yield from telling
    yield from (literal + sign for literal in telling[-3:] for sign in ("a", " ", "a ", "\n"))


# Scanners that move over a text once: they match each pattern where they stand and never search.
SCANNERS = ("agentlint.documents.dotenv.", "agentlint.documents.yaml_events.")


def seconds(name: str, pattern: re.Pattern[str], text: str) -> float:
    """How long a pattern takes the way it is used: searched for, or matched at one place."""
    started = time.process_time()
    if not name.startswith(SCANNERS):
        for _ in pattern.finditer(text):
            pass
    pattern.match(text)
    return time.process_time() - started


PATTERNS = list(patterns())


@pytest.mark.parametrize(("name", "pattern"), PATTERNS, ids=[name for name, _ in PATTERNS])
def test_time_grows_with_the_text_and_no_faster(name: str, pattern: re.Pattern[str]) -> None:
    for prefix in prefixes(pattern.pattern):
        short = (prefix * SHORT)[:SHORT]
        longer = short * TIMES + "\x01"
        if seconds(name, pattern, longer) < FLOOR:
            continue
        base = min(seconds(name, pattern, short + "\x01") for _ in range(3))
        time_taken = min(seconds(name, pattern, longer) for _ in range(2))
        assert time_taken < max(FLOOR, GROWTH * base), prefix


def test_all_patterns_were_found() -> None:
    assert len(PATTERNS) > 100
