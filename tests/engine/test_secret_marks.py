"""Credentials that a mark of another tool on their line accepts."""

from __future__ import annotations

import random
from datetime import date

import pytest
from tests.secret_samples import sample

from agentlint.config import Settings
from agentlint.engine import Run, run
from agentlint.reporters import Report

KEY = sample("openrouter-api-key", random.Random(4))
PROGRAM = "from openai import OpenAI\n\nclient = OpenAI()\n"


def rules(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".env", f"API_KEY={KEY}  # pragma: allowlist secret\n"),
        (".env", f"API_KEY={KEY}  # pragma: allowlist-secret\n"),
        (".env", f"API_KEY={KEY} #pragma: whitelist secret\n"),
        (".env", f"# pragma: allowlist nextline secret\nAPI_KEY={KEY}\n"),
        (".env", f"# secretlint-disable-next-line\nAPI_KEY={KEY}\n"),
        (".env", f"API_KEY={KEY} # secretlint-disable-line -- a demo\n"),
        (".env", f"API_KEY={KEY} # gitleaks:allow\n"),
        (".env", f"API_KEY={KEY} # of the demo, betterleaks:allow\n"),
        (".env", f"API_KEY={KEY} # Kingfisher:ignore\n"),
        (".env", f"API_KEY={KEY} # trufflehog:ignore\n"),
        (".env", f"API_KEY={KEY} # ggignore: a demo\n"),
        ("compose.yaml", f"services: {{a: {{environment: {{K: {KEY}}}}}}} # gitleaks:allow\n"),
        ("compose.yaml", f"services: # gitleaks:allow\n  a: {KEY} # gitleaks:allow\n"),
        ("compose.yaml", f"a: | # gitleaks:allow\n  x\n  {KEY}\n"),
        ("compose.yaml", f"a: [ {KEY} # gitleaks:allow\n"),
        ("service/a.py", f'{PROGRAM}KEY = "{KEY}"  # gitleaks:allow\n'),
        ("service/a.py", f'{PROGRAM}KEY = """\n{KEY}"""  # gitleaks:allow\n'),
        ("AGENTS.md", f"Use `{KEY}`. <!-- gitleaks:allow -->\n"),
        ("AGENTS.md", f"```sh\nexport API_KEY={KEY} # gitleaks:allow\n```\n"),
        ("AGENTS.md", f"```js\ncall('{KEY}') // pragma: allowlist secret\n```\n"),
        (".github/workflows/a.yml", f"on: push\njobs:\n  a:\n    x: {KEY} # gitleaks:allow\n"),
    ],
)
def test_a_mark_on_its_line_accepts_a_credential(check, path: str, text: str) -> None:
    report = check({path: text})
    assert "literal-secret" not in rules(report)
    assert [item.finding.rule for item in report.suppressed] == ["literal-secret"]
    assert report.suppressed[0].reason.startswith("accepted with `")
    assert not {"unused-suppression", "invalid-suppression"}.intersection(rules(report))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".env", f"# gitleaks:allow\nAPI_KEY={KEY}\n"),
        (".env", f"# pragma: allowlist secret\nAPI_KEY={KEY}\n"),
        (".env", f"# pragma: allowlist nextline secret\n\nAPI_KEY={KEY}\n"),
        (".env", f"API_KEY={KEY}\n# gitleaks:allow\n"),
        (".env", f"API_KEY={KEY} # noqa: S105\n"),
        (".env", f"API_KEY={KEY} # nosec B105\n"),
        (".env", f"API_KEY={KEY} # not-gitleaks:allow\n"),
        ("compose.yaml", f"services: # gitleaks:allow\n  a: {KEY}\n"),
        ("compose.yaml", f"a: '# gitleaks:allow'\nb: [x, '{KEY} gitleaks:allow']\n"),
        ("AGENTS.md", f"Write `# gitleaks:allow` behind `{KEY}`.\n"),
        ("AGENTS.md", f"<!-- gitleaks:allow -->\n\nUse `{KEY}`.\n"),
    ],
)
def test_a_mark_elsewhere_or_for_anything_else_accepts_nothing(check, path: str, text: str) -> None:
    assert "literal-secret" in rules(check({path: text}))


def test_a_mark_accepts_weak_passwords_and_nothing_but_credentials(check) -> None:
    compose = "services:\n  db:\n    environment:\n      DB_PASSWORD: postgres # gitleaks:allow\n"
    report = check(
        {
            "compose.yaml": compose,
            "AGENTS.md": f"Always use `gpt-5.4` and `{KEY}`. <!-- gitleaks:allow -->\n",
        }
    )
    assert rules(report) == ["hardcoded-model-id"]
    accepted = sorted(item.finding.rule for item in report.suppressed)
    assert accepted == ["default-credential", "literal-secret"]


def test_a_mark_that_another_tool_may_need_is_not_unused(check) -> None:
    assert rules(check({".env": "LOG_LEVEL=debug # gitleaks:allow\n"})) == []
    with_key = f"API_KEY={KEY}\nLOG_LEVEL=debug # gitleaks:allow\n"
    assert rules(check({".env": with_key})) == ["literal-secret"]


def test_our_own_comment_beside_a_mark_is_not_unused(check) -> None:
    line = f"API_KEY={KEY} # gitleaks:allow # agentlint: ignore[literal-secret] a demo\n"
    assert rules(check({".env": line})) == []


def test_no_ignores_tells_what_a_mark_accepts(tmp_path) -> None:
    (tmp_path / ".env").write_text(f"API_KEY={KEY} # gitleaks:allow\n", encoding="utf-8")
    report = run(Run(tmp_path, (tmp_path,), Settings(), date(2026, 11, 20), honour_comments=False))
    assert rules(report) == ["literal-secret"]
