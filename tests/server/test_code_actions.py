"""What an editor offers to do about a finding."""

from __future__ import annotations

import pytest

from agentlint.findings import Confidence, Finding, Location, Severity
from agentlint.server import comments
from agentlint.server.comments import Commentary
from agentlint.text import SourceFile, Span

SUPPRESS = "Suppress hardcoded-model-id here"
FRONT = """\
---
name: reviewer
model: gpt-5.4
---

Review with care.
"""
FENCE = """\
# Agents

Set it in the client:

```python
client.responses.create(model="gpt-5.4", input=text)
```
"""
DEAD_ROUTE = """\
routes:
  writer:
    model: gpt-5.4
    endpoint_path: /v1/responses
"""


async def test_a_suppression_in_prose_is_an_html_comment_and_hides_the_finding(editor):
    editor.open("AGENTS.md")
    actions = await editor.actions("AGENTS.md", editor.at("AGENTS.md", "gpt-5.4"))
    text = editor.edited("AGENTS.md", actions[SUPPRESS])
    assert "`gpt-5.4` for reviews. <!-- agentlint: ignore[hardcoded-model-id] -->\n" in text
    editor.type("AGENTS.md", text)
    assert await editor.pull("AGENTS.md") == []


@pytest.mark.parametrize(
    ("name", "text", "place", "rule", "line"),
    [
        (".claude/agents/r.md", FRONT, "gpt-5.4", "hardcoded-model-id", "# agentlint: ignore[{}]"),
        ("AGENTS.md", FENCE, "gpt-5.4", "hardcoded-model-id", "# agentlint: ignore[{}]"),
        (
            "gateway-routes.yaml",
            DEAD_ROUTE,
            "gpt-5.4",
            "missing-endpoint-family",
            "  # agentlint: ignore[{}]",
        ),
    ],
)
async def test_a_suppression_is_in_the_syntax_of_its_place(editor, name, text, place, rule, line):
    file = editor.root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.replace("\n", "\r\n").encode())
    editor.open(name)
    found = [d for d in await editor.pull(name) if d.code == rule]
    assert found
    actions = await editor.actions(name, found[0].range.start)
    after = editor.edited(name, actions[f"Suppress {rule} here"])
    assert f"\r\n{line.format(rule)}\r\n" in after
    editor.type(name, after)
    assert rule not in [d.code for d in await editor.pull(name)]


async def test_json_that_knows_no_comments_gets_none(editor):
    (editor.root / "opencode.json").write_text(
        '{"$schema": "https://opencode.ai/config.json", "agent": {"build": {"model": "gpt-5.4"}},'
        ' "provider": {"gw": {"options": {"apiKey": "' + "k3Yq9Zt7Lm2Xw8Vb5Nc4" + '"}}}}'
    )
    editor.open("opencode.json")
    found = await editor.pull("opencode.json")
    assert found
    for diagnostic in found:
        actions = await editor.actions("opencode.json", diagnostic.range.start)
        assert not [title for title in actions if title.startswith("Suppress")]


async def test_only_the_kinds_that_are_asked_for_are_offered(editor):
    editor.open("AGENTS.md")
    place = editor.at("AGENTS.md", "gpt-5.4")
    assert await editor.actions("AGENTS.md", place, "refactor") == {}
    assert SUPPRESS in await editor.actions("AGENTS.md", place, "quickfix")
    assert SUPPRESS not in await editor.actions("AGENTS.md", place, "source.fixAll")


SCRIPT = """\
on: push
jobs:
  review:
    runs-on: ubuntu-latest
    steps:
      - run: |
          cd repository
          codex exec \\
            -m gpt-5.4 \\
            "Sum up."
      - uses: actions/github-script@v8
        with:
          script: |
            const url = "https://api.openai.com/v1/responses";
            await fetch(url, {body: JSON.stringify({model: "gpt-4-0314"})});
"""
SAMPLE = """\
# Agents

```json
{
  "model": "gpt-5.4"
}
```
"""


@pytest.mark.parametrize(
    ("name", "text", "rule", "line", "below"),
    [
        (
            ".github/workflows/review.yml",
            SCRIPT,
            "hardcoded-model-id",
            "          # agentlint: ignore[hardcoded-model-id]",
            "          codex exec",
        ),
        (
            ".github/workflows/review.yml",
            SCRIPT,
            "retired-model",
            "          # agentlint: ignore[retired-model]",
            "          script: |",
        ),
        (
            "AGENTS.md",
            SAMPLE,
            "hardcoded-model-id",
            "<!-- agentlint: ignore[hardcoded-model-id] -->",
            "```json",
        ),
    ],
)
async def test_a_suppression_stands_where_a_comment_can(editor, name, text, rule, line, below):
    """Not between the lines of a command, nor in a text that knows no comment of its kind."""
    file = editor.root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    editor.open(name)
    found = [d for d in await editor.pull(name) if d.code == rule]
    assert len(found) == 1
    actions = await editor.actions(name, found[0].range.start)
    after = editor.edited(name, actions[f"Suppress {rule} here"])
    assert after == text.replace(f"\n{below}", f"\n{line}\n{below}", 1)
    editor.type(name, after)
    assert rule not in [d.code for d in await editor.pull(name)]


@pytest.mark.parametrize(
    ("path", "kind", "text"),
    [("AGENTS.md", "instruction", FENCE), ("routes.yaml", "config", DEAD_ROUTE)],
)
def test_a_file_is_parsed_once_for_all_its_comments(monkeypatch, path, kind, text):
    parsed = []

    def counted(language, region, parse=comments.parse):
        parsed.append(language)
        return parse(language, region)

    monkeypatch.setattr(comments, "parse", counted)
    room = Commentary(SourceFile(path, text), kind)
    for offset in range(0, len(text), 7):
        place = Location(path, Span(offset, offset + 1))
        found = Finding("hardcoded-model-id", place, "x", Severity.WARNING, Confidence.HIGH)
        assert room.suppressing(found)
    assert len(parsed) == 1
