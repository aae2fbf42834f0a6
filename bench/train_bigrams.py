"""Train the bigram table that tells random strings from worded ones, and print how well it does.

    python bench/train_bigrams.py            # figures only
    python bench/train_bigrams.py --write    # also rewrite rules/data/randomness.toml

Trained on text that any development environment has: the Python files of the standard library and
the files of the installed packages. One file in five (by a hash of its name) is held out; the worded
values that give the false positive rate come from those files only.
"""

from __future__ import annotations

import argparse
import base64
import math
import random
import re
import string
import sysconfig
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from agentlint.facts.detectors.secrets.randomness import SYMBOLS, Judge, symbols

TABLE = Path(__file__).parents[1] / "rules" / "data" / "randomness.toml"
SUFFIXES = {".py", ".pyi", ".md", ".rst", ".txt", ".toml", ".cfg", ".json"}
LARGEST_FILE = 300_000
USUAL_ENTROPY = 3.5
# What stands in quotes or code is the nearest kin of a config value, and a run of base64 is not a
# word: both the training words and the held-out values leave such runs out by the same test.
WORD = re.compile(r"(?<![A-Za-z0-9+/=_-])[A-Za-z][A-Za-z0-9_-]{2,60}(?![A-Za-z0-9+/=_-])")
VALUE = re.compile(
    r"(?<![\w+/=.-])[A-Za-z][A-Za-z0-9]{1,30}(?:[-_.][A-Za-z0-9]{1,30}){0,12}(?![\w+/=.-])"
)
ALPHABETS: dict[str, tuple[str, tuple[int, ...]]] = {
    "base62": (string.ascii_letters + string.digits, (12, 16, 20, 22, 24, 32, 40)),
    "base64url": (string.ascii_letters + string.digits + "-_", (22, 32, 43, 93)),
    "base64": (string.ascii_letters + string.digits + "+/", (28, 40, 64)),
    "letters": (string.ascii_letters, (34,)),
    "lower and digits": (string.ascii_lowercase + string.digits, (24, 32, 48)),
    "upper and digits": (string.ascii_uppercase + string.digits, (24, 36)),
    "base32": (string.ascii_uppercase + "234567", (16,)),
    "hex": (string.digits + "abcdef", (32, 40, 64)),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="rewrite rules/data/randomness.toml")
    parser.add_argument("--samples", type=int, default=4000, help="random strings per shape")
    arguments = parser.parse_args()

    training, held_out = split_files(corpus_files())
    table = train(training)
    judge = Judge(table)
    values = worded_values(held_out)
    report = figures(judge, values, random.Random(20261120), arguments.samples)
    lines = [
        f"trained on {len(training)} files, {len(values)} worded values from {len(held_out)} others",
        *report,
    ]
    print("\n".join(lines))
    if arguments.write:
        TABLE.write_text(render(table, lines), encoding="utf-8")
        print(f"wrote {TABLE}")


def corpus_files() -> list[Path]:
    """Files of the standard library and of the installed packages, tests left out."""
    files = {
        path
        for root, unwanted in (
            (Path(sysconfig.get_path("stdlib")), {"test", "tests", "idlelib", "site-packages"}),
            (Path(sysconfig.get_path("purelib")), {"test", "tests", "_vendor"}),
        )
        for path in root.rglob("*")
        if path.suffix in SUFFIXES
        and not unwanted & set(path.relative_to(root).parts)
        and path.is_file()
        and path.stat().st_size <= LARGEST_FILE
    }
    return sorted(files)


def split_files(files: list[Path]) -> tuple[list[Path], list[Path]]:
    held_out = [path for path in files if zlib.crc32(path.name.encode()) % 5 == 0]
    return [path for path in files if path not in set(held_out)], held_out


def words_of(path: Path, pattern: re.Pattern[str]) -> Iterator[str]:
    for match in pattern.finditer(path.read_text(encoding="utf-8", errors="ignore")):
        yield match.group()


