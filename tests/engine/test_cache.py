"""The cache changes the time that a run takes, and nothing else."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import random
import re
import shutil
import string
import time
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.pages.case_files import case_files

from agentlint.config import Settings
from agentlint.discovery import Candidate, listing
from agentlint.engine import Run, bulk, cache_files, run
from agentlint.engine import cache as caching
from agentlint.engine import files as reading
from agentlint.engine.cache import Cache, Entry, clean
from agentlint.engine.texts import Unopened
from agentlint.facts.fact import Fact
from agentlint.facts.files.serialization import restored, stored
from agentlint.reporters import render

running = importlib.import_module("agentlint.engine.run")

TODAY = date(2026, 11, 20)
TEXTS = (
    "Always use `gpt-5.4`.\n",
    "Always use `gpt-5.5`.\n",
    "# Team\n\nKeep it short.\n",
    "Always use `gpt-5.4`. <!-- agentlint: ignore[hardcoded-model-id] pinned -->\n",
    "<!-- agentlint: ignore[hardcoded-model-id] pinned -->\nNothing.\n",
    "model_list:\n- {model_name: a, litellm_params: {model: o/x, api_key: os.environ/K}}\n",
    "model_list:\n- {model_name: a, litellm_params: {model: o/y}}\nrouter_settings: [\n",
    "routes:\n- {alias: writer, model: gpt-5.4}\n",
    "caf\udce9\n",
    "",
)
NAMES = ("AGENTS.md", "a/CLAUDE.md", "a/AGENTS.md", "litellm.yaml", "b/routes.yaml", "b/data.json")
Tree = dict[str, str]
_TICK = 0.02
"""Longer than the clock of a file system stands still, in seconds."""
_SAMPLE = re.compile(
    r"^(?P<fence>`{3,5})\w+ path=(?P<path>\S+)[^\n]*\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


@pytest.fixture(autouse=True)
def every_run_counts_as_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MANY", 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root").mkdir()
    return tmp_path / "root"


def write(root: Path, tree: Tree) -> None:
    for name, text in tree.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode("utf-8", "surrogateescape"))


def age(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the state of a file tell at once whether it has changed."""
    monkeypatch.setattr(listing, "RACY_NS", -1_000_000_000)


def checked(root: Path, cache: Path | None, *paths: Path) -> str:
    report = run(Run(root, paths or (root,), Settings(), TODAY, cache=cache))
    assert not report.failed
    return render("json", report)


