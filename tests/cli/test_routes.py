"""`agentlint routes`: the table in three formats and two graphs, and what it leaves out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from agentlint.cli.app import app

GATEWAY = """\
model_list:
  - model_name: review-fast
    litellm_params:
      model: openai/gpt-5.4-mini
      api_base: https://gateway.example.com/v1
      api_key: os.environ/OPENAI_API_KEY
  - model_name: review-deep
    litellm_params:
      model: anthropic/claude-opus-4-5
      api_key: not-a-reference
router_settings:
  fallbacks: [{ review-fast: [review-deep] }]
  model_group_alias: { writer: review-deep }
"""
TABLE = """\
[routes.critic]
model = "gpt-5.5-pro"
endpoint_family = "responses"
endpoint_path = "/v1/responses"
base_url = "https://api.openai.com/v1"
token_ref = "CRITIC_TOKEN"
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "agentlint.toml").write_text("")
    (tmp_path / "config.yaml").write_text(GATEWAY)
    (tmp_path / "routes.toml").write_text(TABLE)
    (tmp_path / "routes.example.toml").write_text(TABLE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def routes(*args: str) -> Result:
    return CliRunner().invoke(app, ["routes", *args], catch_exceptions=False)


def test_the_table_fits_the_terminal_and_names_every_place(repository: Path) -> None:
    result = routes()
    assert result.exit_code == 0
    assert result.stdout == (
        "NAME         MODEL                      PROVIDER   FAMILY                "
        "PATH           BASE URL                        CREDENTIAL                 "
        "FALLBACKS    WHERE\n"
        "review-fast  openai/gpt-5.4-mini                   auto (default)        "
        "               https://gateway.example.com/v1  os.environ/OPENAI_API_KEY  "
        "review-deep  config.yaml:4\n"
        "review-deep  anthropic/claude-opus-4-5  anthropic  auto (default)        "
        "                                                                          "
        "             config.yaml:9\n"
        "writer       review-deep                           auto (default)        "
        "                                                                          "
        "             config.yaml:13\n"
        "critic       gpt-5.5-pro                openai     responses (declared)  "
        "/v1/responses  https://api.openai.com/v1       CRITIC_TOKEN               "
        "             routes.toml:2\n"
    )
    assert result.stderr == (
        "4 routes in 2 files. 1 more in examples and tests: --all shows them.\n"
    )


def test_markdown_is_a_table_of_the_routes(repository: Path) -> None:
    assert routes("--output-format", "markdown", "routes.toml").stdout == (
        "| NAME | MODEL | PROVIDER | FAMILY | PATH | BASE URL | CREDENTIAL | WHERE |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- |\n"
        "| `critic` | `gpt-5.5-pro` | `openai` | `responses (declared)` | `/v1/responses` "
        "| `https://api.openai.com/v1` | `CRITIC_TOKEN` | `routes.toml:2` |\n"
    )


def test_json_has_one_shape(repository: Path) -> None:
    document = json.loads(routes("--output-format", "json").stdout)
    assert document["version"] == 1
    assert document["routes"][0] == {
        "path": "config.yaml",
        "line": 4,
        "alias": "review-fast",
        "role": None,
        "label": None,
        "model": "openai/gpt-5.4-mini",
        "provider": None,
        "family": "auto",
        "family_source": "default",
        "endpoint_path": None,
        "base_url": "https://gateway.example.com/v1",
        "credential": "os.environ/OPENAI_API_KEY",
        "fallbacks": ["review-deep"],
        "effective": True,
        "ineffective_reason": None,
    }
    assert [route["alias"] for route in document["routes"]] == [
        "review-fast",
        "review-deep",
        "writer",
        "critic",
    ]
    assert document["routes"][1]["credential"] is None
    assert document["routes"][2]["model"] == "review-deep"


def test_mermaid_draws_aliases_and_their_fallbacks(repository: Path) -> None:
    assert routes("--output-format", "mermaid", "config.yaml").stdout == (
        "flowchart LR\n"
        '  name1(["review-fast"])\n'
        '  name2(["review-deep"])\n'
        '  name3(["writer"])\n'
        '  model1["openai/gpt-5.4-mini · auto"]\n'
        '  model2["anthropic/claude-opus-4-5 · auto"]\n'
        "  name1 --> model1\n"
        '  name1 -. "error" .-> name2\n'
        "  name2 --> model2\n"
        "  name3 --> name2\n"
    )


def test_dot_draws_the_same_graph(repository: Path) -> None:
    assert routes("--output-format", "dot", "config.yaml").stdout == (
        "digraph routes {\n"
        "  rankdir=LR;\n"
        '  name1 [label="review-fast", shape=ellipse];\n'
        '  name2 [label="review-deep", shape=ellipse];\n'
        '  name3 [label="writer", shape=ellipse];\n'
        '  model1 [label="openai/gpt-5.4-mini · auto", shape=box];\n'
        '  model2 [label="anthropic/claude-opus-4-5 · auto", shape=box];\n'
        "  name1 -> model1;\n"
        '  name1 -> name2 [label="error", style=dashed];\n'
        "  name2 -> model2;\n"
        "  name3 -> name2;\n"
        "}\n"
    )


def test_examples_are_shown_when_asked_for(repository: Path) -> None:
    assert len(json.loads(routes("--output-format", "json", "--all").stdout)["routes"]) == 5
    named = json.loads(routes("--output-format", "json", "routes.example.toml").stdout)
    assert [route["path"] for route in named["routes"]] == ["routes.example.toml"]


def test_a_route_that_is_not_used_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tensorzero.toml").write_text(
        '[models.deep]\nrouting = ["west"]\n'
        '[models.deep.providers.west]\ntype = "openai"\nmodel_name = "gpt-5.4"\n'
        '[models.deep.providers.east]\ntype = "openai"\nmodel_name = "gpt-5.4"\n'
    )
    west, east = json.loads(routes("--output-format", "json").stdout)["routes"]
    assert (west["effective"], west["ineffective_reason"]) == (True, None)
    assert not east["effective"]
    assert "routing" in east["ineffective_reason"]
    assert "no: `routing`" in routes().stdout


