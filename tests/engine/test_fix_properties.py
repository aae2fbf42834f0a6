"""What holds of every fix, whatever the file looks like: generated repositories, whole and damaged."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.secret_samples import sample

from agentlint.config import Settings
from agentlint.engine import Run, run
from agentlint.engine.fixing import FixRun, fix, write
from agentlint.findings import Finding, NewKey, NoticeKind
from agentlint.reporters import Report
from agentlint.reporters.diff import Version, unified_diff

BOM = b"\xef\xbb\xbf"
TODAY = date(2026, 11, 20)
SETTINGS = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])

FAMILIES = (
    "responses",
    "chat_completions",
    "respones",
    "chat_completion",
    "messages",
    "embeddings",
)
PATHS = ("/v1/responses", "/v1/chat/completions", "/v1/embeddings", "/v1/messages", "/chat")
MODELS = (
    "gpt-5.4",
    "gpt-5.3-codex",
    "gpt-5.4-pro",
    "text-embedding-3-small",
    "claude-opus-4-5",
    "x",
)
REFERENCES = ("os.environ/KEY", "${KEY}", "{env:KEY}", "env.KEY", "$KEY", "plain")
URLS = (
    "https://gateway.example.com/v1",
    "https://gateway.example.com/v1/v1",
    "https://gateway.example.com/v1/chat/completions",
    "https://gateway.example.com",
)
KEYS = tuple(
    sample(kind, random.Random(5))
    for kind in ("openai-project-key", "anthropic-api-key", "groq-api-key")
)
COMMENTS = ("", " # the daily one", " # agentlint: ignore[endpoint-path-mismatch] old")


@st.composite
def quoted(draw: st.DrawFn, text: str) -> str:
    """A YAML scalar in any of its quotes."""
    return draw(st.sampled_from((text, f'"{text}"', f"'{text}'")))


@st.composite
def route_tables(draw: st.DrawFn) -> str:
    """A hand-written table with entries in block and flow style, keys in any order."""
    indent = " " * draw(st.integers(1, 4))
    lines = ["# the routes of this project", "routes:"]
    for index in range(draw(st.sampled_from((1, 1, 2, 2, 3, 3, 3, 25)))):
        keys = {"model": draw(st.sampled_from(MODELS))}
        for key, choices in (
            ("provider", ("openai", "openai", "anthropic")),
            ("endpoint_family", FAMILIES),
            ("endpoint_path", PATHS),
            ("base_url", URLS),
        ):
            if draw(st.booleans()):
                keys[key] = draw(st.sampled_from(choices))
        order = draw(st.permutations(sorted(keys)))
        if draw(st.booleans()):
            inside = ", ".join([f'{key}: "{keys[key]}"' for key in order])
            lines.append(f"{indent}route-{index}: {{ {inside} }}{draw(st.sampled_from(COMMENTS))}")
            continue
        lines.append(f"{indent}route-{index}:{draw(st.sampled_from(COMMENTS))}")
        for key in order:
            value = draw(quoted(keys[key]))
            lines.append(f"{indent * 2}{key}: {value}{draw(st.sampled_from(COMMENTS))}")
    return "\n".join(lines)


@st.composite
def litellm_configs(draw: st.DrawFn) -> str:
    lines = ["model_list:"]
    for index in range(draw(st.integers(1, 3))):
        model = draw(st.sampled_from(("openai/gpt-5.4", "openai/computer-use-preview", "azure/x")))
        lines += [
            f"  - model_name: alias-{index}",
            "    litellm_params:",
            f"      model: {draw(quoted(model))}{draw(st.sampled_from(COMMENTS))}",
            f"      api_base: {draw(quoted(draw(st.sampled_from(URLS))))}",
            f"      api_key: '{draw(st.sampled_from(REFERENCES))}'",
        ]
        if draw(st.booleans()):
            lines += ["    model_info:", "      mode: chat"]
    return "\n".join([*lines, "router_settings:", "  fallbacks: [{ alias-0: [alias-O, alias-9] }]"])


@st.composite
def instructions(draw: st.DrawFn) -> str:
    sentences = (
        "Use `gpt-5.4` for reviews.",
        "Always use `gpt-5.3-codex` for plans.",
        "<!-- agentlint: ignore[hardcoded-model-id] pinned -->",
        "<!-- agentlint: ignore[retired-model, unused-suppression, undefined-alias] -->",
        "# Migrate the agents to the gateway <!-- agentlint: ignore[missing-rollback-note] -->",
        "# Migrate the agents to the model gateway",
        "- Use route alias `route-O` for drafts.",
        "```yaml\nroutes:\n  sample:\n    model: gpt-5.4\n    endpoint_path: /v1/responses\n```",
        "Nothing to see.",
        "",
    )
    return "\n".join(draw(st.lists(st.sampled_from(sentences), min_size=1, max_size=24)))


@st.composite
def promptfoo_configs(draw: st.DrawFn) -> str:
    lines = [
        "# yaml-language-server: $schema=https://promptfoo.dev/config-schema.json",
        "providers:",
    ]
    for _ in range(draw(st.integers(1, 3))):
        keys = draw(st.lists(st.sampled_from(("baseUrl", "base_url", "apiBaseUrl")), unique=True))
        lines += ["  - id: openai:chat:writer", "    config:", "      temperature: 0"]
        for key in keys:
            url = draw(quoted(draw(st.sampled_from(URLS))))
            lines.append(f"      {draw(quoted(key))}: {url}{draw(st.sampled_from(COMMENTS))}")
    return "\n".join([*lines, "prompts: [prompt.txt]"])


@st.composite
def workflows(draw: st.DrawFn) -> str:
    lines = ["on: push", "jobs:", "  review:", "    runs-on: ubuntu-latest", "    steps:"]
    for _ in range(draw(st.integers(1, 3))):
        action = draw(
            st.sampled_from(("anthropics/claude-code-action@v1", "actions/ai-inference@v3"))
        )
        lines += [f"      - uses: {action}", "        with:"]
        inputs = {
            "prompt": "Summarise it.",
            "model": "claude-opus-4-5",
            "anthropic_model": "opus",
            "endpoint": "https://models.github.ai/inference",
            "claude_args": "--max-turns 5",
        }
        for key in draw(st.lists(st.sampled_from(sorted(inputs)), min_size=1, unique=True)):
            value = draw(quoted(inputs[key]))
            lines.append(f"          {key}: {value}{draw(st.sampled_from(COMMENTS))}")
    return "\n".join(lines)


@st.composite
def environments(draw: st.DrawFn) -> str:
    lines = ["# what the service needs"]
    for name in draw(st.lists(st.sampled_from(("OPENAI", "GROQ", "CLAUDE")), unique=True)):
        key = draw(quoted(draw(st.sampled_from((*KEYS, "", "plain")))))
        lines.append(f"{name}_API_KEY={key}{draw(st.sampled_from(('', ' ', ' # why', '  # x ')))}")
        lines.append(f"{name}_BASE_URL={draw(quoted(draw(st.sampled_from(URLS))))}")
    return "\n".join(lines)


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A module with clients, some of which hold what they should look up."""
    heads = (
        "import os",
        "import json",
        "from service.config import settings",
        "KEY = os.environ['GROQ_API_KEY']",
        "found = settings.openai_api_key",
    )
    lines = [*draw(st.lists(st.sampled_from(heads), unique=True)), "from openai import OpenAI"]
    for index in range(draw(st.integers(1, 3))):
        key, url = (draw(quoted(draw(st.sampled_from(choices)))) for choices in (KEYS, URLS))
        if "'" not in key and '"' not in key:
            key = f'"{key}"'
        if "'" not in url and '"' not in url:
            url = f"'{url}'"
        lines.append(f"client_{index} = OpenAI(api_key={key}, base_url={url})")
        model = draw(st.sampled_from((*MODELS, "route-O", "alias-O")))
        lines.append(f"client_{index}.responses.create(model='{model}', input='ping')")
    return "\n".join(lines)


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """The text as it is, or with a few characters taken out, put in or doubled."""
    for _ in range(draw(st.sampled_from((0, 0, 0, 1, 3)))):
        at = draw(st.integers(0, len(text)))
        kind = draw(st.integers(0, 2))
        if kind == 0:
            text = text[:at] + text[at + draw(st.integers(1, 8)) :]
        elif kind == 1:
            text = text[:at] + draw(st.sampled_from("\"'{}[]:#,\n\t é\u2028")) + text[at:]
        else:
            text = text[:at] + text[max(0, at - 20) :]
    return text


