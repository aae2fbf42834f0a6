"""A literal secret is told with the spelling of a reference that the reader of its file expands."""

from __future__ import annotations

import random

import pytest
from tests.secret_samples import expand, sample

KEY = sample("anthropic-api-key", random.Random(3))


@pytest.mark.parametrize(
    ("path", "text", "advice"),
    [
        (".claude/settings.json", '{{"env": {{"ANTHROPIC_API_KEY": "{key}"}}}}', "apiKeyHelper"),
        (
            ".github/workflows/review.yml",
            "on: push\nenv:\n  ANTHROPIC_API_KEY: {key}\njobs: {{}}\n",
            "${{ secrets.ANTHROPIC_API_KEY }}",
        ),
        (
            "action.yml",
            "runs:\n  using: composite\n  steps:\n    - run: x\n      env:\n        A_KEY: {key}\n",
            "${{ secrets.A_KEY }}",
        ),
        (
            "litellm.yaml",
            "model_list:\n  - model_name: a\n    litellm_params:\n      api_key: {key}\n",
            "os.environ/ANTHROPIC_API_KEY",
        ),
        (
            "opencode.json",
            '{{"provider": {{"x": {{"options": {{"apiKey": "{key}"}}}}}}}}',
            "{env:ANTHROPIC_API_KEY}",
        ),
        (
            "compose.yaml",
            "services:\n  a:\n    environment:\n      ANTHROPIC_API_KEY: {key}\n",
            "${ANTHROPIC_API_KEY}",
        ),
        (
            "ask.py",
            'import anthropic\nanthropic.Anthropic(api_key="{key}").messages.create()\n',
            'os.environ["ANTHROPIC_API_KEY"]',
        ),
        (".env", "ANTHROPIC_API_KEY={key}\n", "leave `ANTHROPIC_API_KEY` empty"),
        (
            ".mcp.json",
            '{{"mcpServers": {{"a": {{"env": {{"ANTHROPIC_API_KEY": "{key}"}}}}}}}}',
            "${ANTHROPIC_API_KEY}",
        ),
        ("AGENTS.md", "Use `ANTHROPIC_API_KEY={key}`.\n", "refer to it by name instead"),
    ],
)
def test_the_advice_is_in_the_reader_s_spelling(check, path: str, text: str, advice: str) -> None:
    found = [f for f in check({path: text.format(key=KEY)}).findings if f.rule == "literal-secret"]
    assert len(found) == 1
    assert advice in found[0].help
    assert KEY not in found[0].help


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ('{{"env": {{"ANTHROPIC_AUTH_TOKEN": "{key}"}}}}', "apiKeyHelper"),
        ('{{"env": {{"GATEWAY_TOKEN": "{key}"}}}}', "set `GATEWAY_TOKEN` outside"),
        (
            '{{"permissions": {{"allow": ["Bash(ANTHROPIC_API_KEY={key} claude:*)"]}}}}',
            "take the command out of `allow`",
        ),
    ],
)
def test_only_a_key_of_claude_code_is_one_that_its_helper_prints(
    check, text: str, advice: str
) -> None:
    report = check({".claude/settings.json": text.format(key=KEY)})
    (found,) = [one for one in report.findings if one.rule == "literal-secret"]
    assert advice in found.help
    assert ("apiKeyHelper" in found.help) is (advice == "apiKeyHelper")


@pytest.mark.parametrize(
    ("path", "text", "advice"),
    [
        (
            ".github/workflows/e2e.yml",
            "on: push\njobs:\n  a:\n    steps:\n      - run: x -e STORE_ADMIN_PASSWORD={value} y\n",
            "write `${{ secrets.STORE_ADMIN_PASSWORD }}`",
        ),
        (
            "ask.py",
            '#WEATHER_API_KEY = "{value}"\nimport openai\nopenai.OpenAI().responses.create()\n',
            'write `os.environ["WEATHER_API_KEY"]`',
        ),
        (".env", "SHOP_API_KEY=\n{value}\n", "take it out of the file that is committed"),
    ],
)
def test_a_variable_is_never_made_up_where_the_file_names_one(
    check, path: str, text: str, advice: str
) -> None:
    kind = "json-web-token" if path == ".env" else "password"
    report = check({path: text.format(value=sample(kind, random.Random(3)))})
    (found,) = [one for one in report.findings if one.rule == "literal-secret"]
    assert found.help.endswith(advice)