def test_a_setting_that_nothing_is_called_by_is_no_route(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "litellm.yaml").write_text(
        "model_list:\n  - model_name: writer\n    litellm_params: {model: openai/gpt-5.4}\n"
        "general_settings: {drop_params: true}\n"
    )
    (tmp_path / ".env").write_text("OPENAI_BASE_URL=https://gateway.example.com/v1\n")
    assert [
        row["alias"] for row in json.loads(routes("--output-format", "json").stdout)["routes"]
    ] == ["writer"]
    assert "drop_params" not in routes("--output-format", "mermaid").stdout


def test_a_folder_without_routes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = routes()
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "0 routes in 0 files.\n"
    assert json.loads(routes("--output-format", "json").stdout) == {"version": 1, "routes": []}
    assert routes("--output-format", "markdown").stdout == ""


def test_mistakes_are_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    missing = routes("missing.yaml")
    assert missing.exit_code == 2
    assert missing.stderr == "Error: no such file or folder: missing.yaml\n"
    assert routes("--output-format", "svg").exit_code == 2


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("--output-format", "markdown"),
        ("--output-format", "json"),
        ("--output-format", "mermaid"),
        ("--output-format", "dot"),
    ],
)
def test_no_text_of_a_file_can_leave_its_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    hostile = 'x"];a-->b|`<b>\\u001b[31m\\n::error::\\u202e'
    (tmp_path / "routes.yaml").write_text(
        f'routes:\n  writer:\n    model: "{hostile.replace(chr(34), chr(92) + chr(34))}"\n'
        "    endpoint_family: responses\n"
    )
    output = routes(*args).stdout
    assert "responses" in output
    assert "\x1b" not in output
    assert "\u202e" not in output
    assert not any(line.startswith("::error") for line in output.splitlines())
    assert "<b>" not in output or args != ("--output-format", "mermaid")


def test_the_key_of_a_gateway_s_callers_is_not_what_a_route_calls_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.yaml").write_text(
        "model_list:\n  - model_name: local\n    litellm_params:\n      model: ollama/llama3.2\n"
        "general_settings:\n  master_key: os.environ/GATEWAY_KEY\n"
    )
    monkeypatch.chdir(tmp_path)
    (route,) = json.loads(routes("--output-format", "json").stdout)["routes"]
    assert (route["alias"], route["credential"]) == ("local", None)


def test_a_host_among_unpacked_arguments_is_shown_as_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "app.py").write_text(
        "from langchain_openai import ChatOpenAI\n\n\ndef made(settings):\n"
        "    return ChatOpenAI(model='gpt-5.4', **settings)\n"
    )
    monkeypatch.chdir(tmp_path)
    (route,) = json.loads(routes("--output-format", "json").stdout)["routes"]
    assert (route["provider"], route["base_url"]) == (None, "unknown")


