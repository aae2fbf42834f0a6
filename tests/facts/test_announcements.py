"""What lead-ins, titles and comments say of the lists and samples that they announce."""

from __future__ import annotations

import pytest

from agentlint.facts.wording.announcements import (
    condemns,
    disowns,
    is_counter_example,
    leads_to_fixture,
    leads_to_wrong,
    mentions_ban,
    orders,
    shows_form,
    titles_lock,
    titles_routing,
)


@pytest.mark.parametrize(
    "title",
    [
        *("Model routing", "2. Model selection", "Which model to use", "**Agent model tiers**"),
        *("LLM routing", "LLM Rules — ACME ONLY", "Model routing (production)", "Which LLM to use"),
    ],
)
def test_a_title_below_which_models_get_their_work(title: str) -> None:
    assert titles_routing(title)


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Models",
            "Embedding model selection",
            "How model selection works",
            "Model routing flags",
        ),
        *("LLMs", "LLM providers", "Model routing (old)", "LLM rules (not yet in use)"),
        *("Model routing — deprecated", "Model selection - how it works", "LLM rules matter"),
    ],
)
def test_a_title_below_which_models_are_only_named(title: str) -> None:
    assert not titles_routing(title)


@pytest.mark.parametrize(
    "title",
    ["Model Names (LOCKED)", "Models: do not change", "**Default models** — fixed", "LLM (pinned)"],
)
def test_a_title_below_which_models_are_to_stay(title: str) -> None:
    assert titles_lock(title)


@pytest.mark.parametrize(
    "title", ["Tech stack (LOCKED)", "Models", "Model names (not locked)", "Locked accounts"]
)
def test_a_title_that_locks_no_model(title: str) -> None:
    assert not titles_lock(title)


def test_a_lead_in_orders_models_only_as_an_order() -> None:
    assert orders("Use the following models:")
    assert orders("Which models to use")
    assert orders("Use the cheap-and-fast tier for each provider:")
    assert orders("When a test calls a provider (e.g. a live one), use these models:")
    assert orders("**MANDATORY:** You MUST use ONLY the following latest models.")
    assert orders("Always use the models below.")
    assert not orders("The service can use the models below.")
    assert not orders("Use the models of your provider.")
    assert not orders("The paid tier for each provider:")
    assert not orders("browser-use calls an LLM in two tools:")
    assert not orders("The following models are supported:")
    assert not orders("Never use these models:")
    assert mentions_ban("❌ Wrong:")
    assert mentions_ban("👎 This way:")
    assert mentions_ban("Bad")
    assert not mentions_ban("Good:")


@pytest.mark.parametrize(
    "comment",
    ["# WRONG: loses its state", "// ❌", "# Bad example", "# Don't do this", "# Before:"],
)
def test_a_comment_condemns_the_code_below_it(comment: str) -> None:
    assert condemns(comment)


@pytest.mark.parametrize(
    "comment",
    ["# Never commit this file", "# Before you start, log in", "# CORRECT", "# Avoid 429s"],
)
def test_a_comment_that_forbids_something_else_condemns_no_code(comment: str) -> None:
    assert not condemns(comment)


def test_lead_ins_that_order_nothing() -> None:
    assert not orders("Use the following models only if explicitly requested:")
    assert not orders("Always use `provider/model-name`:")


@pytest.mark.parametrize(
    ("sample", "is_wrong"),
    [
        ("# Before: the same in each function\ndef a():\n    ...\n\ndef b():\n    ...\n", True),
        ("\n// ❌ WRONG\nask(a)\n\nask(b)\n", True),
        ("# Before\nask(a)\n\n# After\nask(b)\n", False),
        ("# WRONG\nask(a)\n\n// correct: ask once\nask(b)\n", False),
        ("# Never commit this file\nask(a)\n", False),
        ("ask(a)  # WRONG\nask(b)\n", False),
    ],
)
def test_a_sample_that_begins_with_what_is_wrong_is_wrong(sample: str, *, is_wrong: bool) -> None:
    assert is_counter_example(sample) is is_wrong


@pytest.mark.parametrize(
    "text",
    [
        "Example:",
        "**Example** (another host):",
        "Set what you need. For example:",
        "The structure of `llm.json`:",
        "示例结构（参考 `llm.json`）：",
    ],
)
def test_a_lead_in_that_only_shows_the_form(text: str) -> None:
    assert shows_form(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Settings:",
        "See the examples in `docs/`. Settings:",
        "Put this example into `.env`:",
        "Always use the structure below:",
        "Restructure it:",
    ],
)
def test_a_lead_in_that_orders_or_says_nothing_of_it(text: str) -> None:
    assert not shows_form(text)


