"""What people read, whole: a change of any word of it shows here."""

# ruff: noqa: E501 - lines are as long as they are printed

from __future__ import annotations

import pytest
from inline_snapshot import snapshot
from msgspec.structs import replace

from agentlint.reporters import Report, render, render_statistics
from agentlint.reporters.wording import sentence


def test_full_shows_each_finding_in_its_line(faulty: Report) -> None:
    assert render("full", faulty) == snapshot("""\
warning[hardcoded-model-id]: model ID `gpt-5.4` is hard-coded in an instruction
  --> AGENTS.md:3:15
  |
3 | 😀 Always use `gpt-5.4` for reviews.
  |                ^^^^^^^
  = note: alias `reviewer` serves this model
  ::: gateway-routes.yaml:5:12
  = help: name one of the route aliases `reviewer`, `writer` instead

warning[missing-endpoint-family]: route `writer` names no endpoint family
  --> gateway-routes.yaml:2:3
  |
2 |   writer:
  |   ^^^^^^
  = help: write `endpoint_family` beside the model: `responses`, `chat_completions`, …

error[endpoint-path-mismatch]: `/v1/chat/completions` serves chat_completions, but route `reviewer` declares responses
  --> gateway-routes.yaml:7:20
  |
7 |     endpoint_path: /v1/chat/completions
  |                    ^^^^^^^^^^^^^^^^^^^^
  = note: the family is declared here
  ::: gateway-routes.yaml:6:22
  = help: use `/v1/responses`, or declare `chat_completions`

error[literal-secret]: API key in `api_key` (19 characters)
  --> lite llm/config.yaml:6:9
  |
6 |         [api-key, 19 characters]
  |         ^^^^^^^^^^^^^^^^^^^^^^^^
  = fingerprint: f9c239199e619e6274f01bfc86e2697d
  = help: rotate the credential, since it stays in the history, and write `os.environ/ANTHROPIC_API_KEY`

AGENTS.md:6:13: suppressed[hardcoded-model-id] model ID `gpt-5.4-mini` is hard-coded in an instruction (pinned for the audit)
CLAUDE.md:1: notice[not-text] UTF-16 text, not UTF-8 (secrets were looked for all the same)

Found 2 errors and 2 warnings in 4 files, 1 finding suppressed.
""")


def test_concise_gives_each_finding_one_line(faulty: Report) -> None:
    assert render("concise", replace(faulty, suppressed=())) == snapshot("""\
AGENTS.md:3:15: warning[hardcoded-model-id] model ID `gpt-5.4` is hard-coded in an instruction
gateway-routes.yaml:2:3: warning[missing-endpoint-family] route `writer` names no endpoint family
gateway-routes.yaml:7:20: error[endpoint-path-mismatch] `/v1/chat/completions` serves chat_completions, but route `reviewer` declares responses
lite llm/config.yaml:6:9: error[literal-secret] API key in `api_key` (19 characters)
CLAUDE.md:1: notice[not-text] UTF-16 text, not UTF-8 (secrets were looked for all the same)
Found 2 errors and 2 warnings in 4 files, 1 finding suppressed.
""")


def test_github_gives_each_finding_one_command(faulty: Report) -> None:
    assert render("github", faulty) == snapshot("""\
::warning file=AGENTS.md,line=3,endLine=3,title=agentlint hardcoded-model-id,col=15,endColumn=22::Model ID `gpt-5.4` is hard-coded in an instruction. Name one of the route aliases `reviewer`, `writer` instead.
::warning file=gateway-routes.yaml,line=2,endLine=2,title=agentlint missing-endpoint-family,col=3,endColumn=9::Route `writer` names no endpoint family. Write `endpoint_family` beside the model: `responses`, `chat_completions`, …
::error file=gateway-routes.yaml,line=7,endLine=7,title=agentlint endpoint-path-mismatch,col=20,endColumn=40::`/v1/chat/completions` serves chat_completions, but route `reviewer` declares responses. Use `/v1/responses`, or declare `chat_completions`.
::error file=lite llm/config.yaml,line=6,endLine=6,title=agentlint literal-secret,col=9,endColumn=28::API key in `api_key` (19 characters). Rotate the credential, since it stays in the history, and write `os.environ/ANTHROPIC_API_KEY`.
::notice file=CLAUDE.md,title=agentlint not-text,line=1::UTF-16 text, not UTF-8 (secrets were looked for all the same).
""")