def test_what_stands_nowhere_is_no_base_url_and_a_default_is_a_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client, or the name of its class, tells no URL; a name that holds one may."""
    given = {
        "client": ("unknown", "gpt-5.4"),
        "make()": ("unknown", "gpt-5.4"),
        "OpenAI(**more)": ("unknown", "gpt-5.4"),
        "OpenAI(base_url=f'{host}/v1')": ("unknown", "gpt-5.4"),
        "OpenAI(base_url=url or 'https://a.example/v1')": ("https://a.example/v1", "gpt-5.4"),
        "OpenAI(base_url=settings.url)": ("settings.url", "gpt-5.4"),
        "OpenAI()": (None, "gpt-5.4"),
    }
    calls = (
        f"    {client}.chat.completions.create(model=model or 'gpt-5.4', messages=[])\n"
        for client in given
    )
    head = "from openai import OpenAI\n\n\ndef ask(client, model, url, more, settings, host):\n"
    (tmp_path / "app.py").write_text(head + "".join(calls))
    monkeypatch.chdir(tmp_path)
    shown = json.loads(routes("--output-format", "json").stdout)["routes"]
    assert [(route["base_url"], route["model"]) for route in shown] == list(given.values())


ANSWERING = """\
model_list:
  - { model_name: a, litellm_params: { model: openai/gpt-5.4, api_base: "http://vllm:8000/v1" } }
  - { model_name: b, litellm_params: { model: openai/gpt-5.4, api_base: "http://127.0.0.1:8000" } }
  - { model_name: c, litellm_params: { model: openai/gpt-5.4, api_base: "https://api.z.ai/api" } }
  - { model_name: d, litellm_params: { model: openai/gpt-5.4, api_base: os.environ/BASE } }
  - { model_name: e, litellm_params: { model: gpt-5.4 } }
  - { model_name: f, litellm_params: { model: claude-opus-4-5 } }
  - { model_name: g, litellm_params: { model: gpt-5.4, api_base: "https://llm.example.com" } }
  - { model_name: h, litellm_params: { model: Qwen/Qwen2.5-14B-Instruct, api_base: os.environ/B } }
  - { model_name: i, litellm_params: { model: ollama/llama3, api_base: "http://ollama:11434" } }
  - { model_name: j, litellm_params: { model: ollama/llama3, api_base: "https://llm.example.com" } }
  - { model_name: k, litellm_params: { model: ollama/llama3, api_base: os.environ/BASE } }
  - { model_name: l, litellm_params: { model: openai/gpt-5.4, api_base: "https://llm.example.com" } }
  - { model_name: m, litellm_params: { model: azure/gpt, api_base: "https://llm.example.com" } }
"""
SUITE = """\
providers:
  - { id: "openai:chat:a", config: { apiBaseUrl: "https://api.deepseek.com/v1" } }
  - { id: "openai:chat:b", config: { apiBaseUrl: "http://localhost:11434/v1" } }
  - { id: "openai:chat:c" }
  - { id: "ollama:chat:d", config: { apiBaseUrl: "http://localhost:11434/v1" } }
  - { id: "openai:chat:e", config: { apiBaseUrl: "https://llm.example.com/v1" } }
"""
ROUTER = """\
{ "Providers": [
    { "name": "openrouter", "api_base_url": "http://localhost:8000/v1/chat/completions", "models": ["a"] },
    { "name": "groq", "api_base_url": "https://llm.example.com/chat/completions", "models": ["b"] },
    { "name": "deepseek", "api_base_url": "https://api.deepseek.com/chat/completions", "models": ["c"] },
    { "name": "team", "api_base_url": "https://llm.example.com/chat/completions", "models": ["d"] }
  ],
  "Router": { "default": "openrouter,a", "think": "groq,b", "webSearch": "deepseek,c", "image": "team,d" }
}
"""
BEHIND_GATEWAY = """\
gateway:
  base_url: http://gateway:4000/v1
  routes:
    critic: { model: claude-opus-4-5, provider: anthropic, api_key_env: CRITIC_KEY }
    writer: { model: gpt-5.4, apiKeyEnv: WRITER_KEY }
    reader: { model: gpt-5.4, credential_env: reader-key }