@pytest.mark.parametrize(
    "lead_in",
    [
        "Instead of:",
        "Instead of calling the provider directly:",
        "Legacy code:",
        "**Old**",
        "Previously:",
        "The linter rejects:",
        "Our hook flags code like this:",
        "Code like the following must be replaced:",
        "These must be rewritten by hand:",
        "If you see this, replace it with an alias:",
        "It is tidy. If you find code like this in `src/`, please remove it:",
    ],
)
def test_a_lead_in_of_what_nobody_is_to_write(lead_in: str) -> None:
    assert leads_to_wrong(lead_in)


@pytest.mark.parametrize(
    "lead_in",
    [
        "Instead of a constant, use this:",
        "Instead of the UI run:",
        "Flags:",
        "Code blocks:",
        "Legacy mode",
        "These settings must be changed:",
        "The placeholder must be replaced:",
        "If you see this error, replace the model with:",
        "If you see this, replace it with:",
        "If you see this, run:",
        "",
    ],
)
def test_a_lead_in_of_something_else(lead_in: str) -> None:
    assert not leads_to_wrong(lead_in)


def test_a_lead_in_to_a_fixture() -> None:
    assert all(
        map(
            leads_to_fixture,
            ("The test fixture looks like this:", "Mock response:", "`a.json` fixture"),
        )
    )
    assert not any(
        map(
            leads_to_fixture,
            ("Use the fixture:", "Mock the client in tests:", "Generate test data like so:"),
        )
    )


@pytest.mark.parametrize(
    "lead_in",
    [
        *(
            "Never commit keys. Export these:",
            "Don't forget to set the model:",
            "Never commit keys.",
        ),
        *("Never run this in production. Locally:", "Run the reviewer. Never skip it."),
        "Never use the SDK directly; always go through the gateway:",
        "**Never** commit `.env`. Then run:",
        "Avoid long prompts. Configure the reviewer as follows:",
        "If wrong model, stop and run:",
        "When the wrong model is active, please export:",
        "If the tests never end, run:",
        # Statements.
        *("Hooks never run twice.", "You don't need a key:", "Renames don't break it. Run:"),
        *("For processes that don't exit on their own:", "It never retries, and fails at once."),
        # What only adds to an order, or explains it.
        *("Use the alias, never the ID.", "Pass the options through — do not paraphrase them:"),
        *("Export one constant. Do not repeat it.", "Use isolated ports to avoid collisions:"),
        *("A port of its own is enough; do not share one:", "Set these options to avoid this:"),
        *("Create `.env` (never commit this):", "Canonical imports (do not deviate)"),
        # The order for the sample follows.
        *(
            "Never guess the options. Read them from the help.",
            "Don't chain them — call each alone:",
        ),
        # What is to stay as it is.
        *("DO NOT CHANGE:", "**Red lines - do not modify:**", "Never change this:"),
        # Other code is forbidden.
        *("Never use `eval` or `new Function`.", "Do not call `storage.getMetadata()` here."),
    ],
)
def test_a_lead_in_that_forbids_something_else(lead_in: str) -> None:
    assert not disowns(lead_in, "export OPENAI_MODEL=gpt-5.4")


@pytest.mark.parametrize(
    "lead_in",
    [
        *("Bad, never do this:", "Avoid:", "**Don't**", "Before:", "Do not push this:"),
        *("Never hard-code a model ID like this.", "Never hard-code models. For example:"),
        *(
            "If you set the model wrong, it looks so:",
            "If you see code like this wrong line, fix it:",
        ),
        "If the diff is large, this is wrong:",
        *("Never call the SDK. It bypasses the gateway:", "Avoid e.g. hard-coded IDs:"),
        *("Never call a provider directly.", "Don't do this; the factory does it:"),
        *("Never commit code like this:", "Never skip the gateway. Never call directly:"),
        *("❌ Wrong. See below:", "Never call a provider directly. The gateway meters all calls."),
        *("Never pin models. E.g.:", "Never call a provider, i.e. OpenAI:"),
        *(
            "You must never pin a model.",
            "**Note:** never pin a model.",
            "Please don't pin models.",
        ),
        *("In production, never use:", "The gateway meters calls, so never do this:"),
        *("Aliases are in the table. Do not write this.", "Models are set once. Avoid:"),
        *("Never write `OPENAI_MODEL` yourself.", "Do not set `OPENAI_MODEL=gpt-4` by hand."),
        *("Do not change the ID to this:", "NEVER use these commands"),
    ],
)
def test_a_lead_in_that_forbids_the_sample(lead_in: str) -> None:
    assert disowns(lead_in, "export OPENAI_MODEL=gpt-5.4")


def test_a_sample_that_begins_with_what_is_right() -> None:
    lead_in = "Never construct clients yourself, the factory does it."
    assert not disowns(lead_in, "// Correct\nawait createLLM()")
    assert disowns(lead_in, "await createLLM()")
    assert disowns(lead_in, "# Do not write\nOpenAI()")
    assert disowns("❌ Bad", "// Correct\nawait createLLM()")
