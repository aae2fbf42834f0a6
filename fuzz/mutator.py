"""Hostile variants of real files: spliced, repeated, cut, bent and salted, each from a number.

Random bytes end in the first line of a parser; pieces of files that agentlint understands lead on to
the rules. `mutant(seed)` gives the same path and text for the same number and the same corpus, and
so does `stretched(seed)`, a file in which a few characters stand thousands of times in a row.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.pages.case_files import case_files
from tests.secret_samples import sample

from agentlint.documents import BlockKind, MarkdownDocument, parse
from agentlint.text import Region

MAX_SIZE = 6_000
"""Characters of a mutant: small files reach as deep, and thousands of them can be tried."""
STRETCHED = 40_000
"""Characters that one piece is repeated to: what takes the square of the time takes minutes."""
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
_PATH = re.compile(r"\bpath=(?P<path>\S{1,200})")
_WORD = re.compile(r"[\w$.-]{3,60}")
_SIGNS = (
    *(
        "---\n",
        "+++\n",
        "```yaml\n",
        "```\n",
        "> ",
        "- ",
        "| a | b |\n|-|-|\n",
        "# ",
        "<!--",
        "-->",
    ),
    *("{", "}", "[", "]", ":", ": ", ",", '"', "'", '"""', "\\", "\\u0061", "\\x41", "&a ", "*a"),
    *("<<: *a", "!!binary ", "? ", "|\n", ">-\n", "\t", "\r", "\r\n", "\u2028", "\x85", "\ufeff"),
    *(
        "\u202e",
        "\u200b",
        "\U000e0041",
        "\x1b[31m",
        "\x07",
        "\U0001f600",
        "e\u0301",
        "\u0130",
        "\u00df",
    ),
    *("${X:-y}", "{{ .Values.x }}", "${{ secrets.K }}", "os.environ/K", "env:K", "<NAME>", "%s"),
    *("::error file=pwn::X\n", "##vso[x]y\n", "](command:x)", "@../../etc/passwd", "/v1/responses"),
    *(
        "agentlint: ignore[hardcoded-model-id] because",
        "# agentlint: ignore-file[ALL]",
        "0x1F",
        "1e999",
    ),
    *(
        "9" * 400,
        "2001-99-99",
        "gpt-5.4",
        "claude-opus-4-1",
        "always use ",
        "never ",
        "f'{",
        "(" * 70,
    ),
)


class Mutant(NamedTuple):
    """`canary` is a credential that stands in `text` as a whole word, and that nothing may print."""

    path: str
    text: str
    canary: str


@cache
def corpus() -> tuple[tuple[str, str], ...]:
    """The files of all cases of the rules and of the examples, as (path, text)."""
    found = []
    for page in case_files():
        document = parse("markdown", Region.whole(page.read_text(encoding="utf-8")))
        assert isinstance(document, MarkdownDocument)
        for block in document.blocks:
            named = _PATH.search(block.info) if block.kind is BlockKind.FENCE else None
            if named:
                found.append((named["path"], block.region.text))
    files = [file for file in sorted(EXAMPLES.rglob("*")) if file.is_file()]
    return (*found, *((file.name, file.read_text(encoding="utf-8")) for file in files))


@cache
def _dictionary() -> tuple[str, ...]:
    words = {word for _, text in corpus() for word in _WORD.findall(text)}
    return (*sorted(words), *_SIGNS * 8)


def mutant(seed: int) -> Mutant:
    """The mutant of a number."""
    rng = random.Random(seed)
    path, text = rng.choice(corpus())
    for _ in range(rng.randint(1, 5)):
        text = rng.choice(_MUTATIONS)(text, rng)[:MAX_SIZE]
    canary = sample("openai-project-key", random.Random(seed))
    if rng.random() < 0.5:
        at = rng.randint(0, len(text))
        quote = rng.choice((' "', " '", " ", "\n"))
        text = f"{text[:at]}{quote}{canary}{quote[::-1]}{text[at:]}"
    return Mutant(path, text, canary)


def stretched(seed: int) -> tuple[str, str]:
    """The path and text of a number, with a piece of it, or one joined from two files, repeated."""
    rng = random.Random(seed)
    path, text = rng.choice(corpus())
    piece = _piece(text, rng) + (_piece(rng.choice(corpus())[1], rng) if rng.random() < 0.3 else "")
    if rng.random() < 0.7:
        piece = piece.replace("\n", " ")
    at = rng.randint(0, len(text))
    return path, text[:at] + piece * (STRETCHED // max(1, len(piece))) + text[at:]


def _piece(text: str, rng: random.Random) -> str:
    start = rng.randrange(max(1, len(text)))
    return text[start : start + rng.choice((2, 4, 8, 16, 32))]


def _cut(text: str, rng: random.Random) -> str:
    low, high = _slice(text, rng)
    return text[:low] + text[high:]


def _keep_head(text: str, rng: random.Random) -> str:
    return text[: rng.randint(0, len(text))]


def _repeat(text: str, rng: random.Random) -> str:
    low, high = _slice(text, rng)
    return text[:high] + text[low:high] * rng.choice((1, 2, 9, 70)) + text[high:]


def _splice(text: str, rng: random.Random) -> str:
    _, other = rng.choice(corpus())
    low, high = _slice(other, rng)
    at = rng.randint(0, len(text))
    return text[:at] + other[low:high] + text[at:]


def _salt(text: str, rng: random.Random) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + rng.choice(_dictionary()) + text[at:]


def _replace_word(text: str, rng: random.Random) -> str:
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = rng.choice(words)
    return text[: word.start()] + rng.choice(_dictionary()) + text[word.end() :]


def _swap_lines(text: str, rng: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    if len(lines) > 1:
        one, other = rng.sample(range(len(lines)), 2)
        lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def _indent(text: str, rng: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    low, high = _slice(lines, rng)
    lead = rng.choice((" ", "  ", "\t", "> ", "- ", "# ", "    "))
    return "".join([*lines[:low], *(lead + line for line in lines[low:high]), *lines[high:]])


def _line_ends(text: str, rng: random.Random) -> str:
    return text.replace("\n", rng.choice(("\r\n", "\r", "\n\n", "\x85", "\u2028")))


def _wrap(text: str, rng: random.Random) -> str:
    before, after = rng.choice(
        (
            ("---\n", "---\n"),
            ("```yaml\n", "```\n"),
            ("```json\n", ""),
            ('{"a": ', "}"),
            ("a: |\n  ", ""),
        )
    )
    return before + text + after


def _flip(text: str, rng: random.Random) -> str:
    if not text:
        return text
    at = rng.randrange(len(text))
    return (
        text[:at]
        + chr(rng.choice((rng.randrange(32, 127), rng.randrange(128, 0xD800))))
        + text[at + 1 :]
    )


_MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (
    *(_cut, _keep_head, _repeat, _splice, _splice, _salt, _salt, _salt),
    *(_replace_word, _replace_word, _swap_lines, _indent, _line_ends, _wrap, _flip),
)


def _slice(sequence: Sequence[object], rng: random.Random) -> tuple[int, int]:
    low = rng.randint(0, len(sequence))
    return low, min(len(sequence), low + rng.choice((1, 3, 10, 40, 200)))
