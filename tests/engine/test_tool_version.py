"""When facts of an earlier run are those of this very agentlint, and what finding out costs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agentlint.discovery import listing
from agentlint.engine import tool_version as versions
from agentlint.engine.cache import Cache, Entry


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A module that agentlint is made of."""
    module = tmp_path / "module.py"
    module.write_text("A = 1\n")
    monkeypatch.setattr(versions, "_files", lambda: iter([str(module)]))
    monkeypatch.setattr(listing, "RACY_NS", 0)
    yield module
    anew()


def anew() -> None:
    """As another process begins."""
    versions.tool_version.cache_clear()
    versions.installation.cache_clear()


def told() -> tuple[bytes, bytes]:
    """The version and the installation, as another process tells them."""
    anew()
    return versions.tool_version(), versions.installation()


def test_a_changed_module_is_another_version(module: Path) -> None:
    version, installation = told()
    module.write_text("A = 'more'\n")
    after = told()
    assert after[0] != version
    assert after[1] != installation


def test_a_copy_of_the_same_module_is_the_same_version(module: Path) -> None:
    version, installation = told()
    os.utime(module, (1, 1))
    after = told()
    assert after[0] == version
    assert after[1] != installation


def test_a_module_changed_a_moment_ago_vouches_for_nothing(
    module: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "RACY_NS", 1 << 62)
    assert told()[1] == b""


@pytest.fixture
def cache(module: Path, tmp_path: Path) -> Callable[[], Cache]:
    """Opens what a run has kept, as another process does."""
    kept = {b"key": Entry(None, b"digest", b"facts")}

    def opened() -> Cache:
        anew()
        found = Cache.of(tmp_path / "cache", tmp_path / "root")
        assert found
        return found

    opened().save(kept, {}, whole=True)
    return opened


def test_of_an_untouched_installation_nothing_is_read(
    cache: Callable[[], Cache], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "open", None, raising=False)
    assert cache().entries.keys() == {b"key"}


def test_a_reinstalled_agentlint_keeps_the_facts_and_vouches_anew(
    module: Path, cache: Callable[[], Cache]
) -> None:
    before = cache().installation
    os.utime(module, (1, 1))
    again = cache()
    assert again.entries.keys() == {b"key"}
    again.save(again.entries, {}, whole=True)
    assert cache().installation not in ("", before)
