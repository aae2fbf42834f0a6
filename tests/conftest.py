"""What every test may use: a repository made of texts, checked as of a fixed day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from agentlint.config import Settings, read_settings
from agentlint.engine import Run, run
from agentlint.engine.fixing import FixRun, fix
from agentlint.knowledge.pages import rule_pages
from agentlint.reporters import Report
from agentlint.reporters.concise_format import finding_line, notice_line

TODAY = date(2026, 11, 20)

# How long an example takes tells of the machine; tests of time measure by themselves.
settings.register_profile("no-deadline", settings(), deadline=None)
settings.load_profile("no-deadline")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-pages", action="store_true", help="write what rules say into their pages"
    )
    parser.addoption(
        "--hostile-scale",
        type=int,
        default=1,
        help="multiply the size of hostile files (20 makes them as large as a file may be)",
    )


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder for each test, so that none reads or fills that of whoever runs them."""
    folder = tmp_path_factory.mktemp("caches")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder / "agentlint"


@pytest.fixture
def check(tmp_path: Path) -> Callable[[Mapping[str, str]], Report]:
    """Write files below a fresh root and check them, with the settings that they hold."""

    def checked(files: Mapping[str, str]) -> Report:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        config = tmp_path / "agentlint.toml"
        settings = read_settings(config, list(rule_pages())) if config.exists() else Settings()
        return run(Run(tmp_path, (tmp_path,), settings, TODAY))

    return checked


@pytest.fixture
def fixed(tmp_path: Path) -> Callable[[bool], FixRun]:
    """What fixes make of the files that `check` wrote, safe ones alone or unsafe ones as well."""

    def run_fixes(unsafe: bool) -> FixRun:
        return fix(Run(tmp_path, (tmp_path,), Settings(), TODAY), unsafe=unsafe)

    return run_fixes


@pytest.fixture
def lines() -> Callable[[Report], list[str]]:
    """What the concise format prints of a report, without its summary line."""

    def printed(report: Report) -> list[str]:
        findings = [finding_line(finding, report) for finding in report.findings]
        return findings + [notice_line(notice) for notice in report.notices]

    return printed
