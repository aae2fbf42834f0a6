"""What is printed can neither hide nor steer."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from agentlint.text import one_line, printable

_RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff]"
)


@given(st.text())
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    assert not _RAW.search(printable(text))
    assert not re.search(r"[\n\r\t]", one_line(text))
    one_line(text).encode("utf-8")


def test_what_was_there_can_still_be_told() -> None:
    assert one_line("a\x1b[31m\u202eb\tc\nd😀é") == "a\\x1b[31m\\u202eb\\x09c\\x0ad😀é"
    assert one_line("\U000e0041") == "\\U000e0041"
