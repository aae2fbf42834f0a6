"""When facts of an earlier run are those of this very agentlint, and what finding out costs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agentlint.discovery import listing
from agentlint.engine import tool_version as versions
from agentlint.engine.cache import Cache, Entry


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module that agentlint is made of."""
    module = tmp_path / "module.py"
    module.write_text("A = 1\n")
    monkeypatch.setattr(versions, "_files", lambda: iter([str(module)]))
    monkeypatch.setattr(listing, "RACY_NS", 0)
    return module


def told(monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, bytes]:
    """The version and the installation, as another process would tell them."""
    for name in ("tool_version", "installation"):
        getattr(versions, name).cache_clear()
        monkeypatch.setattr(f"agentlint.engine.cache.{name}", getattr(versions, name))
    return versions.tool_version(), versions.installation()


def test_a_changed_module_is_another_version(module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version, installation = told(monkeypatch)
    module.write_text("A = 'more'\n")
    after = told(monkeypatch)
    assert after[0] != version
    assert after[1] != installation


def test_a_copy_of_the_same_module_is_the_same_version(
    module: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version, installation = told(monkeypatch)
    os.utime(module, (1, 1))
    after = told(monkeypatch)
    assert after[0] == version
    assert after[1] != installation


def test_a_module_changed_a_moment_ago_vouches_for_nothing(
    module: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "RACY_NS", 1 << 62)
    assert told(monkeypatch)[1] == b""


def test_of_an_untouched_installation_nothing_is_read(
    module: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, root = tmp_path / "cache", tmp_path / "root"
    kept = {b"key": Entry(None, b"digest", b"facts")}
    told(monkeypatch)
    cache = Cache.of(folder, root)
    assert cache
    cache.save(kept, {}, whole=True)
    told(monkeypatch)

    def refuse() -> bytes:
        raise AssertionError("read")

    monkeypatch.setattr("agentlint.engine.cache.tool_version", refuse)
    again = Cache.of(folder, root)
    assert again
    assert again.entries == kept


def test_a_reinstalled_agentlint_keeps_the_facts_and_vouches_anew(
    module: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, root = tmp_path / "cache", tmp_path / "root"
    kept = {b"key": Entry(None, b"digest", b"facts")}
    told(monkeypatch)
    cache = Cache.of(folder, root)
    assert cache
    cache.save(kept, {}, whole=True)
    os.utime(module, (1, 1))
    _, installation = told(monkeypatch)
    again = Cache.of(folder, root)
    assert again
    assert again.entries == kept
    again.save(kept, {}, whole=True)
    written = Cache.of(folder, root)
    assert written
    assert written.installation == installation
