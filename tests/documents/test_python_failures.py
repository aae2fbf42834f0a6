"""Where a program comes only once something else failed."""

from __future__ import annotations

import textwrap

import pytest

from agentlint.documents.code import TryPart
from agentlint.documents.python import parse
from agentlint.text import Region


def after(source: str) -> list[tuple[str, tuple[str, ...]]]:
    """The calls that are reached by failure, with the exceptions that lead to each."""
    document = parse(Region.whole(textwrap.dedent(source)))
    return [
        (placed.call.function.text, part.catches)
        for placed in document.calls
        for part in placed.tries
        if part.part is TryPart.AFTER
    ]


@pytest.mark.parametrize(
    "source",
    [
        """
        def f():
            try:
                return one()
            except (A, b.C):
                log()
            two()
        """,
        """
        def f():
            for n in range(3):
                try:
                    return one()
                except (A, b.C):
                    continue
            if True:
                two()
        """,
        """
        for n in range(3):
            try:
                answer = one()
                break
            except (A, b.C):
                pass
        else:
            two()
        """,
        """
        answer = None
        try:
            answer = one()
        except (A, b.C):
            pass
        if not answer:
            two()
        """,
        """
        async def f():
            while True:
                try:
                    answer = await one()
                except (A, b.C):
                    break
                else:
                    return answer
            two()
        """,
    ],
)
def test_what_comes_after_a_failure_is_known(source: str) -> None:
    assert after(source) == [("two", ("A", "b.C"))]


@pytest.mark.parametrize(
    "source",
    [
        """
        try:
            one()
        except A:
            pass
        two()
        """,
        """
        def f():
            try:
                return one()
            except A:
                raise
            two()
        """,
        """
        def f():
            try:
                return one()
            finally:
                two()
            two()
        """,
        """
        for n in range(3):
            try:
                answer = one()
                break
            except A:
                pass
        two()
        """,
        """
        try:
            answer = one()
        except A:
            pass
        if answer:
            two()
        if other is None:
            two()
        """,
        """
        def f():
            try:
                return one()
            except A:
                pass
            def g():
                two()
        """,
    ],
)
def test_what_comes_in_any_case_is_not(source: str) -> None:
    assert after(source) == []


def test_a_handler_that_names_nothing_catches_everything() -> None:
    source = """
    def f():
        try:
            return one()
        except A:
            pass
        except:
            pass
        two()
    """
    assert after(source) == [("two", ())]


def test_a_long_row_of_attempts_costs_no_more_than_its_length() -> None:
    attempt = "    try:\n        return one()\n    except A:\n        pass\n"
    document = parse(Region.whole("def f():\n" + attempt * 3000 + "    two()\n"))
    assert max(len(placed.tries) for placed in document.calls) < 30
