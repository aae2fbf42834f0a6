"""The fix loop: what is applied, what is left out and told, and what a run over the result says."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from tests.secret_samples import sample

from agentlint.config import Settings
from agentlint.engine import Run, Stdin
from agentlint.engine.fixing import MAX_ROUNDS, FixRun, fix, write
from agentlint.engine.judge import load_rule
from agentlint.facts.route import Route
from agentlint.findings import (
    Applicability,
    Edit,
    Finding,
    NewEntry,
    NewValue,
    NoticeKind,
    Repair,
)
from agentlint.reporters.summary import summary
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


def test_a_file_in_utf16_is_written_in_utf16(request_of) -> None:
    request = request_of({"AGENTS.md": "ok\n"})
    key = sample("openai-project-key", random.Random(1))
    before = f"\ufeffNAME=é😀\r\nOPENAI_API_KEY={key}\r\n"
    (request.root / ".env").write_bytes(before.encode("utf-16-le"))
    write(request, fix(request, unsafe=True))
    after = (request.root / ".env").read_bytes()
    assert after == before.replace(key, "").encode("utf-16-le")


def test_nothing_is_written_before_it_is_asked_for(request_of) -> None:
    request = request_of({"routes.yaml": TABLE})
    fixed = fix(request)
    assert texts(fixed) == {"routes.yaml": FIXED}
    assert (request.root / "routes.yaml").read_text() == TABLE
    write(request, fixed)
    assert (request.root / "routes.yaml").read_text() == FIXED


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals cannot be held back")
@pytest.mark.skipif(
    "PYTEST_XDIST_WORKER" in os.environ, reason="a second thread of xdist may take the signal"
)
def test_an_interrupt_waits_until_the_file_is_replaced(
    request_of, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = request_of({"routes.yaml": TABLE})
    fixed = fix(request)
    monkeypatch.setattr(os, "fsync", lambda handle: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        write(request, fixed)
    assert (request.root / "routes.yaml").read_text() == FIXED
    assert os.listdir(request.root) == ["routes.yaml"]
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


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


def test_where_several_aliases_serve_a_model_they_are_told_and_none_is_chosen(request_of) -> None:
    entry = "    model: gpt-5.4\n    endpoint_family: responses\n"
    table = f"routes:\n  writer:\n{entry}  critic:\n{entry}"
    fixed = fix(request_of({"routes.yaml": table, "AGENTS.md": "Use `gpt-5.4`.\n"}), unsafe=True)
    (finding,) = (f for f in fixed.report.findings if f.rule == "hardcoded-model-id")
    assert finding.fix is None
    assert "`critic`, `writer`" in finding.help
    assert texts(fixed) == {}


def test_front_matter_that_strict_yaml_refuses_is_fixed_where_its_value_stands(request_of) -> None:
    agent = "---\ndescription: Use when: code changed\nmodel: {}\ntools:\n- Read\n---\n\nReview.\n"
    path = ".claude/agents/reviewer.md"
    written = agent.format("gpt-5.4  # for now")
    fixed = fix(request_of({"routes.yaml": FIXED, path: written}), unsafe=True)
    assert texts(fixed) == {path: agent.format("writer  # for now")}
    unread = written.replace("changed", "changed\n  today")
    assert texts(fix(request_of({"routes.yaml": FIXED, path: unread}), unsafe=True)) == {}


def test_a_call_in_a_program_never_goes_to_another_method(request_of) -> None:
    """Its arguments and its answer have another form there, so this is told and not done."""
    call = 'client.chat.completions.create(model="gpt-5.4-pro", messages=[])'
    text = f"from openai import OpenAI\n\nclient = OpenAI()\n{call}\n"
    fixed = fix(request_of({"writer.py": text}), unsafe=True)
    (finding,) = (f for f in fixed.report.findings if f.rule == "responses-only-on-chat")
    assert finding.fix is None
    assert "`responses.create`" in finding.help
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
        repaired = "missing-endpoint-family"
        rule = load_rule(repaired)

        def check(route: Route, ctx: Context) -> Iterator[Finding]:
            for finding in rule.check(route, ctx):
                yield ctx.finding(
                    finding.path, finding.span, "x", subject=finding.subject, repair=repair(route)
                )

        changed = Rule(rule.on, check)
        monkeypatch.setattr(
            "agentlint.engine.judge.load_rule",
            lambda name: changed if name == repaired else load_rule(name),
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
    assert (
        notice == "the fix of missing-endpoint-family was left out: it would not mend the finding"
    )
    assert not any(finding.fix for finding in fixed.report.findings)
    assert "fixable" not in summary(fixed.report)


def test_a_fix_that_breaks_the_file_is_left_out_and_told(request_of, with_repair) -> None:
    with_repair(lambda route: Repair("break", Applicability.SAFE, (Edit(Span(0, 6), "{"),)))
    fixed = fix(request_of({"routes.yaml": TABLE}))
    assert texts(fixed) == {}
    assert told(fixed) == [
        "the fix of missing-endpoint-family was left out: the rest of the file would not stay as it is"
    ]


def test_good_fixes_of_a_file_survive_a_bad_one(request_of, with_repair) -> None:
    with_repair(lambda route: (broken if route.name == "bad" else added)(route))
    fixed = fix(request_of({"routes.yaml": table_of(["writer", "bad", "critic"])}))
    assert texts(fixed)["routes.yaml"].count("endpoint_family") == 2
    assert len(told(fixed)) == 1


DEAD = """\
on: pull_request
permissions: {{}}
jobs:
  review:
    runs-on: ubuntu-latest
    steps:
      - uses: anthropics/claude-code-action@v1
        with:
          anthropic_api_key: ${{{{ secrets.KEY }}}}
          model: {model}
