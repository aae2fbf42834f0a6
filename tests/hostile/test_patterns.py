"""No regular expression of the tool takes more than linear time, whatever text it is given."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHORT, LONG = 3_000, 30_000
FLOOR = 0.05
"""Seconds below which a time at the longer size says nothing of how it grows."""
TELLING = FLOOR / (LONG / SHORT) ** 2
"""What takes less than this at the shorter size stays below the floor even if it grows as a square."""
GROWTH = 3 * LONG // SHORT
MOST_TEXTS = 12
NEAR_MISS = "\x01"

# Tells of every expression that code of agentlint compiles: when its modules are imported and their
# patterns used, and when files of every kind are checked (some expressions are made from tables).
_RECORDER = """
import json, pkgutil, re, sys
from importlib import import_module
seen = {}
on_the_way = ("re", "functools", "agentlint.text.compiled", "agentlint.text.pattern")
compile_really = re._compiler.compile
def compile_and_tell(pattern, flags=0):
    frame = sys._getframe(1)
    while frame.f_globals.get("__name__") in on_the_way:
        frame = frame.f_back
    name = frame.f_globals.get("__name__", "")
    place = name if name.startswith("agentlint.") else ""
    if place or compile_and_tell.place:
        text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
        key = (text, int(flags) & ~int(re.LOCALE), isinstance(pattern, bytes))
        seen.setdefault(key, compile_and_tell.place or place)
    return compile_really(pattern, flags)
compile_and_tell.place = ""
re._compiler.compile = compile_and_tell
import agentlint
from agentlint.text import Pattern
for module in pkgutil.walk_packages(agentlint.__path__, "agentlint."):
    if not module.name.endswith("__main__"):
        for name, value in list(vars(import_module(module.name)).items()):
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, Pattern):
                    compile_and_tell.place = f"{module.name}.{name}"
                    one.compiled
        compile_and_tell.place = ""
from fuzz.invariants import broken
from fuzz.mutator import corpus
for path, text in corpus():
    list(broken(path, text, thorough=False))
