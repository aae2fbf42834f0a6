"""A credential that a file repeats is one finding, and what is said of it holds for each of its places."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from agentlint.config import Settings
from agentlint.engine import Run, run
from agentlint.reporters import Report

SERVER = "      POSTGRES_PASSWORD: postgres"
CLIENT = "      DB_PASSWORD: postgres"
ACCEPTED = "  # agentlint: ignore[default-credential] nobody else reaches it"


def checked(root: Path, server: str, client: str) -> Report:
    lines = ("services:", "  app:", "    environment:", client, "  db:", "    environment:", server)
    (root / "compose.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return run(Run(root, (root,), Settings(), date(2026, 11, 22)))


def test_the_other_places_are_told(tmp_path: Path) -> None:
    (finding,) = checked(tmp_path, SERVER, CLIENT).findings
    assert "`POSTGRES_PASSWORD`" in finding.message
    assert "repeated once" in finding.message
    (related,) = finding.related
    assert "`DB_PASSWORD`" in related.message
    assert related.location.span in finding.repeats


def test_a_comment_at_the_server_accepts_all(tmp_path: Path) -> None:
    report = checked(tmp_path, SERVER + ACCEPTED, CLIENT)
    assert report.findings == ()
    assert len(report.suppressed) == 1


def test_a_comment_at_a_client_is_not_unused_and_accepts_nothing(tmp_path: Path) -> None:
    (finding,) = checked(tmp_path, SERVER, CLIENT + ACCEPTED).findings
    assert finding.rule == "default-credential"


def test_comments_at_all_places_are_used(tmp_path: Path) -> None:
    assert checked(tmp_path, SERVER + ACCEPTED, CLIENT + ACCEPTED).findings == ()


@pytest.mark.parametrize("client", [CLIENT, "      DB_PASSWORD: ${DB_PASSWORD:?}"])
def test_what_a_client_says_leaves_the_fingerprint(client: str, tmp_path: Path) -> None:
    alone = checked(tmp_path, SERVER, "      DEBUG: true").findings[0]
    (finding,) = checked(tmp_path, SERVER, client).findings
    assert finding.fingerprint == alone.fingerprint