@pytest.mark.parametrize("kind", ["openai-compatible-key", "access-token"])
def test_a_salt_is_not_rotated_like_a_key(check, kind: str) -> None:
    value = sample(kind, random.Random(3))
    report = check({".env": f"LITELLM_SALT_KEY={value}\nLITELLM_API_KEY={value}x1\n"})
    salt, key = (one for one in report.findings if one.rule == "literal-secret")
    assert salt.message.startswith("LiteLLM salt key in `LITELLM_SALT_KEY`")
    assert "no other key reads what LiteLLM encrypted with it: replace both together" in salt.help
    assert salt.fix is None
    assert "rotate" not in salt.help
    assert "rotate the credential" in key.help


@pytest.mark.parametrize(
    ("url", "severity"),
    [
        ("{base}?sp=r&sv=2024-11-04&se=2099-01-31T00%3A00%3A00Z&sig={sig}%3D", "error"),
        ("{base}?sp=r&sv=2024-11-04&se=2024-01-31T00%3A00%3A00Z&sig={sig}%3D", "warning"),
        ("{base}?sig={sig}%3D&sv=2024-11-04&se=2024-01-31", "warning"),
        ("{base}?sig={sig}%3D&sv=2024-11-04", "error"),
    ],
)
def test_a_signed_url_past_its_last_day_is_a_warning(check, url: str, severity: str) -> None:
    base = "https://acmedata.blob.core.windows.net/in/a.csv"
    signed = url.format(base=base, sig=expand("{an:43}", random.Random(3)))
    (found,) = check({".env": f"REPORT_URL={signed}\n"}).findings
    assert (found.rule, str(found.severity)) == ("literal-secret", severity)
    assert ("expired on 2024-01-31" in found.message) is (severity == "warning")


ROUTE = "model_list:\n  - model_name: a\n    litellm_params:\n      model: {model}\n      api_key: {key}\n"


@pytest.mark.parametrize(
    ("model", "variable"),
    [
        ("openai/gpt-5.4", "OPENAI_API_KEY"),
        ("openai/gpt-5.4\n      api_base: https://api.deepseek.com/v1", "DEEPSEEK_API_KEY"),
        ("openai/qwen3\n      api_base: https://llm.example.com/v1", "A_API_KEY"),
    ],
)
@pytest.mark.parametrize("kind", ["openai-compatible-key", "deepseek-api-key", "api-key"])
def test_a_key_of_nobody_s_shape_is_named_for_who_answers(
    check, model: str, variable: str, kind: str
) -> None:
    text = ROUTE.format(model=model, key=sample(kind, random.Random(3)))
    (found,) = check({"litellm.yaml": text}).findings
    assert f"`os.environ/{variable}`" in found.help
    assert found.fix is not None


@pytest.mark.parametrize("kind", ["openai-compatible-key", "litellm-key", "secret-value"])
def test_the_key_of_a_proxy_is_named_by_its_place(check, kind: str) -> None:
    text = f"model_list: []\ngeneral_settings:\n  master_key: {sample(kind, random.Random(3))}\n"
    (found,) = check({"litellm.yaml": text}).findings
    assert found.message.startswith("LiteLLM master key")
    assert "`os.environ/LITELLM_MASTER_KEY`" in found.help


@pytest.mark.parametrize(("second", "fixed"), [(3, True), (4, False)])
def test_different_values_never_get_one_variable(check, second: int, *, fixed: bool) -> None:
    keys = [sample("anthropic-api-key", random.Random(seed)) for seed in (3, second)]
    files = {
        f"{n}/litellm.yaml": ROUTE.format(model="anthropic/a", key=k) for n, k in enumerate(keys)
    }
    found = [f for f in check(files).findings if f.rule == "literal-secret"]
    assert [f.fix is not None for f in found] == [fixed, fixed]
    assert all(("a name of its own" in f.help) is not fixed for f in found)