"""


@pytest.mark.parametrize(
    ("name", "text", "key", "told"),
    [
        (
            "config.yaml",
            ANSWERING,
            "provider",
            [
                *("local", "local", "zai", None, "openai", "anthropic", None, None, "local"),
                *(None, "local", None, "azure"),
            ],
        ),
        (
            "promptfooconfig.yaml",
            SUITE,
            "provider",
            ["deepseek", "local", "openai", "ollama", None],
        ),
        ("config-router.json", ROUTER, "provider", ["local", None, "deepseek", "team"] * 2),
        ("table.yaml", BEHIND_GATEWAY, "provider", ["anthropic", "local", "local"]),
        ("table.yaml", BEHIND_GATEWAY, "credential", ["CRITIC_KEY", "WRITER_KEY", None]),
        (
            "promptfooconfig.yaml",
            "providers: ['azureopenai:chat:gpt-5.4', 'openai:gpt-5.4']\nprompts: [a]\n",
            "provider",
            ["azure", "openai"],
        ),
        (".env", "LLM_MODEL=Qwen/Qwen2.5-14B-Instruct\n", "provider", [None]),
        (".env", "LLM_MODEL=deepseek/deepseek-chat\n", "provider", ["deepseek"]),
        (".env", "LLM_MODEL=gpt-5.4\n", "provider", [None]),
    ],
)
def test_who_answers_and_with_what_key(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    text: str,
    key: str,
    told: list[str | None],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(text)
    document = json.loads(routes("--output-format", "json").stdout)
    assert [route[key] for route in document["routes"]] == told


def test_a_provider_that_is_labelled_for_people_is_told_as_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "librechat.yaml").write_text(
        "endpoints:\n"
        "  custom:\n"
        "    - name: OpenRouter\n"
        "      baseURL: https://openrouter.ai/api/v1\n"
        "      models: { default: [openai/gpt-5.4] }\n"
        "modelSpecs:\n"
        "  list:\n"
        "    - { name: a, preset: { endpoint: OpenRouter, model: openai/gpt-5.4 } }\n"
        "    - { name: b, preset: { endpoint: openAI, model: gpt-5.4 } }\n"
    )
    document = json.loads(routes("--output-format", "json").stdout)
    told = [route["provider"] for route in document["routes"]]
    assert told == ["openrouter", "openrouter", "openai"]


OWN_PROGRAM = """\
providers:
  openai: { base_url: "https://api.openai.com/v1", api_key_env: OPENAI_API_KEY }
agents:
  planner: { provider: openai, model: gpt-5.4, fallback: { provider: groq, model: llama-3.3-70b } }
  coder: { provider: groq, model: llama-3.1-8b-instant, fallback: planner }
"""
OWN = "{ provider: openai, model: gpt-5.4 }"
CATALOGUE = """\
models:
  a: { provider: openai, model: gpt-5.4, price: 1 }
  b: { provider: openai, model: gpt-5.4-mini, context_window: 400000 }
available: [{ provider: openai, model: gpt-5.4 }]
retired: { c: { provider: openai, model: gpt-4 } }
"""


def test_models_of_a_table_for_a_program_of_ones_own_have_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text(OWN_PROGRAM)
    (tmp_path / "models.yaml").write_text(CATALOGUE)
    (tmp_path / "config.example.yaml").write_text(OWN_PROGRAM)
    result = routes()
    assert result.stdout == (
        "NAME              MODEL                 PROVIDER  BASE URL                   CREDENTIAL"
        "      FALLBACKS      WHERE\n"
        "planner           gpt-5.4               openai    https://api.openai.com/v1  "
        "OPENAI_API_KEY  llama-3.3-70b  config.yaml:4\n"
        "planner.fallback  llama-3.3-70b         groq                                 "
        "                               config.yaml:4\n"
        "coder             llama-3.1-8b-instant  groq                                 "
        "                planner        config.yaml:5\n"
    )
    assert result.stderr == (
        "3 routes in 1 file. 3 more in examples and tests: --all shows them.\n"
    )
    first = json.loads(routes("--output-format", "json").stdout)["routes"][0]
    assert (first["alias"], first["role"]) == (None, "planner")
    assert (first["family"], first["family_source"]) == (None, "none")
    assert 'name1 -. "error" .-> name2' in routes("--output-format", "mermaid").stdout


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("provider: openai\nmodel: gpt-5.4\n", [""]),
        (f"a: {{ llm: {OWN} }}\n", ["llm"]),
        (f"a: {{ llm: {OWN} }}\nb: {{ llm: {OWN} }}\n", ["a.llm", "b.llm"]),
        (f"steps: [{OWN}, {OWN}]\n", ["steps", "steps"]),
        ("steps: [{ role: a, provider: openai, model: gpt-5.4 }]\n", ["a"]),
        (f"llm: {OWN}\nb: {{ llm: {OWN} }}\n", ["llm", "b.llm"]),
        ("memory_provider: openai\nmemory_model: gpt-5.4\n", ["memory"]),
    ],
)
def test_a_row_is_named_by_the_key_above_and_as_many_more_as_tell_it_from_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, names: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text(text)
    rows = json.loads(routes("--output-format", "json").stdout)["routes"]
    assert [row["role"] or "" for row in rows] == names
