"""Instruction files, and what they hold, that repeat one thing."""

from __future__ import annotations

from tests.hostile.growth.shape import Files, few


@few(800)
def suppressions_above_one_line(n: int) -> Files:
    comment = "<!-- agentlint: ignore[hardcoded-model-id] because -->\n\n"
    return {"AGENTS.md": "# A\n\n" + comment * n + "Always use `gpt-5.4`.\n"}


@few(400)
def suppressions_on_lines_of_their_own(n: int) -> Files:
    line = "Always use `gpt-5.4`. <!-- agentlint: ignore[hardcoded-model-id] because -->\n\n"
    return {"AGENTS.md": "# A\n\n" + line * n}


@few(300)
def credentials_on_many_lines(n: int) -> Files:
    return {"AGENTS.md": "# A\n\n" + "password: hunter2Hunter77xyzQ\n" * n}


@few(800)
def models_in_one_paragraph(n: int) -> Files:
    return {"AGENTS.md": "# A\n\n" + "Always use `gpt-5.4` and never claude-opus-4-1; " * n}


@few(800)
def models_in_one_parenthesis(n: int) -> Files:
    return {"AGENTS.md": "# A\n\nUse Claude (" + "`gpt-5.4` for plans; never assume " * n + ").\n"}


@few(800)
def models_that_work_is_handed_to(n: int) -> Files:
    orders = "优先交给 `gpt-5.6-sol/high`；delegue a `gpt-5.4`; モデルは `gpt-5.4` に任せる, "
    return {"AGENTS.md": "# A\n\n" + orders * n}


@few(800)
def models_on_one_line_of_a_sample(n: int) -> Files:
    return {"AGENTS.md": "# A\n\n```bash\naz " + "--model gpt-4 " * n + "\n```\n"}


@few(800)
def models_beside_loaded_weights(n: int) -> Files:
    asked = 'ask(model="Qwen/Qwen3-8B")\n' * n
    return {"AGENTS.md": f"# A\n\n```python\nfrom_pretrained(name)\nlora_r = 8\n{asked}```\n"}


@few(800)
def one_setting_under_many_headings(n: int) -> Files:
    return {"AGENTS.md": "# A\n\n```bash\n" + "# a\nA_MODEL=gpt-5.4\n\n" * n + "```\n"}


@few(400)
def models_of_one_of_two_clients(n: int) -> Files:
    clients = "a = OpenAI()\nb = OpenAI(base_url='https://gateway.example/v1')\n"
    calls = "a.responses.create(model='gpt-4o')\n" * n
    return {"AGENTS.md": f"# A\n\n```python\n{clients}{calls}```\n"}


@few(800)
def models_of_variables(n: int) -> Files:
    variables = "".join(f"export A{i}_MODEL=gpt-5.4\n" for i in range(n))
    return {"AGENTS.md": f"# A\n\n```bash\nexport OPENAI_BASE_URL=$B\n{variables}```\n"}


@few(400)
def models_of_a_client_that_is_made_anew(n: int) -> Files:
    calls = "a = ollama.Client()\na.chat(model='gpt-4o')\n" * n
    return {"AGENTS.md": f"# A\n\n```python\n{calls}```\n"}


@few(400)
def samples_of_one_model_on_a_page_of_azure(n: int) -> Files:
    sample = "```python\nask(model='gpt-4o')\n```\n\n"
    return {"AGENTS.md": f"# Azure OpenAI\n\n{sample * n}"}


@few(800)
def models_of_one_continued_command(n: int) -> Files:
    return {"AGENTS.md": "# A\n\n```bash\n" + "az --model gpt-4 \\\n" * n + "```\n"}


@few(2_500)
def models_of_one_command_line(n: int) -> Files:
    return {"AGENTS.md": f"```console\n$ agent{' --model gpt-5.4' * n}\n```\n"}


@few(800)
def models_of_searches_on_one_line(n: int) -> Files:
    return {"AGENTS.md": "# A\n\n```bash\n" + "(grep 'model=gpt-4' WHERE " * n + "\n```\n"}


@few(800)
def models_in_one_cell(n: int) -> Files:
    return {"AGENTS.md": "| task | model |\n|---|---|\n| review | " + "use `gpt-4` " * n + "|\n"}


@few(1_500)
def models_in_links_of_one_paragraph(n: int) -> Files:
    return {"AGENTS.md": "# A\n\n" + "[gpt-4](gpt-4.md) " * n + "\n"}


@few(150)
def orders_in_two_files(n: int) -> Files:
    orders = "".join(f"- For reviews, use gpt-5.{i % 50}.\n" for i in range(n))
    return {"AGENTS.md": orders, "CLAUDE.md": orders, "sub/AGENTS.md": orders}


@few(200)
def records_and_links(n: int) -> Files:
    record = "```yaml\nmigration_check_id: c\nrollback_note_available: true\n```\n\n"
    return {"docs/migration.md": "# A\n\n" + f"[rollback](rollback-x.md)\n\n{record}" * n}


@few(150)
def orders_in_many_folders(n: int) -> Files:
    order = "# A\n\n- For reviews, use gpt-5.4.\n"
    return {f"d{i}/AGENTS.md": order for i in range(n)}


@few(120)
def contradictions_below_one_file(n: int) -> Files:
    orders = "".join(f"- For reviews, use gpt-5.{i}.\n" for i in range(n))
    return {"AGENTS.md": orders} | {
        f"d{i}/AGENTS.md": "- For reviews, use claude-opus-4-1.\n" for i in range(n)
    }


@few(150)
def retired_models_in_many_files(n: int) -> Files:
    return {f"d{i}/AGENTS.md": "# A\n\nUse model gpt-4o.\n" for i in range(n)}


@few(300)
def migrations_in_one_file(n: int) -> Files:
    part = "# Migrate model calls to the new gateway\n\n[rollback](rollback-x.md)\n\n"
    return {"docs/migration.md": part * n}


@few(1_200)
def links_to_one_page(n: int) -> Files:
    start = "# Migrate model calls to the new gateway\n\n"
    return {
        "docs/migration.md": start + "[a](migrate.md) " * n,
        "docs/migrate.md": "# A\n\nText.\n\n" * n,
    }


@few(400)
def suppressions_of_rules_that_nobody_knows(n: int) -> Files:
    comments = (f"<!-- agentlint: ignore[hardcoded-modelid{i}] x -->\n\n" for i in range(n))
    return {"AGENTS.md": "# A\n\n" + "".join(comments)}


@few(1_100)
def headings_in_one_file(n: int) -> Files:
    return {"AGENTS.md": "# A\n\nAlways use `gpt-5.4`.\n\n" + "## B\n\n### C\n\n" * n}


@few(2_400)
def tables_in_one_table(n: int) -> Files:
    return {"AGENTS.md": "# A\n\n" + "|key|\n|--|\n" * n}


@few(1_500)
def columns_of_what_was(n: int) -> Files:
    rows = (f"|{'from|' * n}", f"|{'-|' * n}", f"|{'gpt-4|' * n}")
    return {"AGENTS.md": "# A\n\n" + "\n".join(rows) + "\n"}


@few(800)
def settings_of_one_sample(n: int) -> Files:
    lines = "".join(f"A{i}_MODEL=gpt-5.4\n" for i in range(n))
    return {"AGENTS.md": f"# A\n\n```env\n{lines}\n```\n"}