COMPOSE = """\
services:
  gateway:
    environment:
      DATABASE_URL: postgresql://gateway:{in_url}@db:5432/gateway
      SESSION_SECRET: {other}
  db:
    environment:
      POSTGRES_PASSWORD: {password}
"""
PASSWORD, OTHER = (sample("password", random.Random(seed)) for seed in (5, 6))


@pytest.mark.parametrize("in_url", [PASSWORD, f"%{ord(PASSWORD[0]):x}{PASSWORD[1:]}"])
def test_a_password_that_a_url_of_the_file_holds_too_is_not_changed_in_one_place_alone(
    check, fixed, in_url: str
) -> None:
    text = COMPOSE.format(in_url=in_url, password=PASSWORD, other=OTHER)
    found = {finding.subject: finding for finding in check({"compose.yaml": text}).findings}
    assert "in the URL of this file" in found["password: POSTGRES_PASSWORD"].help
    assert "in the URL of this file" not in found["secret-value: SESSION_SECRET"].help
    (file,) = fixed(True).files
    assert file.new.text == text.replace(OTHER, "${SESSION_SECRET}")


def test_a_password_of_its_own_is_changed(check, fixed) -> None:
    text = COMPOSE.format(in_url="${POSTGRES_PASSWORD}", password=PASSWORD, other=OTHER)
    check({"compose.yaml": text})
    (file,) = fixed(True).files
    assert "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD}" in file.new.text


def test_equal_keys_of_a_file_get_one_variable(check, fixed) -> None:
    key = sample("api-key", random.Random(3))
    route = (
        "  - model_name: {name}\n    litellm_params:\n      model: openai/{name}\n"
        "      api_base: https://llm.example.com/v1\n      api_key: {key}\n"
    )
    text = "model_list:\n" + "".join(route.format(name=n, key=key) for n in ("small", "large"))
    assert all("SMALL_API_KEY" in f.help for f in check({"litellm.yaml": text}).findings)
    (file,) = fixed(True).files
    assert file.new.text == text.replace(key, "os.environ/SMALL_API_KEY")


def test_equal_keys_of_a_dotenv_file_are_told_by_their_own_names(check) -> None:
    key = sample("api-key", random.Random(3))
    found = check({".env": f"FAST_API_KEY={key}\nDEEP_API_KEY={key}\n"}).findings
    assert ["leave `DEEP_API_KEY` empty" in f.help for f in found] == [False, True]


@pytest.mark.parametrize("name", ["SECRET", "APIKEY", "TOKEN", "JWT", "apiKey", "jwt-secret"])
def test_a_dotenv_file_is_told_the_name_that_stands_there(check, name: str) -> None:
    key = sample("secret-value", random.Random(3))
    (found,) = check({".env": f"{name}={key}\n"}).findings
    assert f"leave `{name}` empty" in found.help


@pytest.mark.parametrize(("name", "variable"), [("SECRET", "SECRET"), ("secret", "SECRET_VALUE")])
def test_a_variable_of_one_word_keeps_its_name(check, name: str, variable: str) -> None:
    key = sample("secret-value", random.Random(3))
    text = f"services: {{a: {{environment: {{{name}: {key}}}}}}}\n"
    (found,) = check({"compose.yaml": text}).findings
    assert f"write `${{{variable}}}`" in found.help


@pytest.mark.parametrize("shared", ["x-shared: &shared\n  {name}: {key}\n", "# was {key}\n"])
def test_a_value_is_not_changed_at_some_of_its_places_alone(check, fixed, shared: str) -> None:
    key = sample("secret-value", random.Random(3))
    environment = f"services:\n  daemon:\n    environment:\n      SERVER_SECRET: {key}\n"
    text = shared.format(name="DAEMON_SECRET", key=key) + environment
    if "&shared" in shared:
        text += "  api:\n    environment:\n      <<: *shared\n"
    found = check({"compose.yaml": text}).findings
    assert [f.fix for f in found if "every place of this file" in f.help] == [None]
    assert not fixed(True).files


