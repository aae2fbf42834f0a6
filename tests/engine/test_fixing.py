"""The fix loop: what is applied, what is left out and told, and what a run over the result says."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from agentlint.config import Settings
from agentlint.engine import Run, Stdin
from agentlint.engine.fixing import MAX_ROUNDS, FixRun, fix, write
from agentlint.engine.judge import load_rule
from agentlint.facts.route import Route
from agentlint.findings import Applicability, Edit, Finding, NewValue, NoticeKind, Repair
from agentlint.rules import Context, Rule
from agentlint.text import Span

TODAY = date(2026, 11, 20)
TABLE = "routes:\n  writer:\n    model: gpt-5.4\n    endpoint_path: /v1/responses\n"
FIXED = TABLE.replace("gpt-5.4\n", "gpt-5.4\n    endpoint_family: responses\n")


@pytest.fixture
def request_of(tmp_path: Path) -> Callable[[Mapping[str, str]], Run]:
    def made(files: Mapping[str, str]) -> Run:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(text.encode("utf-8"))
        root = tmp_path.resolve()
        return Run(root, (root,), Settings(), TODAY)

    return made


def texts(fixed: FixRun) -> dict[str, str]:
    return {file.path: file.new.text for file in fixed.files}


def told(fixed: FixRun) -> list[str]:
    return [n.message for n in fixed.report.notices if n.kind is NoticeKind.NOT_FIXED]


def test_nothing_is_written_before_it_is_asked_for(request_of) -> None:
    request = request_of({"routes.yaml": TABLE})
    fixed = fix(request)
    assert texts(fixed) == {"routes.yaml": FIXED}
    assert (request.root / "routes.yaml").read_text() == TABLE
    write(request, fixed)
    assert (request.root / "routes.yaml").read_text() == FIXED


def test_the_report_is_of_the_fixed_texts(request_of) -> None:
    fixed = fix(request_of({"routes.yaml": TABLE}))
    assert fixed.report.findings == ()
    assert [finding.rule for finding in fixed.report.fixed or ()] == ["missing-endpoint-family"]


def test_unsafe_fixes_wait_until_they_are_asked_for(request_of) -> None:
    text = FIXED.replace("gpt-5.4", "gpt-5.4-pro").replace("/v1/responses", "/v1/chat/completions")
    text = text.replace("responses", "chat_completions")
    request = request_of({"routes.yaml": text})
    assert texts(fix(request)) == {}
    moved = text.replace("chat_completions", "responses").replace("chat/completions", "responses")
    assert texts(fix(request, unsafe=True)) == {"routes.yaml": moved}


def test_where_several_aliases_serve_a_model_they_are_shown_and_none_is_chosen(request_of) -> None:
    entry = "    model: gpt-5.4\n    endpoint_family: responses\n"
    table = f"routes:\n  writer:\n{entry}  critic:\n{entry}"
    fixed = fix(request_of({"routes.yaml": table, "AGENTS.md": "Use `gpt-5.4`.\n"}), unsafe=True)
    (finding,) = (f for f in fixed.report.findings if f.rule == "hardcoded-model-id")
    assert finding.fix
    assert (finding.fix.applicability, finding.fix.edits) == (Applicability.DISPLAY, ())
    assert finding.fix.title == "name one of `critic`, `writer`"
    assert "`critic`, `writer`" in finding.help
    assert texts(fixed) == {}


def test_a_suppressed_finding_is_not_fixed(request_of) -> None:
    text = TABLE.replace("writer:", "writer: # agentlint: ignore[missing-endpoint-family] why")
    assert texts(fix(request_of({"routes.yaml": text}))) == {}


def test_standard_input_is_fixed_in_memory(request_of) -> None:
    request = request_of({"other.yaml": TABLE})
    stdin = Stdin("routes.yaml", TABLE.encode("utf-8"))
    fixed = fix(Run(request.root, (), Settings(), TODAY, stdin=stdin))
    assert texts(fixed) == {"routes.yaml": FIXED}
    assert (request.root / "other.yaml").read_text() == TABLE


def test_a_file_that_may_not_be_written_keeps_its_findings(request_of) -> None:
    request = request_of({"routes.yaml": TABLE, "more.yaml": TABLE})
    os.link(request.root / "routes.yaml", request.root / "copy.txt")
    written = write(request, fix(request))
    assert [file.path for file in written.files] == ["more.yaml"]
    assert [finding.path for finding in written.report.findings] == ["routes.yaml"]
    assert [finding.path for finding in written.report.fixed or ()] == ["more.yaml"]
    assert told(written) == ["not fixed: it has several names (hard links)"]


@pytest.fixture
def with_repair(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Route], Repair]], None]:
    """Let the rule about missing families offer another repair."""

    def offer(repair: Callable[[Route], Repair]) -> None:
        rule = load_rule("missing-endpoint-family")

        def check(route: Route, ctx: Context) -> Iterator[Finding]:
            for finding in rule.check(route, ctx):
                yield ctx.finding(
                    finding.path, finding.span, "x", subject=finding.subject, repair=repair(route)
                )

        changed = Rule(rule.id, rule.on, check)
        monkeypatch.setattr(
            "agentlint.engine.judge.load_rule",
            lambda name: changed if name == rule.id else load_rule(name),
        )

    return offer


def test_a_fix_that_does_not_mend_is_left_out_and_told(request_of, with_repair) -> None:
    def rename(route: Route) -> Repair:
        assert route.model.span is not None
        return Repair("rename", Applicability.SAFE, (NewValue(route.model.span, "gpt-5.4-mini"),))

    with_repair(rename)
    fixed = fix(request_of({"routes.yaml": TABLE}))
    assert texts(fixed) == {}
    (notice,) = told(fixed)
    assert "left out: it would not mend the finding, or bring another" in notice


def test_a_fix_that_breaks_the_file_is_left_out_and_told(request_of, with_repair) -> None:
    with_repair(lambda route: Repair("break", Applicability.SAFE, (Edit(Span(0, 6), "{"),)))
    fixed = fix(request_of({"routes.yaml": TABLE}))
    assert texts(fixed) == {}
    assert told(fixed) == [
        "the fix of missing-endpoint-family was left out: the rest of the file would not stay as it is"
    ]


def test_good_fixes_of_a_file_survive_a_bad_one(request_of, with_repair) -> None:
    from agentlint.findings import NewEntry

    def sometimes(route: Route) -> Repair:
        assert route.model.span is not None
        if route.name == "bad":
            return Repair("break", Applicability.SAFE, (Edit(route.model.span, '"'),))
        change = NewEntry(route.span, route.model.span, "endpoint_family", "responses")
        return Repair("add", Applicability.SAFE, (change,))

    with_repair(sometimes)
    text = TABLE + TABLE.replace("routes:\n", "").replace("writer", "bad")
    text += TABLE.replace("routes:\n", "").replace("writer", "critic")
    fixed = fix(request_of({"routes.yaml": text}))
    assert texts(fixed)["routes.yaml"].count("endpoint_family") == 2
    assert len(told(fixed)) == 1


def test_the_loop_ends_and_tells_what_is_left(request_of, with_repair) -> None:
    def fight(route: Route) -> Repair:
        """Mends one route of very many at a time, since all touch the same place."""
        assert route.model.span is not None
        change = Edit(Span(len("routes:"), len("routes:")), f"\n  # {route.name}")
        span = Span(route.model.span.start, route.model.span.end)
        return Repair(
            "add",
            Applicability.SAFE,
            (change, Edit(span, "gpt-5.4\n    endpoint_family: responses")),
        )

    with_repair(fight)
    routes = TABLE.replace("routes:\n", "")
    text = "routes:\n" + "".join(routes.replace("writer", f"r{n}") for n in range(MAX_ROUNDS + 3))
    fixed = fix(request_of({"routes.yaml": text}))
    assert texts(fixed)["routes.yaml"].count("endpoint_family") == MAX_ROUNDS
    assert told(fixed) == [f"more was to fix after {MAX_ROUNDS} rounds: run it again"]
