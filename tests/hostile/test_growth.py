"""Twice as much of anything takes about twice as long: no join and no report grows with the square."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import count, islice, product
from pathlib import Path

import pytest

from agentlint.config import Profile, Settings
from agentlint.engine import Run, run
from agentlint.facts.redaction import masks
from agentlint.knowledge.secret_samples import sample
from agentlint.reporters import FORMATS, render

Files = Mapping[str, str]
TIMES = 4
FLOOR = 0.4
"""Seconds of processor time below which a run says nothing of how time grows."""
GROWTH = 2.5 * TIMES


def _deployments(count: int) -> str:
    rows = (
        f"- {{model_name: m{i}, litellm_params: {{model: openai/gpt-5.4}}}}\n" for i in range(count)
    )
    return "model_list:\n" + "".join(rows)


def aliases_that_nobody_defined(n: int) -> Files:
    uses = ", ".join(f"{{x{i}: [y{i}]}}" for i in range(n))
    return {"litellm.yaml": f"{_deployments(3)}router_settings:\n  fallbacks: [{uses}]\n"}


def fallbacks_of_one_name(n: int) -> Files:
    rows = "- {model_name: a, litellm_params: {model: openai/gpt-5.4}}\n" * n
    lists = ", ".join("{a: [b]}" for _ in range(n))
    return {"litellm.yaml": f"model_list:\n{rows}router_settings:\n  fallbacks: [{lists}]\n"}


def routes_that_share_their_names(n: int) -> Files:
    pair = (
        "- {alias: a, endpoint_family: responses, model: gpt-5.4, fallback: b}\n"
        "- {alias: b, endpoint_family: chat_completions, model: gpt-4o}\n"
    )
    return {"routes.yaml": "routes:\n" + pair * n}


def suppressions_above_one_line(n: int) -> Files:
    comment = "<!-- agentlint: ignore[hardcoded-model-id] because -->\n\n"
    return {"AGENTS.md": "# A\n\n" + comment * n + "Always use `gpt-5.4`.\n"}


def suppressions_on_lines_of_their_own(n: int) -> Files:
    line = "Always use `gpt-5.4`. <!-- agentlint: ignore[hardcoded-model-id] because -->\n\n"
    return {"AGENTS.md": "# A\n\n" + line * n}


def suppressions_above_and_in_one_script(n: int) -> Files:
    """Each above is meant for every line of the script."""
    comment = "# agentlint: ignore[hardcoded-model-id] because\n"
    steps = (f"{' ' * 10}codex exec -m gpt-5.{i} x  {comment}" for i in range(n))
    above = f"      {comment}" * n
    script = f"{above}      - run: |\n{''.join(steps)}"
    head = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n"
    return {".github/workflows/a.yml": head + script}


def suppressions_on_one_line(n: int) -> Files:
    comment = "  # agentlint: ignore[retired-model] because"
    return {"a.py": f"import openai\n\nopenai.OpenAI(){comment * n}\n"}


def credentials_on_one_line(n: int) -> Files:
    rng = random.Random(1)
    keys = [sample("github-token", rng) for _ in range(40)]
    servers = ",".join(f'"s{i}":{{"env":{{"API_KEY":"{keys[i % 40]}"}}}}' for i in range(n))
    return {".mcp.json": f'{{"mcpServers":{{{servers}}}}}'}


def credentials_on_many_lines(n: int) -> Files:
    return {"AGENTS.md": "# A\n\n" + "password: hunter2Hunter77xyzQ\n" * n}


def recipes_in_one_file(n: int) -> Files:
    recipe = "###> a/b ###\nAPP_SECRET={}\n###< a/b ###\n"
    rng = random.Random(2)
    return {".env.dev": "".join(recipe.format(rng.randbytes(16).hex()) for _ in range(n))}


def models_in_one_paragraph(n: int) -> Files:
    return {"AGENTS.md": "# A\n\n" + "Always use `gpt-5.4` and never claude-opus-4-1; " * n}


def models_on_one_line_of_a_sample(n: int) -> Files:
    return {"AGENTS.md": "# A\n\n```bash\naz " + "--model gpt-4 " * n + "\n```\n"}


def models_beside_loaded_weights(n: int) -> Files:
    asked = 'ask(model="Qwen/Qwen3-8B")\n' * n
    return {"AGENTS.md": f"# A\n\n```python\nfrom_pretrained(name)\nlora_r = 8\n{asked}```\n"}


def models_of_one_continued_command(n: int) -> Files:
    return {"AGENTS.md": "# A\n\n```bash\n" + "az --model gpt-4 \\\n" * n + "```\n"}


def models_of_one_command_line(n: int) -> Files:
    return {"AGENTS.md": f"```console\n$ agent{' --model gpt-5.4' * n}\n```\n"}


def models_of_searches_on_one_line(n: int) -> Files:
    return {"AGENTS.md": "# A\n\n```bash\n" + "(grep 'model=gpt-4' WHERE " * n + "\n```\n"}


def models_in_one_cell(n: int) -> Files:
    return {"AGENTS.md": "| task | model |\n|---|---|\n| review | " + "use `gpt-4` " * n + "|\n"}


def models_in_links_of_one_paragraph(n: int) -> Files:
    return {"AGENTS.md": "# A\n\n" + "[gpt-4](gpt-4.md) " * n + "\n"}


def orders_in_two_files(n: int) -> Files:
    orders = "".join(f"- For reviews, use gpt-5.{i % 50}.\n" for i in range(n))
    return {"AGENTS.md": orders, "CLAUDE.md": orders, "sub/AGENTS.md": orders}


def records_and_links(n: int) -> Files:
    record = "```yaml\nmigration_check_id: c\nrollback_note_available: true\n```\n\n"
    return {"docs/migration.md": "# A\n\n" + f"[rollback](rollback-x.md)\n\n{record}" * n}


def calls_and_aliases(n: int) -> Files:
    call = "client.chat.completions.create(model='gpt-5.4', messages=[])\n"
    start = "from openai import OpenAI\nclient = OpenAI()\n"
    return {"litellm.yaml": _deployments(n), "app.py": start + call * n}


def writers_and_judges(n: int) -> Files:
    names = [f"{a}{b}" for a in ("writer", "critic") for b in ("", "-route", "_model", ".agent")]
    routes = "".join(
        f"- {{alias: {name}, model: gpt-5.4, endpoint_family: responses}}\n" for name in names
    )
    return {"routes.yaml": "routes:\n" + routes * (n // 8)}


def orders_in_many_folders(n: int) -> Files:
    order = "# A\n\n- For reviews, use gpt-5.4.\n"
    return {f"d{i}/AGENTS.md": order for i in range(n)}


def contradictions_below_one_file(n: int) -> Files:
    orders = "".join(f"- For reviews, use gpt-5.{i}.\n" for i in range(n))
    return {"AGENTS.md": orders} | {
        f"d{i}/AGENTS.md": "- For reviews, use claude-opus-4-1.\n" for i in range(n)
    }


def retired_models_in_many_files(n: int) -> Files:
    return {f"d{i}/AGENTS.md": "# A\n\nUse model gpt-4o.\n" for i in range(n)}


def approvals_and_uses(n: int) -> Files:
    fields = "overall_result: pass\napproved_at: 2026-01-01\napproved_by: team\n"
    record = "model_candidate_approval: yes\ncandidate_model_id: gpt-5."
    approvals = {f"approvals/a{i}.yaml": f"{record}{i}\n{fields}" for i in range(n)}
    return approvals | {"litellm.yaml": _deployments(n)}


def workflows_in_one_folder(n: int) -> Files:
    job = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n    - run: claude -p x\n"
    return {f".github/workflows/w{i}.yml": job for i in range(n)}


def migrations_in_one_file(n: int) -> Files:
    part = "# Migrate model calls to the new gateway\n\n[rollback](rollback-x.md)\n\n"
    return {"docs/migration.md": part * n}


def links_to_one_page(n: int) -> Files:
    start = "# Migrate model calls to the new gateway\n\n"
    return {
        "docs/migration.md": start + "[a](migrate.md) " * n,
        "docs/migrate.md": "# A\n\nText.\n\n" * n,
    }


def agents_behind_a_gateway(n: int) -> Files:
    step = "    - uses: anthropics/claude-code-action@v1\n      env: {OPENAI_BASE_URL: https://a}\n"
    start = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n"
    return {".github/workflows/w.yml": start + step * n}


def contracts_and_files(n: int) -> Files:
    contract = "---\ninstruction_source: NO{}.md\nagent_must_stop_on_conflict: true\n"
    contracts = "".join(contract.format(i) for i in range(n))
    return {"c.yaml": contracts} | {f"d{i}/AGENTS.md": "x\n" for i in range(n)}


def helpers_and_their_calls(n: int) -> Files:
    call = "    OpenAI().responses.create(model=m, input=[])\n"
    start = "from openai import OpenAI\n\ndef ask(m):\n"
    return {
        "app.py": start + call * n + "\ntry:\n" + "    ask('a')\n" * n + "finally:\n    ask()\n"
    }


def variables_around_many_jobs(n: int) -> Files:
    around = "".join(f"  A{i}_BASE_URL: https://x{i}.example\n" for i in range(n))
    jobs = "".join(f"  j{i}:\n    env: {{LLM_MODEL: gpt-4}}\n" for i in range(n))
    return {".github/workflows/w.yml": f"on: push\nenv:\n{around}jobs:\n{jobs}"}


def jobs_that_extend_one_another(n: int) -> Files:
    script = "  script: claude -p x --model gpt-4\n"
    chain = "".join(f".j{i}:\n  extends: .j{i + 1}\n{script}" for i in range(n))
    tagged = "".join(f".k{i}: {{tags: [a]}}\n" for i in range(n))
    every = ", ".join(f".k{i}" for i in range(n))
    wide = "".join(f"j{i}:\n  extends: .all\n{script}" for i in range(n))
    return {
        ".gitlab-ci.yml": f"{tagged}.all:\n  extends: [{every}]\n{wide}",
        "chain.gitlab-ci.yml": chain,
    }


def names_that_are_bound_again(n: int) -> Files:
    start = "from openai import OpenAI\n\ndef ask(m=None):\n"
    return {"app.py": start + "    m = m or 'a'\n    OpenAI().responses.create(model=m)\n" * n}


def parameters_of_one_name(n: int) -> Files:
    helper = "def ask(m='a'):\n    OpenAI().responses.create(model=m)\n"
    return {"app.py": "from openai import OpenAI\n" + helper * n}


def clients_of_one_name(n: int) -> Files:
    bound = "client = OpenAI()\nclient.responses.create(model='gpt-5.4')\n"
    loops = "for x in y:\n    client.responses.create(model='gpt-5.4')\n"
    return {"app.py": "from openai import OpenAI\n" + bound * n + loops * n}


def branches_after_two_clients(n: int) -> Files:
    start = "from openai import OpenAI\nc = OpenAI()\nc = OpenAI()\nif x: pass\n"
    branches = "".join(
        f"elif x == {i}:\n    for y in z: c.responses.create(model='gpt-5.4')\n" for i in range(n)
    )
    return {"app.py": start + branches + "c.responses.create(model='gpt-5.4')\n" * n}


def functions_that_give_back_one_another(n: int) -> Files:
    chain = "".join(f"def f{i}():\n    return f{i + 1}()\n" for i in range(n))
    many = "def g():\n" + "    return OpenAI()\n" * n + "def h():\n" + "    return g()\n" * n
    calls = "h().responses.create(model='gpt-5.4')\nf0().responses.create(model='a')\n" * n
    return {"app.py": f"from openai import OpenAI\n{chain}{many}{calls}"}


def dictionaries_of_one_name(n: int) -> Files:
    held = "k = {'model': 'gpt-5.4'}\nk['tools'] = k.update(a=1)\nOpenAI().responses.create(**k, **k)\n"
    wide = f"w = dict({', '.join(f'a{i}=w' for i in range(n))})\n"
    uses = "OpenAI().responses.create(**w)\nOpenAI().responses.create(model=k['model'])\n"
    return {"app.py": "from openai import OpenAI\n" + held * n + wide + uses * n}


def keys_of_one_dictionary(n: int) -> Files:
    keys = "".join(f"k['a{i}'] = k.get('b{i}')\n" for i in range(n))
    calls = "OpenAI(**k).responses.create(**k)\n" * n
    return {"app.py": f"from openai import OpenAI\nk = {{'model': 'a'}}\n{keys}{calls}"}


def conditions_in_one_another(n: int) -> Files:
    chain = "".join(f"m{i} = c.get('m', m{i + 1}) if x else (m{i + 1} or 'a')\n" for i in range(n))
    calls = "OpenAI().responses.create(model=m0 if x else 'a' if y else c.get('m', 'b'))\n" * n
    return {"app.py": f"from openai import OpenAI\n{chain}{calls}"}


def functions_passed_on(n: int) -> Files:
    start = "import asyncio, functools\nfrom openai import OpenAI\n"
    call = "asyncio.to_thread(OpenAI().responses.create, model='gpt-5.4')\n"
    return {"app.py": start + call * n + "functools.partial(" * 20 + "f, a" + ")" * 20}


def suppressions_of_rules_that_nobody_knows(n: int) -> Files:
    comments = (f"<!-- agentlint: ignore[hardcoded-modelid{i}] x -->\n\n" for i in range(n))
    return {"AGENTS.md": "# A\n\n" + "".join(comments)}


def keys_of_one_table(n: int) -> Files:
    keys = (
        f'a{i}_endpoint_family = "responses"\na{i}_endpoint_path = "/v1/chat/completions"\n'
        for i in range(n)
    )
    return {"run.toml": "".join(keys)}


def agents_in_jobs_of_their_own(n: int) -> Files:
    job = (
        "  j{}:\n    steps:\n    - uses: anthropics/claude-code-action@v1\n"
        "      with:\n        model: claude-2.1\n        anthropic_api_key: {{env:KEY}}\n"
    )
    jobs = "".join(job.format(i) for i in range(n))
    return {".github/workflows/w.yml": f"on: push\njobs:\n{jobs}"}


def headings_in_one_file(n: int) -> Files:
    return {"AGENTS.md": "# A\n\nAlways use `gpt-5.4`.\n\n" + "## B\n\n### C\n\n" * n}


def providers_of_one_tool(n: int) -> Files:
    options = (
        '{"npm": "@ai-sdk/openai", "options": {"baseURL": "https://a/v1/v1"}, "models": {"b": {}}}'
    )
    providers = ", ".join(f'"p{i}": {options}' for i in range(n))
    return {"opencode.json": f'{{"provider": {{{providers}}}}}'}


def sections_and_fallbacks_of_a_reviewer(n: int) -> Files:
    sections = "".join(f"[a{i}]\n" for i in range(n))
    models = ", ".join(["'o1'"] * n)
    return {".pr_agent.toml": f"{sections}[config]\nfallback_models = [{models}]\n"}


def agents_and_models_of_one_provider(n: int) -> Files:
    models = ", ".join(f'{{"id": "m{i}"}}' for i in range(n))
    agents = ", ".join(['{"model": "p/x"}'] * n)
    providers = f'"models": {{"providers": {{"p": {{"models": [{models}]}}}}}}'
    return {"openclaw.json": f'{{{providers}, "agents": {{"list": [{agents}]}}}}'}


def fallbacks_that_a_table_gives_routes_of_one_name(n: int) -> Files:
    routes = "  - {name: a, model: gpt-5.4, endpoint_family: responses}\n" * n
    names = ", ".join(f"b{i}" for i in range(n))
    return {"routes.yaml": f"routes:\n{routes}fallbacks: {{a: [{names}]}}\n"}


def tables_in_one_table(n: int) -> Files:
    return {"AGENTS.md": "# A\n\n" + "|key|\n|--|\n" * n}


def names_that_share_one_choice(n: int) -> Files:
    choice = " or ".join(["x"] * n)
    call = "OpenAI().responses.create(model=a)\n"
    return {"a.py": f"from openai import OpenAI\n\n{'a = ' * n}{choice}\n{call}"}


def misspelt_names_of_long_routes(n: int) -> Files:
    rng = random.Random(1)
    names = ["".join(rng.choices("ab", k=195)) for _ in range(2 * n)]
    rows = "".join(
        f"- {{model_name: {name}, litellm_params: {{model: x}}}}\n" for name in names[n:]
    )
    uses = "".join(f"  - {{{name}: [{name}]}}\n" for name in names[:n])
    return {"litellm.yaml": f"model_list:\n{rows}router_settings:\n  fallbacks:\n{uses}"}


def repairs_in_one_file(n: int) -> Files:
    routes = "routes:\n  review-fast: {model: claude-2.1, endpoint_family: anthropic_messages}\n"
    return {"routes.yaml": routes, "AGENTS.md": "Always use `claude-2.1` here.\n\n" * n}


def headers_and_models_of_one_provider(n: int) -> Files:
    headers, models = (
        ", ".join(f"{a}{i}{b}" for i in range(n)) for a, b in (("h", ": x"), ("m", ""))
    )
    endpoint = f"{{baseURL: https://a/v1, headers: {{{headers}}}, models: {{default: [{models}]}}}}"
    return {"librechat.yaml": f"endpoints:\n  custom:\n  - {endpoint}\n"}


def models_and_requests_of_one_provider(n: int) -> Files:
    models = ", ".join(f'"m{i}"' for i in range(n))
    requests = ", ".join(f'"r{i}": true' for i in range(n))
    keys = f'"keys": [{{"value": "env.X", "weight": 1, "models": [{models}]}}]'
    custom = f'"custom_provider_config": {{"allowed_requests": {{{requests}}}}}'
    return {"bifrost.json": f'{{"providers": {{"p": {{{keys}, {custom}}}}}}}'}


def models_that_prefer_endpoints_of_one_name(n: int) -> Files:
    models = "".join(f"  m{i}: {{preferred_endpoints: [e]}}\n" for i in range(n))
    endpoints = "- {name: e, address: 127.0.0.1}\n" * n
    return {"s.yaml": f"default_model: a\nvllm_endpoints:\n{endpoints}model_config:\n{models}"}


def endpoints_with_models_of_their_own(n: int) -> Files:
    endpoints = (f"- {{name: e{i}, address: 127.0.0.1, models: [m{i}]}}\n" for i in range(n))
    return {"s.yaml": f"default_model: a\nvllm_endpoints:\n{''.join(endpoints)}"}


def matches_and_backends_of_one_rule(n: int) -> Files:
    matches = "".join(f"    - headers: [{{name: x-ai-eg-model, value: m{i}}}]\n" for i in range(n))
    kind = "apiVersion: aigateway.envoyproxy.io/v1alpha1\nkind: AIGatewayRoute\n"
    backends = "    - name: b\n" * n
    rule = f"  - matches:\n{matches}    backendRefs:\n{backends}"
    return {"envoy.yaml": f"{kind}spec:\n  rules:\n{rule}"}


def models_and_transformers_of_one_provider(n: int) -> Files:
    models, used = (", ".join([f'"{word}"'] * n) for word in ("m", "x"))
    provider = f'"name": "p", "api_base_url": "https://a/x", "models": [{models}]'
    return {"c.json": f'{{"Providers": [{{{provider}, "transformer": {{"use": [{used}]}}}}]}}'}


def providers_in_the_routing_of_one_model(n: int) -> Files:
    routing = ", ".join(f"'x{i}'" for i in range(n))
    providers = "".join(f"providers.p{i}.type = 'openai'\n" for i in range(n))
    return {"tensorzero.toml": f"[models.m]\nrouting = [{routing}]\n{providers}"}


def deployments_with_credentials_of_one_name(n: int) -> Files:
    params = "{model: openai/gpt-5.4, litellm_credential_name: c}"
    rows = f"- {{model_name: a, litellm_params: {params}}}\n" * n
    listed = "- {credential_name: c, credential_values: {api_key: os.environ/X}}\n" * n
    return {"litellm.yaml": f"model_list:\n{rows}credential_list:\n{listed}"}


def keys_in_one_block_of_a_pipeline(n: int) -> Files:
    keys = "".join(f"  OPENAI_A{i}_API_KEY: ${{{{ secrets.A }}}}\n" for i in range(n))
    return {".gitlab-ci.yml": f"variables:\n{keys}"}


def jobs_that_share_what_they_inherit(n: int) -> Files:
    jobs = "".join(f"j{i}: {{extends: .b}}\n" for i in range(n))
    inherit = f"{{default: [{', '.join(['x'] * n)}]}}"
    return {".gitlab-ci.yml": f".b:\n  inherit: {inherit}\n{jobs}"}


def comments_and_flags_of_one_agent(n: int) -> Files:
    start = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n"
    step = "    - uses: anthropics/claude-code-action@v1\n      with:\n        claude_args: "
    comments, flags = r"# x\n" * n, "--a b " * n
    return {".github/workflows/w.yml": f'{start}{step}"{comments}{flags}"\n'}


def steps_in_one_environment(n: int) -> Files:
    variables = ", ".join(f"A{i}_API_KEY: x" for i in range(n))
    steps = "    - {uses: sst/opencode/github@v1, with: {model: a/b}}\n" * n
    jobs = f"jobs:\n  a:\n    runs-on: x\n    steps:\n{steps}"
    return {".github/workflows/w.yml": f"on: push\nenv: {{{variables}}}\n{jobs}"}


def commands_in_one_environment(n: int) -> Files:
    variables = ", ".join(f"A{i}: x" for i in range(n))
    script = "        claude -p --model gpt-4\n" * n
    jobs = f"jobs:\n  a:\n    runs-on: x\n    steps:\n    - run: |\n{script}"
    return {".github/workflows/w.yml": f"on: push\nenv: {{{variables}}}\n{jobs}"}


def purposes_of_one_table(n: int) -> Files:
    models = "".join(f"a{i}_model: gpt-4o\n" for i in range(n))
    return {"config/models.yaml": f"provider: openai\n{models}"}


def credentials_of_one_choice(n: int) -> Files:
    choice = " or ".join(["'x'"] * n)
    calls = "OpenAI(api_key=k)\n" * n
    return {"app.py": f"from openai import OpenAI\nk = {choice}\n{calls}"}


def tools_of_functions_of_one_model(n: int) -> Files:
    variant = "variants.v = {type = 'chat_completion', model = 'a'}\n"
    functions = "".join(
        f"[functions.f{i}]\ntype = 'chat'\ntools = ['t']\n{variant}" for i in range(n)
    )
    providers = "".join(f"providers.p{i} = {{type = 'x', model_name = 'm'}}\n" for i in range(n))
    return {"tensorzero.toml": f"{functions}[models.a]\nrouting = []\n{providers}"}


def columns_of_what_was(n: int) -> Files:
    rows = (f"|{'from|' * n}", f"|{'-|' * n}", f"|{'gpt-4|' * n}")
    return {"AGENTS.md": "# A\n\n" + "\n".join(rows) + "\n"}


def aliases_that_name_another_model(n: int) -> Files:
    rows = "- {model_name: a, litellm_params: {model: openai/gpt-5.4}}\n" * n
    aliases = "    gpt-4o: a\n" * n
    return {"litellm.yaml": f"model_list:\n{rows}router_settings:\n  model_group_alias:\n{aliases}"}


def assertions_on_one_long_value(n: int) -> Files:
    start = "from openai import OpenAI\ndef test():\n    r = OpenAI().responses.create(model='a')\n"
    value = f"    x = f('{'total_token ' * n}')\n"
    return {"tests/smoke_test.py": start + value + "    assert x == 1\n" * n}


def parameters_of_one_helper(n: int) -> Files:
    parameters = ", ".join(f"p{i}" for i in range(n))
    calls = f"    OpenAI().responses.create(model=p{n - 1})\n" * n
    tried = "try:\n" + "    ask()\n" * 20 + "except Exception: pass\n"
    return {"app.py": f"from openai import OpenAI\ndef ask({parameters}):\n{calls}{tried}"}


def models_of_a_provider_and_mentions(n: int) -> Files:
    models = ", ".join(f'"m{i}"' for i in range(10 * n))
    keys = f'[{{"value": "env.X", "weight": 1, "models": [{models}]}}]'
    return {
        "bifrost.json": f'{{"providers": {{"p": {{"keys": {keys}}}}}}}',
        "AGENTS.md": "Never use `gpt-5.4`.\n\n" * n,
    }


def aliases_of_one_model_and_samples(n: int) -> Files:
    sent = "{model: openai/gpt-5.4, api_base: 'https://a.example'}"
    rows = "".join(f"- {{model_name: a{i}, litellm_params: {sent}}}\n" for i in range(2 * n))
    samples = 'curl https://b.example/v1/responses -d \'{"model": "gpt-5.4"}\'\n\n' * n
    return {"litellm.yaml": f"model_list:\n{rows}", "AGENTS.md": f"```bash\n{samples}```\n"}


def routes_of_one_name_and_calls(n: int) -> Files:
    dated = "rationale: y, verified_on: 2026-11-01"
    routes = f"- {{name: a, model: m, endpoint_family: responses, {dated}}}\n" * n
    agreed = "- {name: a, model: m, endpoint_family: chat_completions}\n"
    calls = "c.chat.completions.create(model='a')\n" * 2 * n
    return {
        "routes.yaml": f"routes:\n{routes}{agreed}",
        "app.py": f"from openai import OpenAI\nc = OpenAI()\n{calls}",
    }


def writers_and_judges_on_days_of_their_own(n: int) -> Files:
    names = (*islice(_spellings("implementer"), n), *islice(_spellings("reviewer-model"), n))
    rows = "".join(
        f"- {{model_name: {name}, litellm_params: {{model: gpt-5.4-{day}}}}}\n"
        for name, day in zip(names, _days(), strict=False)
    )
    return {"litellm.yaml": f"model_list:\n{rows}"}


def _spellings(word: str) -> Iterator[str]:
    """A word in every mix of small and large letters."""
    return map("".join, product(*(sorted({letter, letter.upper()}) for letter in word)))


def attempts_in_one_try(n: int) -> Files:
    first = "    c.responses.create(model='a')\n" * n
    second = "    c.chat.completions.create(model='b')\n" * n
    start = "from openai import OpenAI\nc = OpenAI()\n"
    return {"app.py": f"{start}try:\n{first}except Exception:\n{second}"}


def paths_of_a_workflow_and_tables(n: int) -> Files:
    paths = "    - '*u*x'\n" * 25 * n
    job = "jobs:\n  a:\n    runs-on: x\n    steps:\n    - name: gateway smoke\n      run: curl x\n"
    table = '{"routes": {"a": {"model": "m", "endpoint_family": "responses"}}}'
    return {".github/workflows/w.yml": f"on:\n  pull_request:\n    paths:\n{paths}{job}"} | {
        f"d{i}/routes.json": table for i in range(n)
    }


def models_of_one_name_and_aliases_of_it(n: int) -> Files:
    rows = "".join(
        f"- {{model_name: a, litellm_params: {{model: openai/gpt-5.4-{day}}}}}\n"
        for day in islice(_days(), n)
    )
    aliases = "    gpt-4o: a\n" * n
    return {"litellm.yaml": f"model_list:\n{rows}router_settings:\n  model_group_alias:\n{aliases}"}


def agents_of_one_job_and_its_permissions(n: int) -> Files:
    scopes = "  packages: write\n" * 20
    steps = "    - uses: anthropics/claude-code-action@v1\n" * n
    start = f"on: push\npermissions:\n{scopes}jobs:\n  a:\n    runs-on: x\n"
    return {".github/workflows/w.yml": f"{start}    steps:\n{steps}"}


def settings_of_one_sample(n: int) -> Files:
    lines = "".join(f"A{i}_MODEL=gpt-5.4\n" for i in range(n))
    return {"AGENTS.md": f"# A\n\n```env\n{lines}\n```\n"}


def _days() -> Iterator[date]:
    return map(date.fromordinal, count(date(2020, 1, 1).toordinal()))


SHAPES: Mapping[Callable[[int], Files], int] = {
    aliases_that_nobody_defined: 450,
    fallbacks_of_one_name: 350,
    routes_that_share_their_names: 600,
    suppressions_above_one_line: 800,
    suppressions_on_lines_of_their_own: 400,
    suppressions_above_and_in_one_script: 250,
    suppressions_on_one_line: 400,
    credentials_on_one_line: 250,
    credentials_on_many_lines: 300,
    recipes_in_one_file: 500,
    models_in_one_paragraph: 800,
    models_on_one_line_of_a_sample: 800,
    models_beside_loaded_weights: 800,
    models_of_one_continued_command: 800,
    models_of_one_command_line: 2_500,
    models_of_searches_on_one_line: 800,
    models_in_one_cell: 800,
    models_in_links_of_one_paragraph: 1_500,
    orders_in_two_files: 150,
    records_and_links: 200,
    calls_and_aliases: 250,
    writers_and_judges: 300,
    orders_in_many_folders: 150,
    contradictions_below_one_file: 120,
    retired_models_in_many_files: 150,
    approvals_and_uses: 120,
    workflows_in_one_folder: 120,
    migrations_in_one_file: 300,
    links_to_one_page: 800,
    agents_behind_a_gateway: 250,
    contracts_and_files: 150,
    helpers_and_their_calls: 400,
    variables_around_many_jobs: 150,
    jobs_that_extend_one_another: 400,
    names_that_are_bound_again: 900,
    parameters_of_one_name: 900,
    clients_of_one_name: 400,
    dictionaries_of_one_name: 250,
    keys_of_one_dictionary: 250,
    conditions_in_one_another: 400,
    functions_passed_on: 400,
    branches_after_two_clients: 400,
    functions_that_give_back_one_another: 300,
    suppressions_of_rules_that_nobody_knows: 400,
    keys_of_one_table: 250,
    agents_in_jobs_of_their_own: 250,
    headings_in_one_file: 1_100,
    providers_of_one_tool: 300,
    sections_and_fallbacks_of_a_reviewer: 1_000,
    agents_and_models_of_one_provider: 500,
    fallbacks_that_a_table_gives_routes_of_one_name: 400,
    tables_in_one_table: 400,
    names_that_share_one_choice: 400,
    misspelt_names_of_long_routes: 12,
    repairs_in_one_file: 400,
    headers_and_models_of_one_provider: 384,
    models_and_requests_of_one_provider: 512,
    models_that_prefer_endpoints_of_one_name: 144,
    endpoints_with_models_of_their_own: 450,
    matches_and_backends_of_one_rule: 128,
    models_and_transformers_of_one_provider: 1_024,
    providers_in_the_routing_of_one_model: 576,
    deployments_with_credentials_of_one_name: 192,
    keys_in_one_block_of_a_pipeline: 384,
    jobs_that_share_what_they_inherit: 1_024,
    comments_and_flags_of_one_agent: 3_072,
    steps_in_one_environment: 600,
    commands_in_one_environment: 1_536,
    purposes_of_one_table: 832,
    credentials_of_one_choice: 400,
    tools_of_functions_of_one_model: 120,
    columns_of_what_was: 1_500,
    aliases_that_name_another_model: 250,
    models_of_one_name_and_aliases_of_it: 150,
    assertions_on_one_long_value: 1_500,
    parameters_of_one_helper: 1_000,
    models_of_a_provider_and_mentions: 250,
    aliases_of_one_model_and_samples: 220,
    routes_of_one_name_and_calls: 650,
    writers_and_judges_on_days_of_their_own: 350,
    attempts_in_one_try: 800,
    paths_of_a_workflow_and_tables: 165,
    settings_of_one_sample: 800,
    agents_of_one_job_and_its_permissions: 600,
}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_time_grows_with_the_number(shape: Callable[[int], Files], tmp_path: Path) -> None:
    """What else the machine does may slow one measurement, and does not slow three."""
    few = SHAPES[shape]
    ratios = []
    for turn in range(3):
        taken = _seconds(shape(few * TIMES), tmp_path / f"many{turn}")
        if taken <= FLOOR:
            return
        base = min(_seconds(shape(few), tmp_path / f"few{turn}{again}") for again in range(2))
        ratios.append(taken / base)
        if ratios[-1] < GROWTH:
            return
    pytest.fail(f"{TIMES} times as many take {min(ratios):.1f} times as long")


def _seconds(files: Files, root: Path) -> float:
    """Processor time of a run over files and of a report in every format."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    masks.cache_clear()
    started = time.process_time()
    report = run(Run(root, (root,), Settings(profile=Profile.STRICT), date(2026, 11, 20)))
    for name in FORMATS:
        render(name, report)
    return time.process_time() - started


def test_patterns_of_a_strangers_settings_cannot_hang_the_run(tmp_path: Path, agentlint) -> None:
    patterns = [f'"a{number}*b*c"' for number in range(1000)]
    silenced = "".join(f'{pattern} = ["hardcoded-model-id"]\n' for pattern in patterns)
    settings = f"exclude = [{', '.join(patterns)}]\n[per-file-ignores]\n{silenced}"
    (tmp_path / "agentlint.toml").write_text(settings)
    (tmp_path / "AGENTS.md").write_text("Always use `gpt-5.4` for reviews.\n\n" * 2000)
    started = time.monotonic()
    assert agentlint(tmp_path, "check").returncode == 1
    assert time.monotonic() - started < 20
    one_more = settings.replace("exclude = [", 'exclude = ["x", ')
    (tmp_path / "agentlint.toml").write_text(one_more)
    refused = agentlint(tmp_path, "check")
    assert refused.returncode == 2
    assert refused.stderr == "Error: agentlint.toml: exclude: more than 1,000 entries\n"