"""


def test_what_a_dead_value_says_is_told_once_it_is_read(request_of) -> None:
    request = request_of({".github/workflows/a.yml": DEAD.format(model="claude-opus-4-8")})
    fixed = fix(request, unsafe=True)
    (text,) = texts(fixed).values()
    assert 'claude_args: "--model claude-opus-4-8"' in text
    assert [finding.rule for finding in fixed.report.findings] == ["hardcoded-model-id"]
    write(request, fixed)
    assert not fix(request, unsafe=True).files


def test_a_dead_value_is_not_revived_if_it_says_worse_than_that_it_is_dead(request_of) -> None:
    before = DEAD.format(model="claude-2.1")
    fixed = fix(request_of({".github/workflows/a.yml": before}), unsafe=True)
    assert texts(fixed) == {}
    assert told(fixed) == ["the fix of dead-route was left out: it would bring retired-model"]


def added(route: Route) -> Repair:
    """The family beside the model, as the rule itself has it."""
    assert route.model.span is not None
    change = NewEntry(route.span, route.model.span, "endpoint_family", "responses")
    return Repair("add", Applicability.SAFE, (change,))


def broken(route: Route) -> Repair:
    assert route.model.span is not None
    return Repair("break", Applicability.SAFE, (Edit(route.model.span, '"'),))


def table_of(names: Iterable[str]) -> str:
    entry = TABLE.replace("routes:\n", "")
    return "routes:\n" + "".join(entry.replace("writer", name) for name in names)


def test_bad_fixes_cost_the_good_ones_of_a_large_file_no_round(request_of, with_repair) -> None:
    with_repair(lambda route: (broken if route.name.startswith("bad") else added)(route))
    names = [f"bad-{n}" if n in (7, 30) else f"good-{n}" for n in range(50)]
    request = request_of({"routes.yaml": table_of(names)})
    fixed = write(request, fix(request))
    assert texts(fixed)["routes.yaml"].count("endpoint_family") == 48
    assert len(told(fixed)) == 2
    assert not fix(request).files


def test_a_fix_that_is_left_out_is_tried_again_in_the_changed_text(request_of, with_repair) -> None:
    """As the next run would: the second fix moves the route of the first, whose edit is right then."""
    text = table_of(["early", "late"])
    early_at = text.index("model")

    def right_once_moved(route: Route) -> Repair:
        repair = added(route)
        if route.span.start == early_at:
            return Repair("break", Applicability.SAFE, (Edit(Span(0, 0), "["),))
        if route.name == "late":
            remark = Edit(Span(len("routes:"), len("routes:")), " # looked at")
            return Repair("add", Applicability.SAFE, (remark, *repair.changes))
        return repair

    with_repair(right_once_moved)
    request = request_of({"routes.yaml": text})
    fixed = write(request, fix(request))
    assert texts(fixed)["routes.yaml"].count("endpoint_family") == 2
    assert told(fixed) == []
    assert not fix(request).files


def test_no_family_is_written_that_the_model_is_not_served_on(request_of) -> None:
    text = FIXED.replace("gpt-5.4", "text-embedding-3-large").replace("responses\n", "respones\n")
    text = text.replace("    endpoint_path: /v1/respones\n", "")
    fixed = fix(request_of({"routes.yaml": text}), unsafe=True)
    assert [finding.rule for finding in fixed.report.findings] == ["unknown-endpoint-family"]
    assert (texts(fixed), told(fixed)) == ({}, [])


def test_a_fix_is_left_out_for_what_it_does_to_another_file(request_of) -> None:
    pro = FIXED.replace("gpt-5.4", "gpt-5.4-pro").replace("/v1/responses", "/v1/chat/completions")
    pro = pro.replace("family: responses", "family: chat_completions")
    falls_back = (
        "routes:\n  critic:\n    model: gpt-4.1\n    endpoint_path: /v1/chat/completions\n"
        "    fallback: writer\n"
    )
    request = request_of({"a.yaml": pro, "b.yaml": falls_back})
    fixed = write(request, fix(request, unsafe=True))
    family = "    endpoint_family: chat_completions\n    endpoint_path"
    assert texts(fixed) == {"b.yaml": falls_back.replace("    endpoint_path", family)}
    assert [n.path for n in fixed.report.notices if n.kind is NoticeKind.NOT_FIXED] == ["a.yaml"]


def test_fixes_that_go_wrong_without_end_are_given_up_aloud(
    request_of, with_repair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agentlint.engine.fixing.MAX_FAILED_TRIALS", 5)
    with_repair(lambda route: (added if route.name == "r0" else broken)(route))
    fixed = fix(request_of({"routes.yaml": table_of(f"r{n}" for n in range(20))}))
    assert told(fixed) == ["more was to fix, but 5 trials went wrong"]
    assert texts(fixed)["routes.yaml"].count("endpoint_family") == 1


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


def test_a_route_is_not_told_to_fall_back_to_itself(request_of) -> None:
    """A name that is as near to the route's own as to another's was perhaps a third."""
    entry = "    model: gpt-5.4\n    endpoint_family: responses\n"
    table = f"routes:\n  writer-a:\n{entry}  writer-b:\n{entry}    fallback: writer-c\n"
    fixed = fix(request_of({"routes.yaml": table}), unsafe=True)
    (finding,) = (f for f in fixed.report.findings if f.rule == "undefined-alias")
    assert finding.help == "did you mean `writer-a`?"
    assert finding.fix is None


def test_of_several_names_that_may_be_meant_each_is_told(request_of) -> None:
    entry = "    model: gpt-5.4\n    endpoint_family: responses\n"
    names = ("planner", "writer-a", "writer-b")
    table = "routes:\n" + "".join(f"  {name}:\n{entry}" for name in names)
    table = table.replace(entry, f"{entry}    fallback: writer-c\n", 1)
    fixed = fix(request_of({"routes.yaml": table}), unsafe=True)
    (finding,) = (f for f in fixed.report.findings if f.rule == "undefined-alias")
    assert finding.help == "did you mean `writer-b` or `writer-a`?"
    assert finding.fix is None
