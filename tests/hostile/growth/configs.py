"""Configs that repeat one thing, or two that each speak of the other."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from itertools import count, islice, product

from tests.hostile.growth.shape import Files, few
from tests.secret_samples import sample


def _deployments(count: int) -> str:
    rows = (
        f"- {{model_name: m{i}, litellm_params: {{model: openai/gpt-5.4}}}}\n" for i in range(count)
    )
    return "model_list:\n" + "".join(rows)


def _spellings(word: str) -> Iterator[str]:
    """A word in every mix of small and large letters."""
    return map("".join, product(*(sorted({letter, letter.upper()}) for letter in word)))


def _days() -> Iterator[date]:
    return map(date.fromordinal, count(date(2020, 1, 1).toordinal()))


@few(800)
def heredocs_and_variables_of_an_image(n: int) -> Files:
    parts = ("RUN a <<E\n", "ENV A=b \\\n  C='d' \\\n", "FROM a\n", 'ENV D="\\"" F g\n')
    return {f"a{i}/Dockerfile": part * n + "RUN b\n" for i, part in enumerate(parts)}


@few(450)
def aliases_that_nobody_defined(n: int) -> Files:
    uses = ", ".join(f"{{x{i}: [y{i}]}}" for i in range(n))
    return {"litellm.yaml": f"{_deployments(3)}router_settings:\n  fallbacks: [{uses}]\n"}


@few(350)
def fallbacks_of_one_name(n: int) -> Files:
    rows = "- {model_name: a, litellm_params: {model: openai/gpt-5.4}}\n" * n
    lists = ", ".join("{a: [b]}" for _ in range(n))
    return {"litellm.yaml": f"model_list:\n{rows}router_settings:\n  fallbacks: [{lists}]\n"}


@few(350)
def routes_that_share_their_names(n: int) -> Files:
    pair = (
        "- {alias: a, endpoint_family: responses, model: gpt-5.4, fallback: b}\n"
        "- {alias: b, endpoint_family: chat_completions, model: gpt-4o}\n"
    )
    return {"routes.yaml": "routes:\n" + pair * n}


@few(250)
def credentials_and_marks_that_accept_them(n: int) -> Files:
    key, mark = sample("github-token", random.Random(1)), " # gitleaks:allow"
    lines = "".join(f"A{i}_TOKEN={key}{mark}\n" for i in range(n))
    return {".env": f"{lines}TOKEN={key}{mark * n}\n"}


@few(250)
def credentials_on_one_line(n: int) -> Files:
    rng = random.Random(1)
    keys = [sample("github-token", rng) for _ in range(40)]
    servers = ",".join(f'"s{i}":{{"env":{{"API_KEY":"{keys[i % 40]}"}}}}' for i in range(n))
    return {".mcp.json": f'{{"mcpServers":{{{servers}}}}}'}


@few(500)
def recipes_in_one_file(n: int) -> Files:
    recipe = "###> a/b ###\nAPP_SECRET={}\n###< a/b ###\n"
    rng = random.Random(2)
    return {".env.dev": "".join(recipe.format(rng.randbytes(16).hex()) for _ in range(n))}


@few(400)
def models_of_one_prefix_and_their_hosts(n: int) -> Files:
    pair = "LLM_MODEL_{0}=gpt-5.4\nLLM_BASE_URL_{0}=https://llm{0}.example/v1\n"
    return {".env": "LLM_PROVIDER=openai\n" + "".join(pair.format(i) for i in range(n))}


@few(600)
def fallbacks_in_a_table_of_one_s_own(n: int) -> Files:
    entry = "default_model: gpt-5.4, fallback_model: gpt-4.1"
    models = ", ".join(["gpt-4-32k"] * n)
    listed = f"{{ {entry}, api_key_env: KEY, fallback_models: [{models}] }}"
    return {"config/llm.yaml": f"providers:\n  openai: {listed}\n"}


@few(300)
def writers_and_judges(n: int) -> Files:
    names = [f"{a}{b}" for a in ("writer", "critic") for b in ("", "-route", "_model", ".agent")]
    routes = "".join(
        f"- {{alias: {name}, model: gpt-5.4, endpoint_family: responses}}\n" for name in names
    )
    return {"routes.yaml": "routes:\n" + routes * (n // 8)}


@few(120)
def approvals_and_uses(n: int) -> Files:
    fields = "overall_result: pass\napproved_at: 2026-01-01\napproved_by: team\n"
    record = "model_candidate_approval: yes\ncandidate_model_id: gpt-5."
    approvals = {f"approvals/a{i}.yaml": f"{record}{i}\n{fields}" for i in range(n)}
    return approvals | {"litellm.yaml": _deployments(n)}


@few(250)
def keys_of_one_table(n: int) -> Files:
    keys = (
        f'a{i}_endpoint_family = "responses"\na{i}_endpoint_path = "/v1/chat/completions"\n'
        for i in range(n)
    )
    return {"run.toml": "".join(keys)}


@few(300)
def providers_of_one_tool(n: int) -> Files:
    options = (
        '{"npm": "@ai-sdk/openai", "options": {"baseURL": "https://a/v1/v1"}, "models": {"b": {}}}'
    )
    providers = ", ".join(f'"p{i}": {options}' for i in range(n))
    return {"opencode.json": f'{{"provider": {{{providers}}}}}'}


@few(300)
def models_of_agents_of_oh_my_opencode(n: int) -> Files:
    """Each agent has a chain of models, and half of them are switched off by name."""
    chain = '["anthropic/claude-opus-4-6", {"model": "xai/grok-4"}]'
    agents = ", ".join(f'"a{i}": {{"models": {chain}}}' for i in range(n))
    off = ", ".join(f'"a{i}"' for i in range(0, n, 2))
    return {".omo/omo.json": f'{{"disabled_agents": [{off}], "agents": {{{agents}}}}}'}


@few(1_000)
def sections_and_fallbacks_of_a_reviewer(n: int) -> Files:
    sections = "".join(f"[a{i}]\n" for i in range(n))
    models = ", ".join(["'o1'"] * n)
    return {".pr_agent.toml": f"{sections}[config]\nfallback_models = [{models}]\n"}


@few(500)
def agents_and_models_of_one_provider(n: int) -> Files:
    models = ", ".join(f'{{"id": "m{i}"}}' for i in range(n))
    agents = ", ".join(['{"model": "p/x"}'] * n)
    providers = f'"models": {{"providers": {{"p": {{"models": [{models}]}}}}}}'
    return {"openclaw.json": f'{{{providers}, "agents": {{"list": [{agents}]}}}}'}


@few(400)
def fallbacks_that_a_table_gives_routes_of_one_name(n: int) -> Files:
    routes = "  - {name: a, model: gpt-5.4, endpoint_family: responses}\n" * n
    names = ", ".join(f"b{i}" for i in range(n))
    return {"routes.yaml": f"routes:\n{routes}fallbacks: {{a: [{names}]}}\n"}


@few(80)
def misspelt_names_of_long_routes(n: int) -> Files:
    rng = random.Random(1)
    names = ["".join(rng.choices("ab", k=195)) for _ in range(2 * n)]
    rows = "".join(
        f"- {{model_name: {name}, litellm_params: {{model: x}}}}\n" for name in names[n:]
    )
    uses = "".join(f"  - {{{name}: [{name}]}}\n" for name in names[:n])
    return {"litellm.yaml": f"model_list:\n{rows}router_settings:\n  fallbacks:\n{uses}"}


@few(2_300)
def headers_and_models_of_one_provider(n: int) -> Files:
    headers, models = (
        ", ".join(f"{a}{i}{b}" for i in range(n)) for a, b in (("h", ": x"), ("m", ""))
    )
    endpoint = f"{{baseURL: https://a/v1, headers: {{{headers}}}, models: {{default: [{models}]}}}}"
    return {"librechat.yaml": f"endpoints:\n  custom:\n  - {endpoint}\n"}


@few(2_600)
def models_and_requests_of_one_provider(n: int) -> Files:
    models = ", ".join(f'"m{i}"' for i in range(n))
    requests = ", ".join(f'"r{i}": true' for i in range(n))
    keys = f'"keys": [{{"value": "env.X", "weight": 1, "models": [{models}]}}]'
    custom = f'"custom_provider_config": {{"allowed_requests": {{{requests}}}}}'
    return {"bifrost.json": f'{{"providers": {{"p": {{{keys}, {custom}}}}}}}'}


@few(144)
def models_that_prefer_endpoints_of_one_name(n: int) -> Files:
    models = "".join(f"  m{i}: {{preferred_endpoints: [e]}}\n" for i in range(n))
    endpoints = "- {name: e, address: 127.0.0.1}\n" * n
    return {"s.yaml": f"default_model: a\nvllm_endpoints:\n{endpoints}model_config:\n{models}"}


@few(450)
def endpoints_with_models_of_their_own(n: int) -> Files:
    endpoints = (f"- {{name: e{i}, address: 127.0.0.1, models: [m{i}]}}\n" for i in range(n))
    return {"s.yaml": f"default_model: a\nvllm_endpoints:\n{''.join(endpoints)}"}


@few(128)
def matches_and_backends_of_one_rule(n: int) -> Files:
    matches = "".join(f"    - headers: [{{name: x-ai-eg-model, value: m{i}}}]\n" for i in range(n))
    kind = "apiVersion: aigateway.envoyproxy.io/v1alpha1\nkind: AIGatewayRoute\n"
    backends = "    - name: b\n" * n
    rule = f"  - matches:\n{matches}    backendRefs:\n{backends}"
    return {"envoy.yaml": f"{kind}spec:\n  rules:\n{rule}"}


@few(360)
def names_and_tokens_of_one_provider(n: int) -> Files:
    tokens = ", ".join(['"${secret.a/b.c}"'] * n)
    names = ", ".join(f"a{i}: m{i}" for i in range(n))
    return {"h.yaml": f"provider: {{type: x, apiTokens: [{tokens}], modelMapping: {{{names}}}}}\n"}


@few(250)
def plugins_below_names_and_their_instances(n: int) -> Files:
    instance = "{name: a, provider: openai, auth: {header: {x: $env://X}}}"
    plugin = f"plugins: {{ai-proxy-multi: {{instances: [{instance}]}}}}"
    return {"apisix.yaml": "routes:\n" + f"- {{id: a, {plugin}}}\n" * n}


@few(300)
def models_of_as_many_pipelines(n: int) -> Files:
    models = "".join(f"- {{key: a{i}, type: b, provider: p}}\n" for i in range(n))
    pipelines = "".join(
        f"- {{type: chat, plugins: [{{model-router: {{models: [a{i}, a0]}}}}]}}\n" for i in range(n)
    )
    providers = "- {key: p, type: openai}\n" * n
    return {"hub.yaml": f"providers:\n{providers}models:\n{models}pipelines:\n{pipelines}"}


@few(300)
def models_that_stand_in_for_others(n: int) -> Files:
    balance = (
        "load-balance: {chat: {strategy: model-latency, models: ["
        + ", ".join(["openai/a"] * n)
        + "]}}"
    )
    mapped = ", ".join(f"a{i}: [openai/b]" for i in range(n))
    return {"g.yaml": f"routers: {{r: {{{balance}, model-mappings: {{{mapped}}}}}}}\n"}


@few(1_024)
def models_and_transformers_of_one_provider(n: int) -> Files:
    models, used = (", ".join([f'"{word}"'] * n) for word in ("m", "x"))
    provider = f'"name": "p", "api_base_url": "https://a/x", "models": [{models}]'
    return {"c.json": f'{{"Providers": [{{{provider}, "transformer": {{"use": [{used}]}}}}]}}'}


@few(576)
def providers_in_the_routing_of_one_model(n: int) -> Files:
    routing = ", ".join(f"'x{i}'" for i in range(n))
    providers = "".join(f"providers.p{i}.type = 'openai'\n" for i in range(n))
    return {"tensorzero.toml": f"[models.m]\nrouting = [{routing}]\n{providers}"}


@few(192)
def deployments_with_credentials_of_one_name(n: int) -> Files:
    params = "{model: openai/gpt-5.4, litellm_credential_name: c}"
    rows = f"- {{model_name: a, litellm_params: {params}}}\n" * n
    listed = "- {credential_name: c, credential_values: {api_key: os.environ/X}}\n" * n
    return {"litellm.yaml": f"model_list:\n{rows}credential_list:\n{listed}"}


@few(360)
def purposes_of_one_table(n: int) -> Files:
    models = "".join(f"a{i}_provider: openai\na{i}_model: gpt-4-32k\n" for i in range(n))
    return {"config/models.yaml": models}


@few(420)
def models_whose_provider_stands_beside_them(n: int) -> Files:
    parts = "".join(f"a{i}: {{model: gpt-4o}}\n" for i in range(n))
    bare = "".join(f"  a{i}: gpt-4o\n" for i in range(n))
    return {"config/llm.yaml": f"api: {{provider: openai}}\n{parts}models:\n{bare}"}


@few(180)
def texts_that_name_models_and_providers(n: int) -> Files:
    texts = ", ".join(["groq/mixtral-8x7b-32768", "openai/gpt-4-32k"] * n)
    return {"config/llm.yaml": f"primary: [{texts}]\nfallback: [{texts}]\n"}


@few(250)
def entries_of_a_catalogue_that_it_turns_to(n: int) -> Files:
    row = "  a{}: {{provider: openai, model: gpt-4-32k, cost: 1}}\n"
    rows = "".join(row.format(i) for i in range(n))
    chosen = "".join(f"  - a{i}\n" for i in range(n))
    return {"config/models.yaml": f"models:\n{rows}fallback:\n{chosen}"}


@few(120)
def tools_of_functions_of_one_model(n: int) -> Files:
    variant = "variants.v = {type = 'chat_completion', model = 'a'}\n"
    functions = "".join(
        f"[functions.f{i}]\ntype = 'chat'\ntools = ['t']\n{variant}" for i in range(n)
    )
    providers = "".join(f"providers.p{i} = {{type = 'x', model_name = 'm'}}\n" for i in range(n))
    return {"tensorzero.toml": f"{functions}[models.a]\nrouting = []\n{providers}"}


@few(250)
def aliases_that_name_another_model(n: int) -> Files:
    rows = "- {model_name: a, litellm_params: {model: openai/gpt-5.4}}\n" * n
    aliases = "    gpt-4o: a\n" * n
    return {"litellm.yaml": f"model_list:\n{rows}router_settings:\n  model_group_alias:\n{aliases}"}


@few(350)
def writers_and_judges_on_days_of_their_own(n: int) -> Files:
    names = (*islice(_spellings("implementer"), n), *islice(_spellings("reviewer-model"), n))
    rows = "".join(
        f"- {{model_name: {name}, litellm_params: {{model: gpt-5.4-{day}}}}}\n"
        for name, day in zip(names, _days(), strict=False)
    )
    return {"litellm.yaml": f"model_list:\n{rows}"}


@few(150)
def models_of_one_name_and_aliases_of_it(n: int) -> Files:
    rows = "".join(
        f"- {{model_name: a, litellm_params: {{model: openai/gpt-5.4-{day}}}}}\n"
        for day in islice(_days(), n)
    )
    aliases = "    gpt-4o: a\n" * n
    return {"litellm.yaml": f"model_list:\n{rows}router_settings:\n  model_group_alias:\n{aliases}"}


@few(500)
def known_credentials_that_are_repeated(n: int) -> Files:
    """Each the default of the next one's variable, and one of many servers and of their clients."""
    chain = "".join(f"  - P{i}_PASSWORD=${{P{i + 1}_PASSWORD:-postgres}}\n" for i in range(n))
    servers = "  - POSTGRES_PASSWORD=postgres\n  - S3_SECRET_KEY=postgres\n" * n
    return {"compose.yaml": f"services:\n a:\n  environment:\n{chain}{servers}"}