@st.composite
def repositories(draw: st.DrawFn) -> dict[str, bytes]:
    files = {
        "gateway-routes.yaml": draw(route_tables()),
        "config.yaml": draw(litellm_configs()),
        "AGENTS.md": draw(instructions()),
    }
    others = {
        "promptfooconfig.yaml": promptfoo_configs(),
        ".github/workflows/review.yml": workflows(),
        ".env": environments(),
        "service.py": programs(),
    }
    files |= {name: draw(others[name]) for name in draw(st.sets(st.sampled_from(sorted(others))))}
    written = {}
    for name, whole in files.items():
        text = draw(damaged(whole)) + draw(st.sampled_from(("", "\n", "\n\n")))
        line_end = draw(st.sampled_from(("\n", "\n", "\r\n", "\r")))
        bom = draw(st.sampled_from((b"", b"", BOM)))
        written[name] = bom + text.replace("\n", line_end).encode("utf-8")
    return written


def put(root: Path, files: Mapping[str, bytes]) -> Run:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return Run(root, (root,), Settings(), TODAY)


def counted(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((finding.path, finding.rule) for finding in findings)


def fixed_on_disk(root: Path, files: Mapping[str, bytes]) -> tuple[Report, FixRun, Report]:
    request = put(root, files)
    before = run(request)
    fixed = write(request, fix(request, unsafe=True))
    return before, fixed, run(request)


@SETTINGS
@given(files=repositories())
def test_fixes_mend_what_they_say_and_nothing_else(files: dict[str, bytes]) -> None:
    with TemporaryDirectory() as folder:
        before, fixed, after = fixed_on_disk(Path(folder).resolve(), files)
        assert_left(after, fixed.report)
        mended = fixed.report.fixed or ()
        left = counted(before.findings) - counted(mended)
        assert not counted(after.findings) - left - told_by_revived_values(mended)
        syntax = [notice for notice in before.notices if notice.kind is NoticeKind.SYNTAX]
        assert [n.message for n in syntax] == [
            notice.message for notice in after.notices if notice.kind is NoticeKind.SYNTAX
        ]


def assert_left(after: Report, report: Report) -> None:
    """What a run finds afterwards is what the fix run left, which offers no fix that it has left out."""
    told = [n for n in report.notices if n.message.startswith("the fix of ")]
    withheld = [
        (found, left)
        for found, left in zip(after.findings, report.findings, strict=True)
        if found != left
    ]
    assert all(left == replace(found, fix=None) for found, left in withheld)
    assert {found.path for found, _ in withheld} == {notice.path for notice in told}


def told_by_revived_values(mended: Iterable[Finding]) -> Counter[tuple[str, str]]:
    """What the dead settings say that a fix made live: the ID that nobody read, where it now is read."""
    return Counter(
        (finding.path, "hardcoded-model-id")
        for finding in mended
        for change in (finding.repair.changes if finding.repair else ())
        if isinstance(change, NewKey)
    )


@SETTINGS
@given(files=repositories(), unsafe=st.booleans())
def test_a_second_run_changes_nothing_unless_the_first_said_that_there_is_more(
    files: dict[str, bytes], unsafe: bool
) -> None:
    with TemporaryDirectory() as folder:
        request = put(Path(folder).resolve(), files)
        fixed = write(request, fix(request, unsafe=unsafe))
        while fixed.files:
            again = write(request, fix(request, unsafe=unsafe))
            assert not again.files or says_that_there_is_more(fixed)
            fixed = again


def says_that_there_is_more(fixed: FixRun) -> bool:
    return any(notice.message.startswith("more was to fix") for notice in fixed.report.notices)


_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)