@pytest.mark.parametrize(
    ("kind", "title", "variable"),
    [
        ("supabase-secret-key", "Supabase secret key", "SUPABASE_SECRET_KEY"),
        ("supabase-access-token", "Supabase personal access token", "SUPABASE_ACCESS_TOKEN"),
        ("slack-bot-token", "Slack bot token", "SLACK_BOT_TOKEN"),
        ("slack-app-token", "Slack app-level token", "SLACK_APP_TOKEN"),
        ("anthropic-oauth-token", "Anthropic OAuth token", "CLAUDE_CODE_OAUTH_TOKEN"),
        ("vercel-ai-gateway-key", "Vercel AI Gateway key", "AI_GATEWAY_API_KEY"),
        ("cloudflare-global-key", "Cloudflare global API key", "CLOUDFLARE_API_KEY"),
    ],
)
def test_each_kind_of_a_provider_is_told_by_its_own_name(
    check, kind: str, title: str, variable: str
) -> None:
    arguments = f'["-y", "some-server", "--token", "{sample(kind, random.Random(3))}"]'
    text = f'{{"mcpServers": {{"a": {{"command": "npx", "args": {arguments}}}}}}}'
    (found,) = check({".cursor/mcp.json": text}).findings
    assert found.message.startswith(title)
    assert f"`${{env:{variable}}}`" in found.help


def program(line: str) -> str:
    return f'from openai import OpenAI\nOpenAI().responses.create(model="x")\n{line}\n'


MODELS = "model_list: [{{model_name: a, litellm_params: {{model: openai/a}}}}]\n"
URL_PASSWORD = sample("password", random.Random(5))


@pytest.mark.parametrize(
    ("path", "text", "advice"),
    [
        (
            "a.py",
            program('os.environ["A_API_KEY"] = "{key}"'),
            "take this assignment out, and set `A_",
        ),
        ("a.py", program('os.environ.setdefault("A_KEY", "{key}")'), "take this assignment out"),
        (
            "AGENTS.md",
            '```js\nprocess.env.A_API_KEY = "{key}";\n```\n',
            "take this assignment out, and set `A_API_KEY`",
        ),
        ("a.py", program('key = os.getenv("A_API_KEY", "{key}")'), "nobody has set `A_API_KEY`"),
        ("a.py", program('A_API_KEY = "{key}"'), '`os.environ["A_API_KEY"]`'),
        ("a.py", program('API_KEY = "{key}"'), '`os.environ["ANTHROPIC_API_KEY"]`'),
        (
            "compose.yaml",
            "services: {{a: {{environment: {{API_KEY: {key}}}}}}}\n",
            "${ANTHROPIC_API_KEY}",
        ),
        (".env", "API_KEY={key}\n", "leave `API_KEY` empty"),
        (".env", "{key}\n", "take it out of the file"),
        (
            "a.py",
            program('a = connect("redis://:{password}@cache.acme.dev/0")'),
            '"REDIS_URL"]` in place',
        ),
        (
            "a.py",
            program('A_URI = "mysql+pymysql://a:{password}@db.acme.dev/a"'),
            '"A_URI"]` in place',
        ),
        ("a.py", program('a = get("https://a:{password}@db.acme.dev/a")'), "from one variable"),
        (
            "litellm.yaml",
            f"{MODELS}general_settings:\n  database_url: postgresql://a:{{password}}@db.acme.dev/a\n",
            "`os.environ/DATABASE_URL` in place of the whole URL",
        ),
        (
            "litellm.yaml",
            "model_list: []\nlitellm_settings:\n  cache_params:\n    url: redis://:{password}@a.acme.dev\n",
            "`os.environ/REDIS_URL` in place of the whole URL",
        ),
        (
            "compose.yaml",
            "services: {{a: {{environment: {{STORE_URL: 'mysql://a:{password}@db.acme.dev/a'}}}}}}\n",
            "`${STORE_URL}` in place of the whole URL",
        ),
        (".env", "A_URL=mysql://a:{password}@db.acme.dev/a\n", "leave `A_URL` empty"),
        ("AGENTS.md", "`mysql://a:{password}@db.acme.dev/a`\n", "such as `DATABASE_URL`"),
    ],
)
def test_the_advice_is_one_that_can_be_followed(check, path: str, text: str, advice: str) -> None:
    written = text.format(key=KEY, password=URL_PASSWORD)
    (found,) = [f for f in check({path: written}).findings if f.rule == "literal-secret"]
    assert advice in found.help
    assert "URL_PASSWORD" not in found.help


