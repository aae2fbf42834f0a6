"""Twice as much of anything takes about twice as long: no join and no report grows with the square."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest
from tests.hostile.growth import configs, instructions, pipelines, programs, repositories
from tests.hostile.growth.shape import SHAPES, Files, Shape

from agentlint.config import Profile, Settings
from agentlint.engine import Run, run
from agentlint.facts.detectors.redaction import masks
from agentlint.reporters import FORMATS, render

SOURCES = (configs, instructions, pipelines, programs, repositories)
"""Where the shapes are; each adds its own."""
TIMES = 4
FLOOR = 0.4
"""Seconds of processor time below which a run says nothing of how time grows."""
GROWTH = 2.5 * TIMES
UNREAD = re.compile(
    r"not valid|longer than|more than [\d,]+ (lines|keys and values|aliases|merge keys)"
)
"""What is said of a file of which a limit or a fault leaves nothing to do: it would pass at any speed."""


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_time_grows_with_the_number(shape: Shape, tmp_path: Path) -> None:
    """What else the machine does may slow one long run, and does not slow three."""
    few = SHAPES[shape]
    ratios = []
    for turn in range(3):
        taken = _seconds(shape(few * TIMES), tmp_path / f"many{turn}")
        if taken <= FLOOR:
            return
        ratios.append(taken / _seconds(shape(few), tmp_path / f"few{turn}"))
        if ratios[-1] < GROWTH:
            return
    pytest.fail(f"{TIMES} times as many take {min(ratios):.1f} times as long")


def _seconds(files: Files, root: Path) -> float:
    """Processor time of a run over files and of a report in every format."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    masks.cache_clear()
    started = time.process_time()
    report = run(Run(root, (root,), Settings(profile=Profile.STRICT), date(2026, 11, 20)))
    for name in FORMATS:
        render(name, report)
    taken = time.process_time() - started
    assert report.files_read == len(files)
    assert not [notice for notice in report.notices if UNREAD.search(notice.message)]
    return taken


def test_patterns_of_a_strangers_settings_cannot_hang_the_run(tmp_path: Path, agentlint) -> None:
    patterns = [f'"a{number}*b*c"' for number in range(1000)]
    silenced = "".join(f'{pattern} = ["hardcoded-model-id"]\n' for pattern in patterns)
    settings = f"exclude = [{', '.join(patterns)}]\n[per-file-ignores]\n{silenced}"
    (tmp_path / "agentlint.toml").write_text(settings)
    (tmp_path / "AGENTS.md").write_text("Always use `gpt-5.4` for reviews.\n\n" * 2000)
    started = time.monotonic()
    assert agentlint(tmp_path, "check").returncode == 1
    assert time.monotonic() - started < 20
    one_more = settings.replace("exclude = [", 'exclude = ["x", ')
    (tmp_path / "agentlint.toml").write_text(one_more)
    refused = agentlint(tmp_path, "check")
    assert refused.returncode == 2
    assert refused.stderr == "Error: agentlint.toml: exclude: more than 1,000 entries\n"