def train(files: list[Path]) -> bytes:
    """Log-likelihood ratios of random over worded text, one byte a pair of symbols.

    A word counts once a file, so that `self` does not become the whole language. Values are in 1/32
    bit around 128: above it the pair is likelier in a random string.
    """
    pairs: Counter[tuple[int, int]] = Counter()
    for path in files:
        for word in set(words_of(path, WORD)):
            if len(word) > 24 and sum(c.isdigit() for c in word) > len(word) / 5:
                continue
            codes = symbols(word)
            pairs.update(pairwise(codes))
    first: Counter[int] = Counter()
    for (a, _), count in pairs.items():
        first[a] += count
    table = bytearray()
    for a in range(SYMBOLS):
        for b in range(SYMBOLS):
            table.append(quantised(log_ratio(pairs[a, b], first[a], a, b)))
    return bytes(table)


DIGIT, OTHER = SYMBOLS - 2, SYMBOLS - 1


def log_ratio(pair: int, first: int, a: int, b: int) -> float:
    """How many bits `b` after `a` speaks for a random string. Separators and digit pairs say nothing."""
    if OTHER in (a, b) or a == b == DIGIT:
        return 0.0
    share_of_letters = 52 / 62
    by_chance = (1 - share_of_letters) if b == DIGIT else share_of_letters / 26
    worded = (pair + 0.5) / (first + 0.5 * SYMBOLS)
    return math.log2(by_chance / worded)


def quantised(bits: float) -> int:
    return max(0, min(255, round(bits * 32) + 128))


def worded_values(files: list[Path]) -> list[str]:
    """Distinct identifiers, kebab and dotted names of 16 to 100 characters that read as words."""
    values = {
        value
        for path in files
        for value in words_of(path, VALUE)
        if 16 <= len(value) <= 100 and sum(c.isdigit() for c in value) <= len(value) / 4
    }
    return sorted(values)


def figures(judge: Judge, values: list[str], rng: random.Random, samples: int) -> list[str]:
    thresholds = (0.0, 0.1, 0.2, 0.3)
    lines = ["threshold (bits a pair)   " + "".join(f"{t:>9}" for t in thresholds)]
    scores = [judge.score(value) for value in values]
    lines.append(row("false positives", [share(scores, t) for t in thresholds], ".2%"))
    by_entropy = share([entropy(value) for value in values], USUAL_ENTROPY)
    lines.append(f"false positives of Shannon entropy above {USUAL_ENTROPY} bits: {by_entropy:.1%}")
    for name, (alphabet, lengths) in ALPHABETS.items():
        for length in lengths:
            drawn = [judge.score(draw(rng, alphabet, length)) for _ in range(samples)]
            lines.append(
                row(f"kept: {name} x {length}", [share(drawn, t) for t in thresholds], ".1%")
            )
    return lines


def entropy(text: str) -> float:
    """Shannon entropy in bits a character."""
    shares = [count / len(text) for count in Counter(text).values()]
    return -sum(share * math.log2(share) for share in shares)


def draw(rng: random.Random, alphabet: str, length: int) -> str:
    return "".join(rng.choice(alphabet) for _ in range(length))


def share(scores: list[float], threshold: float) -> float:
    return sum(score > threshold for score in scores) / len(scores)


def row(label: str, shares: list[float], form: str) -> str:
    return f"{label:<26}" + "".join(f"{value:>9{form}}" for value in shares)


def render(table: bytes, lines: list[str]) -> str:
    figures_text = "\n".join(lines)
    return (
        "# Written by bench/train_bigrams.py --write; do not edit.\n"
        "# 28 x 28 bytes (a-z, digit, other) in base85: bits that a pair speaks for a random string,\n"
        "# in 1/32 around 128.\n"
        f"symbols = {SYMBOLS}\n"
        f"bigrams = '{base64.b85encode(zlib.compress(table, 9)).decode()}'\n"
        f"figures = '''\n{figures_text}\n'''\n"
    )


if __name__ == "__main__":
    main()