@pytest.mark.parametrize(
    "line",
    [
        'os.environ["ANTHROPIC_API_KEY"] = "{key}"',
        'key = os.environ.get("ANTHROPIC_API_KEY", "{key}")',
        'url = "mysql://a:{password}@db.acme.dev/a"',
    ],
)
def test_no_fix_lets_a_program_look_up_what_it_sets(check, line: str) -> None:
    text = "import os\n" + program(line.format(key=KEY, password=URL_PASSWORD))
    (found,) = [f for f in check({"a.py": text}).findings if f.rule == "literal-secret"]
    assert found.fix is None


@pytest.mark.parametrize(
    ("line", "variable"),
    [
        ('Composio(api_key="{key}", user="a")', "COMPOSIO_API_KEY"),
        ('composio.ComposioClient(api_key="{key}")', "COMPOSIO_API_KEY"),
        ('OpenRouterProvider(api_key="{key}")', "OPENROUTER_API_KEY"),
        ('OpenAIProvider(api_key="{key}", base_url="https://llm.acme.dev")', "API_KEY"),
        ('Client(api_key="{key}")', "API_KEY"),
    ],
)
def test_the_key_of_a_client_is_named_after_it(check, line: str, variable: str) -> None:
    text = program(line.format(key=sample("api-key", random.Random(3))))
    (found,) = [f for f in check({"a.py": text}).findings if f.rule == "literal-secret"]
    assert f'`os.environ["{variable}"]`' in found.help


def test_a_token_in_a_url_stays_a_part_of_it(check) -> None:
    token = sample("github-token", random.Random(3))
    text = "on: push\njobs:\n  a:\n    steps:\n      - run: git clone https://x:{token}@github.com/a/b\n"
    (found,) = check({".github/workflows/a.yml": text.format(token=token)}).findings
    assert "`${{ secrets.GITHUB_TOKEN }}`" in found.help


def test_a_report_in_json_that_quotes_a_config_has_not_its_reader(check) -> None:
    seen = '"seen": ["general_settings", "master_key", "litellm_params"]'
    route = f'{{"model_name": "a", "litellm_params": {{"model": "x/y", "api_key": "{KEY}"}}}}'
    server = f'{{"command": ["a"], "environment": {{"ANTHROPIC_API_KEY": "{KEY}"}}}}'
    files = {
        "reports/surface.json": f'{{{seen}, "excerpt": "ANTHROPIC_API_KEY={KEY}"}}',
        "gateway/config.json": f'{{"model_list": [{route}]}}',
        "team.json": f'{{"$schema": "https://opencode.ai/config.json", "mcp": {{"a": {server}}}}}',
    }
    secrets = [one for one in check(files).findings if one.rule == "literal-secret"]
    told = {found.location.path: found.help for found in secrets}
    assert "`os.environ/ANTHROPIC_API_KEY`" in told["gateway/config.json"]
    assert "`{env:ANTHROPIC_API_KEY}`" in told["team.json"]
    assert "refer to it by name instead" in told["reports/surface.json"]


@pytest.mark.parametrize(
    ("reference", "filler"),
    [
        ("${A_KEY}", "unless envsubst fills"),
        ("${A_KEY:-none}", "as GNU's envsubst does not, fills"),
    ],
)
def test_what_may_fill_a_config_in_knows_the_spelling(check, reference: str, filler: str) -> None:
    params = f"{{ model: openai/gpt-5.4, api_key: '{reference}' }}"
    text = f"model_list:\n  - model_name: a\n    litellm_params: {params}\n"
    (found,) = check({"litellm.yaml": text}).findings
    assert found.rule == "wrong-reference-dialect"
    assert filler in found.help