list(broken("AGENTS.md", "Always use `gpt-5.4`.\\n"))
print(json.dumps([[place, *key] for key, place in seen.items()]))
"""


class Expression(NamedTuple):
    """`place` is the module that compiles it, with the name of the constant where it has one."""

    place: str
    pattern: str
    flags: int
    for_bytes: bool


@pytest.fixture(scope="module")
def expressions() -> list[Expression]:
    done = subprocess.run(
        [sys.executable, "-B", "-c", _RECORDER],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return [Expression(*row) for row in json.loads(done.stdout.splitlines()[-1])]


def worst_texts(pattern: str, flags: int) -> set[str]:
    """Texts that an expression is likely to begin with and then to fail on.

    For each loop: what stands before it and then its own atom again and again, both again and again,
    and the atom alone; each ends in a character that nothing expects.
    """
    texts = {
        sign * SHORT for sign in (*'a1 -_./:="`\\([{<\n', "a ", "a.", "1.", " \n", "\n\n", "é")
    }
    for before, inner in _loops(_parser.parse(pattern, flags)):
        atom = _sample(inner)
        if atom:
            texts |= {before + _filled(atom), _filled(before + atom), _filled(atom)}
            texts.add(_filled(before + atom * 40))
    return texts


def _filled(piece: str) -> str:
    return (piece * (SHORT // len(piece) + 1))[:SHORT]


def _loops(items: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """What is sure to reach each loop of a parsed expression, and what it does again and again."""
    for code, argument in items:
        if code in _REPEATS and argument[1] > 8:
            yield before, argument[2]
        for inner in _inside(code, argument):
            yield from _loops(inner, before)
        before += _sample([(code, argument)])


def _inside(code: Any, argument: Any) -> list[Any]:
    """The expressions that a part of an expression holds."""
    match code:
        case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
            return [argument[2]]
        case op.SUBPATTERN:
            return [argument[3]]
        case op.ATOMIC_GROUP:
            return [argument]
        case op.ASSERT | op.ASSERT_NOT:
            return [argument[1]]
        case op.BRANCH:
            return list(argument[1])
    return []


def _sample(items: Any) -> str:
    """A short text that a parsed expression matches, lookarounds and references left aside."""
    return "".join(_sample_of(code, argument) for code, argument in items)


def _sample_of(code: Any, argument: Any) -> str:
    match code:
        case op.LITERAL:
            return chr(argument)
        case op.NOT_LITERAL:
            return "a" if argument != ord("a") else "b"
        case op.ANY:
            return "a"
        case op.IN:
            return _member(argument)
        case op.BRANCH:
            return _sample(argument[1][0])
        case op.SUBPATTERN:
            return _sample(argument[3])
        case op.ATOMIC_GROUP:
            return _sample(argument)
        case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
            return _sample(argument[2]) * max(1, min(argument[0], 20))
    return ""


_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_CANDIDATES = "aA1 _-./:=\"'`\n\t(){}[]<>,;*+#@!$%&|~^\\é\x02"
_MEMBERS = {
    op.CATEGORY_DIGIT: str.isdigit,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda sign: sign.isalnum() or sign == "_",
    op.CATEGORY_NOT_DIGIT: lambda sign: not sign.isdigit(),
    op.CATEGORY_NOT_SPACE: lambda sign: not sign.isspace(),
    op.CATEGORY_NOT_WORD: lambda sign: not (sign.isalnum() or sign == "_"),
}


def _member(choices: Any) -> str:
    for sign in _CANDIDATES:
        if _fits(sign, choices):
            return sign
    for code, argument in choices:
        if code is op.LITERAL:
            return chr(argument)
        if code is op.RANGE:
            return chr(argument[0])
    return "a"


def _fits(sign: str, choices: Any) -> bool:
    negated = choices[0][0] is op.NEGATE
    return any(_is_in(sign, *choice) for choice in choices) is not negated


def _is_in(sign: str, code: Any, argument: Any) -> bool:
    match code:
        case op.LITERAL:
            return ord(sign) == argument
        case op.RANGE:
            return argument[0] <= ord(sign) <= argument[1]
        case op.CATEGORY:
            return bool(_MEMBERS[argument](sign))
    return False


SCANNERS = (
    "agentlint.documents.dotenv",
    "agentlint.documents.dockerfile",
    "agentlint.documents.yaml_events",
)
"""Rooms that move over a text once: they match each pattern where they stand and never search."""
_SEARCHES = ("search", "finditer", "findall", "sub", "split")


@cache
def _is_searched_for(expression: Expression) -> bool:
    """Whether its module does more with the constant than match it where a scanner stands."""
    if expression.place.startswith(SCANNERS):
        return False
    module, _, name = expression.place.rpartition(".")
    if not name.startswith("_") or not name.isupper():
        return True
    source = ROOT.joinpath("src", *module.split(".")).with_suffix(".py")
    if not source.exists():
        source = source.with_suffix("") / "__init__.py"
    uses = re.findall(rf"\b{name}\b(?:\.(\w+))?", source.read_text(encoding="utf-8"))[1:]
    return not uses or any(use in _SEARCHES or not use for use in uses)


@cache
def _compiled(expression: Expression) -> re.Pattern[Any]:
    return re.compile(_as_used(expression.pattern, expression), expression.flags)


def seconds(expression: Expression, text: str) -> float:
    """How long an expression takes the way it is used: searched for, or matched at one place."""
    compiled, subject = _compiled(expression), _as_used(text, expression)
    started = time.process_time()
    if _is_searched_for(expression):
        for _ in compiled.finditer(subject):
            pass
    compiled.match(subject)
    return time.process_time() - started


def _as_used(text: str, expression: Expression) -> Any:
    return text.encode("latin-1", "replace") if expression.for_bytes else text


def steepest(expression: Expression) -> tuple[float, str]:
    """By how much more time the longer text takes, at worst, and its first characters."""
    worst = (0.0, "")
    texts = sorted(worst_texts(expression.pattern, expression.flags))
    for short in random.Random(1).sample(texts, min(MOST_TEXTS, len(texts))):
        base = seconds(expression, short + NEAR_MISS)
        if base < TELLING:
            continue
        longer = short * (LONG // SHORT) + NEAR_MISS
        taken = seconds(expression, longer)
        if taken > max(FLOOR, GROWTH * base):
            base = max(base, *(seconds(expression, short + NEAR_MISS) for _ in range(2)))
            taken = min(taken, seconds(expression, longer))
        if taken > FLOOR:
            worst = max(worst, (taken / base, short[:40]))
        if worst[0] > GROWTH:
            break
    return worst


def test_time_grows_with_the_text_and_no_faster(expressions: list[Expression]) -> None:
    steep = {
        f"{expression.place}: {expression.pattern[:60]}": found
        for expression in expressions
        if (found := steepest(expression))[0] > GROWTH
    }
    assert steep == {}


TURNS = (6, 9, 12, 15, 18, 24)
DRAWN = 24
"""Turns of a loop that are drawn: with and without its optional parts, by any of its branches."""
AT_ONCE = 0.02
"""Seconds in which a text of a few dozen turns is done with."""


def turns_without_end(expression: Expression) -> str | None:
    """A text of few turns of a loop that takes long, as each turn can be read in several ways."""
    rng = random.Random(1)
    for before, inner in _loops(_parser.parse(expression.pattern, expression.flags)):
        for turn in {_drawn(inner, rng) for _ in range(DRAWN)} - {""}:
            for turns in TURNS:
                text = before + turn * turns + NEAR_MISS
                if _seconds_at_once(expression, text) > AT_ONCE:
                    if min(_seconds_at_once(expression, text) for _ in range(2)) > AT_ONCE:
                        return text
                    break
    return None


def _seconds_at_once(expression: Expression, text: str) -> float:
    compiled, subject = _compiled(expression), _as_used(text, expression)
    started = time.process_time()
    compiled.search(subject)
    compiled.fullmatch(subject)
    return time.process_time() - started


def _drawn(items: Any, rng: random.Random) -> str:
    """A text that a parsed expression matches, lookarounds and references left aside."""
    return "".join(_drawn_of(code, argument, rng) for code, argument in items)


def _drawn_of(code: Any, argument: Any, rng: random.Random) -> str:
    match code:
        case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
            least, most, inner = argument
            times = rng.choice((least, max(1, least), least + 2))
            return "".join(_drawn(inner, rng) for _ in range(min(times, most, 20)))
        case op.IN:
            fitting = [s for s in _CANDIDATES if _fits(s, argument)]
            return rng.choice(fitting) if fitting else _member(argument)
        case op.BRANCH:
            return _drawn(rng.choice(argument[1]), rng)
        case op.SUBPATTERN:
            return _drawn(argument[3], rng)
        case op.ATOMIC_GROUP:
            return _drawn(argument, rng)
    return _sample_of(code, argument)


def test_no_few_turns_of_a_loop_take_long(expressions: list[Expression]) -> None:
    endless = {
        f"{expression.place}: {expression.pattern[:60]}": text
        for expression in expressions
        if (text := turns_without_end(expression)) is not None
    }
    assert endless == {}


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:\x00[\s,`]{0,6}(?:and|or)?[\s`]{0,4}){1,20}$",
        r"(?:a?b?a?){1,30}c",
        r"(?:\w{1,9}){1,30}:",
    ],
)
def test_a_loop_whose_turns_can_be_read_in_several_ways_is_noticed(pattern: str) -> None:
    assert turns_without_end(Expression("here", pattern, 0, False)) is not None


def test_every_pattern_is_found(expressions: list[Expression]) -> None:
    places = {expression.place.rpartition(".")[0] for expression in expressions}
    assert len(expressions) > 200
    assert {expression.for_bytes for expression in expressions} == {True, False}
    assert any(place.startswith("agentlint.facts.detectors.secrets") for place in places)


@pytest.mark.parametrize("pattern", [r"a*b", r"\s+$", r"<!--.*?-->"])
def test_a_pattern_that_takes_the_square_of_the_time_is_noticed(
    pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A third of the size is enough to tell, and a square of the whole size takes long: nine times as long.
    monkeypatch.setitem(globals(), "SHORT", SHORT // 3)
    monkeypatch.setitem(globals(), "LONG", LONG // 3)
    monkeypatch.setitem(globals(), "FLOOR", FLOOR / 9)
    monkeypatch.setitem(globals(), "TELLING", TELLING / 9)
    monkeypatch.setitem(globals(), "MOST_TEXTS", 1000)
    assert steepest(Expression("here", pattern, 0, False))[0] > GROWTH
