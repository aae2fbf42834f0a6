"""The site is built from the README, docs/ and the rules' own pages, and every link leads somewhere."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from agentlint.knowledge.pages import rule_pages

ROOT = Path(__file__).parents[1]


@pytest.mark.skipif(
    importlib.util.find_spec("mkdocs") is None, reason="needs mkdocs, of the dependency group docs"
)
def test_the_site_builds_without_a_warning_and_has_every_rule(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    pages = {page.stem for page in (tmp_path / "site/rules").glob("*.html")}
    assert pages == {*rule_pages(), "index"}
    shown = (tmp_path / "site/rules/literal-secret.html").read_text(encoding="utf-8")
    assert "toml rule" not in shown
    assert "path=" not in shown
    for page in rule_pages().values():
        shown = (tmp_path / f"site/rules/{page.id}.html").read_text(encoding="utf-8")
        article = shown.partition('itemprop="articleBody"')[2].partition("<h2")[0]
        assert article.count("<li>") == len(re.findall("^- ", page.prose, re.MULTILINE))
