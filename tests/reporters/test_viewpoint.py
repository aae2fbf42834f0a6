"""People are told paths from where they stand, and machines from the root."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from agentlint.reporters import FORMATS, Report, render
from agentlint.reporters.viewpoint import Viewpoint

_PATHS = st.lists(st.sampled_from(["a", "b", "c d", ".x"]), min_size=1, max_size=4).map("/".join)


@given(folder=_PATHS, path=_PATHS)
def test_a_path_is_told_as_the_system_would(folder: str, path: str) -> None:
    told = Viewpoint(folder=folder).path(path)
    assert os.path.normpath(f"/r/{folder}/{told}") == f"/r/{path}"
    # A file cannot be a folder that the reader stands in or above.
    if not f"{folder}/".startswith(f"{path}/"):
        assert told == os.path.relpath(f"/r/{path}", f"/r/{folder}")


def test_from_outside_and_at_the_root() -> None:
    assert Viewpoint(way="../r").path("a/b.md") == "../r/a/b.md"
    assert Viewpoint(way="r").path("b.md") == "r/b.md"
    assert Viewpoint().path("a/b.md") == "a/b.md"
    assert Viewpoint(folder="a").path("") == ""


@pytest.mark.parametrize("form", FORMATS)
def test_formats_for_machines_are_the_same_from_everywhere(form: str, faulty: Report) -> None:
    elsewhere = render(form, replace(faulty, viewpoint=Viewpoint(folder="sub")))
    if form in ("full", "concise"):
        assert "../AGENTS.md:3:15" in elsewhere
        assert "../CLAUDE.md:1: notice[not-text]" in elsewhere
    else:
        assert elsewhere == render(form, faulty)