@few(400)
def lists_of_keys_as_one_value(n: int) -> Files:
    keys = ", ".join(f'"hunter{i}Hunter77xyzQ8kL2"' for i in range(20))
    rows = "".join(f"API{i}_KEYS='[{keys}]'\n" for i in range(n // 20))
    broken = "".join(f"BAD{i}_KEYS='[{keys}, [{keys}'\n" for i in range(n // 20))
    return {".env": rows + broken}


@few(400)
def heads_that_say_development(n: int) -> Files:
    line = "# this is not for local development, no, but for " + "local dev not " * 60 + "\n"
    text = f"{line * 35}services: {{}}\n"
    return {f"a{i}/compose.yaml": text for i in range(n // 10)}


@few(400)
def choices_and_models_of_one_provider_in_an_editor(n: int) -> Files:
    models = ", ".join(f'{{"name": "m{i}"}}' for i in range(n))
    choices = ", ".join(f'{{"provider": "p", "model": "m{i}"}}' for i in range(n))
    providers = f'{{"openai_compatible": {{"p": {{"available_models": [{models}]}}}}}}'
    agent = f'{{"favorite_models": [{choices}], "inline_alternatives": [{choices}]}}'
    return {".zed/settings.json": f'{{"language_models": {providers}, "agent": {agent}}}'}
