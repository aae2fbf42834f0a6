"""A pattern that is remembered is the one that `re.compile` makes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.msgpack import Decoder, encode

from agentlint.text import compile_pattern
from agentlint.text import compiled as compiling
from agentlint.text.compiled import Compiled, remembered

FLAGS = st.sampled_from([0, re.ASCII, re.IGNORECASE, re.VERBOSE | re.MULTILINE, re.DOTALL])
PATTERNS = st.one_of(
    st.sampled_from([r"(?P<a>x)(?:y|(?P<b>z))?\1", "(?i:é)|[à-ÿ]{2,9}+", r"(?>ab*)(?<!c)\Z", ""]),
    st.text(alphabet="ab(|)[]^-*+?{}1,2.\\wdé ", max_size=12),
)


def told(pattern: re.Pattern[str]) -> tuple[re.Pattern[str], int, int, dict[str, int]]:
    """All that one can ask a pattern; two are equal where their texts, flags and codes are."""
    return pattern, pattern.flags, pattern.groups, dict(pattern.groupindex)


@given(PATTERNS, FLAGS)
@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning")
def test_a_remembered_pattern_is_the_one_that_re_makes(pattern: str, flags: int) -> None:
    try:
        expected = told(re.compile(pattern, flags))
    except re.error as error:
        with remembered({}) as made, pytest.raises(re.error, match=re.escape(str(error))):
            compile_pattern(pattern, flags)
        assert not made
        return
    with remembered({}) as made:
        assert told(compile_pattern(pattern, flags)) == expected
    kept = Decoder(list[Compiled]).decode(encode(list(made.values())))
    with remembered({one.key: one for one in kept}) as made:
        assert told(compile_pattern(pattern, flags)) == expected
        assert not made


@pytest.mark.parametrize("code", [b"", b"\xff\xff\xff\xff" * 4, b"\x00\x00\x00\x00" * 8, b"\x01"])
@pytest.mark.parametrize("names", [{}, {"a": 7}])
def test_what_is_no_code_is_compiled_anew(code: bytes, names: dict[str, int]) -> None:
    forged = Compiled("a+", 0, int(re.UNICODE), code, 0, names)
    with remembered({forged.key: forged}):
        assert told(compile_pattern("a+")) == told(re.compile("a+"))


@pytest.mark.parametrize("name", ["re._parser", "re._compiler", "_sre"])
@pytest.mark.parametrize("error", [ImportError, AttributeError, TypeError])
def test_a_python_that_is_made_otherwise_compiles_as_ever(
    name: str, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    part = compiling._part

    def other(asked: str) -> object:
        if asked == name:
            raise error
        return part(asked)

    monkeypatch.setattr(compiling, "_part", other)
    with remembered({}) as made:
        assert told(compile_pattern("(?P<a>b)+", re.ASCII)) == told(
            re.compile("(?P<a>b)+", re.ASCII)
        )
        assert not made


def test_nothing_is_gathered_where_nobody_asks(tmp_path: Path) -> None:
    with remembered({}) as made:
        compile_pattern("before")
    compile_pattern("after")
    assert [pattern for pattern, _ in made] == ["before"]