def test_markdown_sums_the_findings_up(faulty: Report) -> None:
    assert render("markdown", faulty) == snapshot("""\
## agentlint

Found 2 errors and 2 warnings in 4 files, 1 finding suppressed.

| findings | rule | what |
|---:|---|---|
| 1 | [endpoint-path-mismatch](https://github.com/agentlint-gateway/agentlint/blob/main/rules/endpoint-path-mismatch.md) | A path that contradicts the endpoint family |
| 1 | [hardcoded-model-id](https://github.com/agentlint-gateway/agentlint/blob/main/rules/hardcoded-model-id.md) | A model ID hard-coded in an instruction |
| 1 | [literal-secret](https://github.com/agentlint-gateway/agentlint/blob/main/rules/literal-secret.md) | A literal secret |
| 1 | [missing-endpoint-family](https://github.com/agentlint-gateway/agentlint/blob/main/rules/missing-endpoint-family.md) | A route that names no endpoint family |

- **error** endpoint-path-mismatch at `gateway-routes.yaml:7:20`: `/v1/chat/completions` serves `chat_completions`, but route `reviewer` declares responses
  - the family is declared here at `gateway-routes.yaml:6:22`
  - use `/v1/responses`, or declare `chat_completions`
- **error** literal-secret at `lite llm/config.yaml:6:9`: API key in `api_key` (19 characters)
  - rotate the credential, since it stays in the history, and write `os.environ/ANTHROPIC_API_KEY`
- **warning** hardcoded-model-id at `AGENTS.md:3:15`: model ID `gpt-5.4` is hard-coded in an instruction
  - alias `reviewer` serves this model at `gateway-routes.yaml:5:12`
  - name one of the route aliases `reviewer`, `writer` instead
- **warning** missing-endpoint-family at `gateway-routes.yaml:2:3`: route `writer` names no endpoint family
  - write `endpoint_family` beside the model: `responses`, `chat_completions`, …
- `AGENTS.md:6:13`: `suppressed[hardcoded-model-id]` model ID `gpt-5.4-mini` is hard-coded in an instruction (pinned for the audit)
- `CLAUDE.md:1`: `notice[not-text]` `UTF-16` text, not `UTF-8` (secrets were looked for all the same)
""")


def test_statistics_count_the_findings_of_each_rule(faulty: Report) -> None:
    assert render_statistics("concise", faulty) == snapshot("""\
1  endpoint-path-mismatch   [ ] A path that contradicts the endpoint family
1  hardcoded-model-id       [ ] A model ID hard-coded in an instruction
1  literal-secret           [ ] A literal secret
1  missing-endpoint-family  [ ] A route that names no endpoint family
Found 2 errors and 2 warnings in 4 files, 1 finding suppressed.
""")


def test_no_file_is_told_from_nothing_found(clean: Report) -> None:
    nowhere = replace(clean, files_read=0)
    assert render("full", nowhere) == snapshot(
        "No file to check: no instruction file or config of model calls that is not excluded.\n"
    )
    assert render("full", replace(nowhere, files_skipped=1)) == snapshot(
        "Nothing found in 0 files, 1 file skipped.\n"
    )


def test_nothing_found_is_said_by_each_format_in_its_way(clean: Report) -> None:
    assert render("full", clean) == snapshot("Nothing found in 1 file.\n")
    assert render("github", clean) == snapshot("")
    assert render("markdown", clean) == snapshot("""\
## agentlint

Nothing found in 1 file.
""")
    assert render_statistics("full", clean) == snapshot("Nothing found in 1 file.\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("agentlint.toml: unknown key `a`", "agentlint.toml: unknown key `a`."),
        ("sub/file: no", "sub/file: no."),
        ("gpt-4 is old", "gpt-4 is old."),
        ("model ID `x.y` is old", "Model ID `x.y` is old."),
        ("did you mean `a`?", "Did you mean `a`?"),
        ("", "."),
    ],
)
def test_a_sentence_begins_with_a_capital_but_for_names(text: str, told: str) -> None:
    assert sentence(text) == told
