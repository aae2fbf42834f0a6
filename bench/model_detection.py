"""How fast model IDs are found in Markdown, against one pass of a trivial regular expression.

    python bench/model_detection.py FOLDER

The ratio is what to compare between machines and versions: both are processor times over the same
texts in the same run, the best of three.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from agentlint.facts.detectors.model_ids import find_model_ids

TRIVIAL = re.compile(r"\d+")
SUFFIXES = frozenset({".md", ".mdc", ".markdown"})


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("skipped: give one folder of Markdown files")
        return 0
    texts = [
        path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(Path(arguments[0]).rglob("*"))
        if path.suffix in SUFFIXES and path.is_file()
    ]
    size = sum(len(text.encode("utf-8", errors="replace")) for text in texts) / 1e6
    print(f"{len(texts)} files, {size:.1f} MB")
    trivial = best_of_three(texts, lambda text: sum(1 for _ in TRIVIAL.finditer(text)))
    detector = best_of_three(texts, lambda text: sum(1 for _ in find_model_ids(text)))
    for name, (seconds, hits) in {r"\d+": trivial, "find_model_ids": detector}.items():
        print(f"  {name:15} {seconds:7.3f} s {size / seconds:8.1f} MB/s {hits:8} hits")
    print(f"  ratio {detector[0] / trivial[0]:.2f}")
    return 0


def best_of_three(texts: list[str], search: Callable[[str], int]) -> tuple[float, int]:
    runs: list[tuple[float, int]] = []
    for _ in range(3):
        started = time.process_time()
        hits = sum(map(search, texts))
        runs.append((time.process_time() - started, hits))
    return min(runs)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