@SETTINGS
@given(files=repositories())
@example(
    files={
        "AGENTS.md": b"Use `gpt-5.4` for reviews.\n<!-- agentlint: ignore[hardcoded-model-id]\n pinned -->"
    }
)
def test_no_more_lines_change_than_there_are_edits(files: dict[str, bytes]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        _, fixed, _ = fixed_on_disk(root, files)
        edits = Counter[str]()
        for finding in fixed.report.fixed or ():
            edits[finding.path] += len(finding.fix.edits) if finding.fix else 0
        for name, data in files.items():
            new = (root / name).read_bytes()
            assert new.startswith(BOM) == data.startswith(BOM)
            before, after = Counter(lines_of(data)), Counter(lines_of(new))
            # A new section or import is one edit of several lines, and the last line gains its end by a
            # next one.
            sections = new.count(b"## Rollback") - data.count(b"## Rollback")
            imported = b"import os" in new and b"import os" not in data
            unended = not data.endswith((b"\n", b"\r"))
            # A comment that is broken over lines goes whole.
            broken = sum(len(lines_of(one)) - 1 for one in _COMMENT.findall(data))
            assert (before - after).total() <= edits[name] + unended + broken
            assert (after - before).total() <= edits[name] + 6 * sections + imported + unended


def lines_of(data: bytes) -> list[bytes]:
    return re.split(rb"(?<=\n)|(?<=\r)(?!\n)", data.removeprefix(BOM))


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs the patch command")
@SETTINGS
@given(files=repositories())
def test_the_diff_applied_by_patch_is_the_fix(files: dict[str, bytes]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        fixed = fix(put(root, files), unsafe=True)
        diffs = [unified_diff(Version(file.old), Version(file.new)) for file in fixed.files]
        exact = [(file, diff) for file, diff in zip(fixed.files, diffs, strict=True) if diff.exact]
        for file, diff in exact:
            subprocess.run(
                ["patch", "-p1", "--binary", "--silent", "--fuzz=0"],
                cwd=root,
                input=diff.text.encode("utf-8"),
                check=True,
            )
            assert (root / file.path).read_bytes() == file.new.data