def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read from now on, by their absolute paths."""
    seen: list[str] = []
    read = bulk.bytes_of

    def counted(candidate: Candidate) -> bytes:
        seen.append(candidate.file)
        return read(candidate)

    monkeypatch.setattr(bulk, "bytes_of", counted)
    return seen


_EDIT = st.tuples(st.sampled_from(NAMES), st.sampled_from((*TEXTS, None)))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rounds=st.lists(st.lists(_EDIT, max_size=4), min_size=2, max_size=4),
    part=st.booleans(),
    aged=st.booleans(),
)
def test_a_warm_run_says_what_a_cold_one_says(
    rounds: list[list[tuple[str, str | None]]], part: bool, aged: bool, root: Path, folder: Path
) -> None:
    for left in (root, folder):
        shutil.rmtree(left, ignore_errors=True)
    (root / "a").mkdir(parents=True)
    with pytest.MonkeyPatch.context() as monkeypatch:
        if aged:
            age(monkeypatch)
        for edits in rounds:
            for name, text in edits:
                if text is None:
                    (root / name).unlink(missing_ok=True)
                else:
                    write(root, {name: text})
            paths = (root / "a",) if part else (root,)
            assert checked(root, folder, *paths) == checked(root, None, *paths)
            assert checked(root, folder) == checked(root, None)
            time.sleep(_TICK if aged else 0)


def test_a_file_that_is_as_it_was_is_not_read_again(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, dict(zip(NAMES, TEXTS, strict=False)))
    age(monkeypatch)
    cold = checked(root, folder)
    seen = reads(monkeypatch)
    assert checked(root, folder) == cold
    assert seen == []
    write(root, {"a/CLAUDE.md": "Always use `gpt-5.3`.\n"})
    assert checked(root, folder) == checked(root, None) != cold
    assert seen == [str(root / "a/CLAUDE.md")]


def test_files_of_no_interest_are_not_read_again_beside_a_new_one(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, {"a/data.json": "{}", "a/other.yaml": "name: x\n", "a/AGENTS.md": TEXTS[0]})
    age(monkeypatch)
    checked(root, folder)
    seen = reads(monkeypatch)
    write(root, {"a/new.yaml": "name: y\n"})
    checked(root, folder)
    assert seen == [str(root / "a/new.yaml")]


def test_a_file_that_was_of_no_interest_is_read_once_it_has_changed(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(monkeypatch)
    write(root, {"b/routes.yaml": "name: x\n", "AGENTS.md": TEXTS[0]})
    plain = checked(root, folder)
    for text in (TEXTS[5], "name: y\n"):
        write(root, {"b/routes.yaml": text})
        assert checked(root, folder) == checked(root, None)
        assert checked(root, folder) == checked(root, None)
    assert checked(root, folder) == plain


def test_a_link_makes_an_instruction_of_what_was_of_no_interest(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(monkeypatch)
    write(root, {"docs/data.json": "Always use `gpt-5.4`.\n"})
    assert "gpt-5.4" not in checked(root, folder)
    (root / "CLAUDE.md").symlink_to("docs/data.json")
    for _ in range(2):
        assert "gpt-5.4" in checked(root, folder) == checked(root, None)
    (root / "CLAUDE.md").unlink()
    assert "gpt-5.4" not in checked(root, folder)


def test_a_change_within_the_clock_of_the_file_system_is_seen(root: Path, folder: Path) -> None:
    write(root, {"AGENTS.md": "Always use `gpt-5.4`.\n"})
    before = (root / "AGENTS.md").stat()
    checked(root, folder)
    write(root, {"AGENTS.md": "Always use `gpt-5.2`.\n"})
    os.utime(root / "AGENTS.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "gpt-5.2" in checked(root, folder)


def test_a_time_that_is_set_back_hides_no_change(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(monkeypatch)
    write(root, {"AGENTS.md": "Always use `gpt-5.4`.\n"})
    before = (root / "AGENTS.md").stat()
    checked(root, folder)
    time.sleep(0.02)
    write(root, {"AGENTS.md": "Always use `gpt-5.2`.\n"})
    os.utime(root / "AGENTS.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "gpt-5.2" in checked(root, folder)


def test_what_has_only_a_new_time_is_not_parsed_again(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(monkeypatch)
    write(root, {"AGENTS.md": TEXTS[0], "litellm.yaml": TEXTS[5]})
    cold = checked(root, folder)

    def refuse(*args: object) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr(bulk, "load_bytes", refuse)
    os.utime(root / "AGENTS.md", (1, 1))
    assert checked(root, folder) == cold


def test_another_version_of_the_tool_starts_anew(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(monkeypatch)
    write(root, {"AGENTS.md": TEXTS[0]})
    checked(root, folder)
    monkeypatch.setattr(caching, "tool_version", lambda: b"another")
    monkeypatch.setattr(caching, "installation", lambda: b"another")
    seen = reads(monkeypatch)
    checked(root, folder)
    assert seen == [str(root / "AGENTS.md")]


def test_the_same_name_read_as_another_kind_is_another_entry(root: Path, folder: Path) -> None:
    write(root, {"notes.markdown": TEXTS[0]})
    for paths in ((root,), (root / "notes.markdown",), (root,)):
        assert checked(root, folder, *paths) == checked(root, None, *paths)


def test_a_page_that_its_front_matter_makes_an_instruction_file_stays_one(
    root: Path, folder: Path
) -> None:
    page = "---\nname: r\nmodel: sonnet\n---\nKeep it short.\n"
    write(root, {"claude/agents/r.md": page})
    for paths in ((), (root / "claude/agents/r.md",)):
        alone = checked(root, None, *paths)
        assert "not-known" not in alone
        assert [checked(root, folder, *paths) for _ in range(2)] == [alone, alone]
    request = Run(root, (root,), Settings(), TODAY, cache=folder)
    [file] = running.collect(request).project.files
    assert file.kind == "instruction"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1 << 32), cut=st.booleans())
def test_damage_is_dropped_in_silence(seed: int, cut: bool, root: Path, folder: Path) -> None:
    write(root, dict(zip(NAMES, TEXTS, strict=False)))
    cold = checked(root, folder)
    [file] = folder.glob("*.facts")
    data = bytearray(file.read_bytes())
    place = random.Random(seed).randrange(len(data))
    if cut:
        del data[place:]
    else:
        data[place] ^= 1 << (seed % 8)
    file.write_bytes(data)
    assert checked(root, folder) == cold


@pytest.mark.parametrize("kind", ["folder", "link", "device", "closed"])
def test_what_is_no_cache_is_left_alone(kind: str, root: Path, folder: Path) -> None:
    write(root, {"AGENTS.md": TEXTS[0]})
    cold = checked(root, folder)
    [file] = folder.glob("*.facts")
    kept = file.read_bytes()
    file.unlink()
    if kind == "folder":
        file.mkdir()
    elif kind == "link":
        (folder.parent / "elsewhere").write_bytes(kept)
        file.symlink_to(folder.parent / "elsewhere")
    elif kind == "device":
        os.mkfifo(file)
    else:
        folder.chmod(0o500)
    assert checked(root, folder) == cold
    folder.chmod(0o700)
    if kind == "link":
        assert (folder.parent / "elsewhere").read_bytes() == kept


def test_facts_of_every_kind_come_back_as_they_were(root: Path) -> None:
    samples = (_SAMPLE.finditer(page.read_text(encoding="utf-8")) for page in case_files())
    for number, sample in enumerate(chain.from_iterable(samples)):
        write(root / str(number), {sample["path"]: sample["text"]})
    write(root, {"hidden/AGENTS.md": "Keep\u200b it short.\n"})
    kinds: set[str] = set()
    for file in running.collect(Run(root, (root,), Settings(), TODAY)).project.files:
        [data] = stored([file])
        if data is not None:
            assert restored(data) == file
            kinds |= {type(fact).__name__ for fact in file.facts}
    of_secrets, of_changes = {"SecretCandidate", "DefaultCredential"}, {"RouteMove"}
    assert kinds == {kind.__name__ for kind in get_args(Fact)} - of_secrets - of_changes


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x80", b"\x93\x01\x02\x03", b"\xa1x"])
def test_bytes_that_are_no_facts_are_none(data: bytes) -> None:
    assert restored(data) is None


def test_a_text_that_changes_while_it_is_checked_is_read_anew(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, {"AGENTS.md": "Always use `gpt-5.4`.\n"})
    open_text = Unopened.open

    def changed(self: Unopened) -> object:
        write(root, {"AGENTS.md": "\n\nAlways use `gpt-5.2`.\n"})
        return open_text(self)

    monkeypatch.setattr(Unopened, "open", changed)
    told = checked(root, folder)
    assert "gpt-5.2" in told
    assert "gpt-5.4" not in told


def _check_often(root: Path, folder: Path, seed: int, expected: str) -> None:
    chance = random.Random(seed)
    for _ in range(6):
        if chance.random() < 0.3:
            for file in folder.glob("*.facts"):
                file.unlink(missing_ok=True)
        assert checked(root, folder) == expected


def test_runs_beside_each_other_do_no_harm(root: Path, folder: Path) -> None:
    write(root, {f"{number}-{name}": text for number in range(5) for name, text in trees()})
    expected = checked(root, None)
    context = multiprocessing.get_context("fork")
    running_beside = [
        context.Process(target=_check_often, args=(root, folder, seed, expected))
        for seed in range(4)
    ]
    for process in running_beside:
        process.start()
    for process in running_beside:
        process.join()
    assert [process.exitcode for process in running_beside] == [0] * 4
    assert not list(folder.glob("*.draft"))


def trees() -> Iterator[tuple[str, str]]:
    yield from zip(("AGENTS.md", "x.instructions.md", "litellm.yaml"), TEXTS[3:6], strict=True)


def test_a_run_over_the_root_forgets_files_that_are_gone(root: Path, folder: Path) -> None:
    write(root, {"AGENTS.md": TEXTS[0], "a/CLAUDE.md": TEXTS[1]})
    checked(root, folder)
    checked(root, folder, root / "a")
    assert _kept(root, folder) == 2
    (root / "AGENTS.md").unlink()
    checked(root, folder, root / "a")
    assert _kept(root, folder) == 2
    checked(root, folder)
    assert _kept(root, folder) == 1


def _kept(root: Path, folder: Path) -> int:
    cache = Cache.of(folder, root)
    assert cache is not None
    return len(cache.entries)


def test_names_that_may_be_credentials_or_are_no_text_are_not_kept(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(monkeypatch)
    token = "ghp_" + "".join(random.Random(7).choices(string.ascii_letters + string.digits, k=36))
    write(root, {f"{token}/AGENTS.md": TEXTS[0], "a/x.json": "{}", "b/CLAUDE.md": TEXTS[1]})
    (root / "a" / os.fsdecode(b"\xff.json")).write_text("{}")
    for _ in range(2):
        assert checked(root, folder) == checked(root, None)
        cache = Cache.of(folder, root)
        assert cache is not None
        assert set(cache.listings) == {"b/"}
        assert token not in "".join(chain.from_iterable(map(_told, cache.listings.values())))
    written = cache.file.stat().st_mtime_ns
    checked(root, folder)
    assert cache.file.stat().st_mtime_ns == written


def _told(listing: listing.Listing) -> Iterator[str]:
    yield from listing.folders
    yield from (name for name, _, _ in listing.files)


def test_the_cache_is_bounded(folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "MAX_BYTES", 5_000)
    monkeypatch.setattr(cache_files, "MAX_FOLDER_BYTES", 20_000)
    for number in range(20):
        other = root / str(number)
        cache = Cache.of(folder, other)
        assert cache is not None
        entries = {bytes([at]): Entry(None, b"d", bytes(1_000)) for at in range(10)}
        cache.save(entries, {}, whole=True)
        assert 0 < _kept(other, folder) < 5
    sizes = [file.stat().st_size for file in folder.glob("*.facts")]
    assert sum(sizes) <= 20_000
    assert len(sizes) > 2


def test_the_folder_ignores_itself_and_is_cleaned(root: Path, folder: Path) -> None:
    write(root, {"AGENTS.md": TEXTS[0]})
    checked(root, folder)
    assert (folder / ".gitignore").read_text() == "*\n"
    assert (
        (folder / "CACHEDIR.TAG")
        .read_text()
        .startswith("Signature: 8a477f597d28d172789f06886806bc55")
    )
    assert clean(folder) == 1
    assert not list(folder.glob("*.facts"))
    assert clean(folder) == clean(folder.parent / "nowhere") == 0


def test_the_files_around_a_few_are_known_as_well(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hook names one file, and its findings hang on the route tables of the whole root."""
    age(monkeypatch)
    write(root, {f"{number}/litellm.yaml": TEXTS[5] for number in range(5)})
    write(root, {"AGENTS.md": TEXTS[0], "litellm.yaml": TEXTS[5].replace(" a,", " b,")})
    expected = checked(root, None, root / "litellm.yaml")
    assert checked(root, folder, root / "litellm.yaml") == expected
    seen = reads(monkeypatch)
    assert checked(root, folder, root / "litellm.yaml") == expected
    assert seen == []
