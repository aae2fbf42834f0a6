"""Repositories whose files repeat one thing, or speak of one another."""

from __future__ import annotations

from tests.hostile.growth.shape import Files, few


def _deployments(count: int) -> str:
    rows = (
        f"- {{model_name: m{i}, litellm_params: {{model: openai/gpt-5.4}}}}\n" for i in range(count)
    )
    return "model_list:\n" + "".join(rows)


@few(250)
def calls_and_aliases(n: int) -> Files:
    call = "client.chat.completions.create(model='gpt-5.4', messages=[])\n"
    start = "from openai import OpenAI\nclient = OpenAI()\n"
    return {"litellm.yaml": _deployments(n), "app.py": start + call * n}


@few(150)
def contracts_and_files(n: int) -> Files:
    contract = "---\ninstruction_source: NO{}.md\nagent_must_stop_on_conflict: true\n"
    contracts = "".join(contract.format(i) for i in range(n))
    return {"c.yaml": contracts} | {f"d{i}/AGENTS.md": "x\n" for i in range(n)}


@few(400)
def repairs_in_one_file(n: int) -> Files:
    routes = "routes:\n  review-fast: {model: claude-2.1, endpoint_family: anthropic_messages}\n"
    return {"routes.yaml": routes, "AGENTS.md": "Always use `claude-2.1` here.\n\n" * n}


@few(250)
def models_of_a_provider_and_mentions(n: int) -> Files:
    models = ", ".join(f'"m{i}"' for i in range(10 * n))
    keys = f'[{{"value": "env.X", "weight": 1, "models": [{models}]}}]'
    return {
        "bifrost.json": f'{{"providers": {{"p": {{"keys": {keys}}}}}}}',
        "AGENTS.md": "Never use `gpt-5.4`.\n\n" * n,
    }


@few(220)
def aliases_of_one_model_and_samples(n: int) -> Files:
    sent = "{model: openai/gpt-5.4, api_base: 'https://a.example'}"
    rows = "".join(f"- {{model_name: a{i}, litellm_params: {sent}}}\n" for i in range(2 * n))
    samples = 'curl https://b.example/v1/responses -d \'{"model": "gpt-5.4"}\'\n\n' * n
    return {"litellm.yaml": f"model_list:\n{rows}", "AGENTS.md": f"```bash\n{samples}```\n"}


@few(650)
def routes_of_one_name_and_calls(n: int) -> Files:
    dated = "rationale: y, verified_on: 2026-11-01"
    routes = f"- {{name: a, model: m, endpoint_family: responses, {dated}}}\n" * n
    agreed = "- {name: a, model: m, endpoint_family: chat_completions}\n"
    calls = "c.chat.completions.create(model='a')\n" * 2 * n
    return {
        "routes.yaml": f"routes:\n{routes}{agreed}",
        "app.py": f"from openai import OpenAI\nc = OpenAI()\n{calls}",
    }


@few(150)
def models_behind_packages(n: int) -> Files:
    packages = ("app/config", "app/config/own", "app/config/own/own")
    names = "".join(f"from .own import M{i}\n" for i in range(n)) + "M = 'gpt-4-32k'\n"
    calls = "".join(
        f"from .config import M{i}\nc.chat.completions.create(model=M{i}, messages=[])\n"
        for i in range(n)
    )
    return {
        "app/ask.py": f"from openai import OpenAI\nc = OpenAI()\n{calls}",
        **{f"{package}/__init__.py": names for package in packages},
        "app/config/own/own.py": "".join(f"M{i} = 'gpt-4-32k'\n" for i in range(n)),
    }
