"""The diff that `--diff` prints: for tools where it can be, and never with a credential."""

from __future__ import annotations

import random

from tests.secret_samples import sample

from agentlint.facts.secret import SecretCandidate
from agentlint.findings import Confidence
from agentlint.reporters.diff import Version, unified_diff
from agentlint.text import SourceFile, Span


def diff(old: str, new: str, path: str = "a.yaml", *, bom: bool = False) -> str:
    return unified_diff(
        Version(SourceFile(path, old, bom)), Version(SourceFile(path, new, bom))
    ).text


def test_a_changed_line_stands_in_its_context() -> None:
    old = "".join(f"line {number}\n" for number in range(1, 10))
    assert diff(old, old.replace("line 5", "LINE 5")) == (
        "--- a/a.yaml\n+++ b/a.yaml\n@@ -2,7 +2,7 @@\n"
        " line 2\n line 3\n line 4\n-line 5\n+LINE 5\n line 6\n line 7\n line 8\n"
    )


def test_equal_texts_have_no_diff() -> None:
    assert diff("a\n", "a\n") == ""


def test_a_missing_last_line_end_is_told() -> None:
    end = "\n\\ No newline at end of file\n"
    assert diff("a", "a\nb").endswith(f"-a{end}+a\n+b{end}")


def test_far_changes_stand_in_hunks_of_their_own() -> None:
    old = "".join(f"{number}\n" for number in range(40))
    new = old.replace("\n3\n", "\nthree\n").replace("\n30\n", "\n30\nmore\n")
    hunks = [line for line in diff(old, new).splitlines() if line.startswith("@@")]
    assert hunks == ["@@ -1,7 +1,7 @@", "@@ -29,6 +29,7 @@"]


def test_line_ends_and_the_byte_order_mark_are_shown_as_they_are() -> None:
    assert diff("a\r\nb\r\n", "c\r\nb\r\n", bom=True).endswith("-\ufeffa\r\n+\ufeffc\r\n b\r\n")


def test_a_file_that_only_keeps_its_mark_is_a_line() -> None:
    assert diff("a\n", "", bom=True).endswith("-\ufeffa\n+\ufeff\n\\ No newline at end of file\n")


def test_a_name_with_a_blank_ends_with_a_tab() -> None:
    assert diff("a\n", "b\n", "my routes.yaml").startswith("--- a/my routes.yaml\t\n")


def test_a_text_made_of_one_line_takes_no_time() -> None:
    old = "a\n" * 100_000 + "b\n" + "a\n" * 100_000
    assert diff(old, old.replace("b", "c", 1)).count("\n") == 11


def test_a_credential_is_masked_by_its_shape_and_by_its_place() -> None:
    key = sample("openai-project-key", random.Random(1))
    old, new = f"k: {key}\npassword: hunter2\n", "k: os.environ/K\npassword: hunter2\n"
    start = old.index("hunter2")
    secret = SecretCandidate(
        "a.yaml", Span(start, start + 7), "password", "", "", 7, Confidence.HIGH
    )
    moved = SecretCandidate(
        "a.yaml", Span(new.index("hunter2"), len(new) - 1), "password", "", "", 7, Confidence.HIGH
    )
    found = unified_diff(
        Version(SourceFile("a.yaml", old), (secret,)), Version(SourceFile("a.yaml", new), (moved,))
    )
    assert key not in found.text
    assert "hunter2" not in found.text
    assert "+k: os.environ/K\n" in found.text
    assert not found.exact


def test_a_control_character_is_spelled_out() -> None:
    source = [Version(SourceFile("a.yaml", text)) for text in ("a \x1b[2J\n", "b \x1b[2J\n")]
    found = unified_diff(*source)
    assert "\x1b" not in found.text
    assert not found.exact
