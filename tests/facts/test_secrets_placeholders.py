"""Placeholders, dummies, filler: what people write where a secret would go."""

from __future__ import annotations

import random
import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.secret_samples import expand

from agentlint.facts.detectors.secrets import find_secrets, is_dummy, is_placeholder
from agentlint.facts.detectors.secrets.filler import is_degenerate
from agentlint.facts.detectors.secrets.placeholders import is_published
from agentlint.facts.detectors.secrets.randomness import RANDOM, Judge, randomness
from agentlint.knowledge.data import table

ALPHABETS = {
    "base62": (string.ascii_letters + string.digits, 22),
    "base64url": (string.ascii_letters + string.digits + "-_", 43),
    "hex": (string.digits + "abcdef", 32),
    "lower and digits": (string.ascii_lowercase + string.digits, 32),
    "letters": (string.ascii_letters, 34),
    "base32": (string.ascii_uppercase + "234567", 16),
}


@pytest.mark.parametrize(
    "value",
    [
        "",
        "<your-api-key>",
        "[REDACTED]",
        "{api_key}",
        "sk-...",
        "sk-ant-api03-YOUR_KEY_HERE",
        "AKIA****************",
        "xxxxxxxxxxxxxxxxxxxx",
        "replace-me",
        "REPLACE_WITH_REAL_TOKEN",
        "changeme",
        "TODO",
        "TBD",
        "null",
        "test-key",
        "my-secret",
        "fake_token_1",
        "insert-token-here",
        "VOTRE_CLE_API",
        "dein_api_schluessel_hier",
        "tu_clave_de_api_aqui",
        "вставьте-ключ",
        "替换为你的密钥",
        "あなたのキー",
        "여기에_키_입력",
        "abcd1234abcd1234abcd1234",
        "a1b2c3d4e5f6g7h8",
        "AB12CD34EF56GH78IJ90KL12MN34OP56",
        "0123456789abcdef0123456789abcdef",
        "00000000-0000-0000-0000-000000000000",
        "asdfljk2380hlkasdfjh38asdf",
        "deadbeefdeadbeef",
        "qwertyuiop123456",
        "sk-[a-zA-Z0-9]{48}",
        "ghp_[A-Za-z0-9]{36}",
    ],
)
def test_a_placeholder_is_told_from_a_credential(value: str) -> None:
    assert is_placeholder(value)


@pytest.mark.parametrize(
    "value", ["EMPTY", "not-needed", "ollama", "lm-studio", "no-key-required", "sk-1234", " dummy "]
)
def test_what_servers_without_credentials_are_given_is_a_dummy_alone_only(value: str) -> None:
    assert is_dummy(value)
    assert not is_dummy(value.strip() + "-7f3a")


@pytest.mark.parametrize("name", ALPHABETS)
def test_random_strings_are_neither_filler_nor_worded(name: str) -> None:
    """A thousand of each shape; at most one in a hundred may be lost to all filters together."""
    alphabet, length = ALPHABETS[name]
    rng = random.Random(20261120)
    drawn = ["".join(rng.choice(alphabet) for _ in range(length)) for _ in range(1000)]
    assert sum(is_placeholder(value) or is_dummy(value) for value in drawn) <= 5
    assert sum(randomness(value) <= RANDOM for value in drawn) <= 10


@pytest.mark.parametrize(
    "value",
    [
        "authentication-credential-for-the-upstream-provider",
        "gateway_primary_route_fallback_model",
        "loadPretrainedTokenizersAndModels",
        "TeamPlatformSharedProduction2026",
        "https://gateway.example.com/v1/models",
        "claude-sonnet-4-5-20250929",
    ],
)
def test_words_are_not_random(value: str) -> None:
    assert randomness(value) <= RANDOM


@settings(derandomize=True, max_examples=100)
@given(
    period=st.text(string.ascii_letters + string.digits, min_size=1, max_size=8),
    times=st.integers(4, 12),
)
def test_whatever_repeats_is_degenerate(period: str, times: int) -> None:
    assert is_degenerate(period * times)


@pytest.mark.parametrize("name", ALPHABETS)
def test_a_random_string_twice_over_is_as_random_as_it_is_once(name: str) -> None:
    alphabet, length = ALPHABETS[name]
    rng = random.Random(20261121)
    drawn = ["".join(rng.choice(alphabet) for _ in range(max(16, length))) for _ in range(200)]
    assert [is_degenerate(value * 2) for value in drawn] == list(map(is_degenerate, drawn))


@settings(derandomize=True, max_examples=100)
@given(text=st.text(max_size=300))
def test_any_text_can_be_judged(text: str) -> None:
    assert isinstance(is_placeholder(text), bool)
    assert isinstance(randomness(text), float)


def test_a_judge_counts_only_pairs_that_say_something() -> None:
    assert Judge(bytes([160]) * 784).score("ab") == 1.0
    assert Judge(bytes([160]) * 784).score("12-34") == 0.0
    assert randomness("") == 0.0


def test_samples_from_documentation_are_known_by_their_hash_alone() -> None:
    sample = "AKIA" + "IOSFODNN7" + "EXAMPLE"
    assert is_published(sample)
    assert not is_published(expand("AKIA{b32:16}", random.Random(1)))


@pytest.mark.parametrize(
    "form", ["sk-proj-{an:4}xxx{an:5}", "{d:2}xxx{d:4}xxx{hex:10}", "{hex:6}XXXX{hex:8}"]
)
def test_what_is_masked_in_the_middle_is_no_key(form: str) -> None:
    value = expand(form, random.Random(2))
    assert is_placeholder(value)
    for text in (f"OPENAI_API_KEY={value}", f"JWT_SECRET={value}", f"The password is {value}."):
        assert find_secrets(text) == []


@pytest.mark.parametrize("form", ["{an:15}xxx{an:14}", "sk-proj-{an:30}xxx{an:41}"])
def test_three_x_may_stand_in_a_random_key(form: str) -> None:
    value = expand(form, random.Random(2))
    (found,) = find_secrets(f"GATEWAY_API_KEY={value}\n")
    assert found.length == len(value)


def test_the_defaults_of_much_copied_stacks_are_listed_by_their_hash() -> None:
    listed = table("secret-words")["published_defaults"]
    assert {"LibreChat .env.example", "Dify"} <= {row["owner"] for row in listed}
    for row in listed:
        assert row["source"].startswith("https://")
        assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in row["sha256"])


@pytest.mark.parametrize(
    "parts",
    [
        # https://docs.stripe.com/keys
        ("sk_test_", "4eC39HqL", "yjWDarjt", "T1zdp7dc"),
        ("sk_test_", "BQokikJO", "vBiI2HlW", "gH4olfQ2"),
        # https://cloud.google.com/docs/authentication/api-keys
        ("AIza", "SyDaGmWK", "a4JsXZ-H", "jGw7ISLn", "_3namBGewQe"),
    ],
)
def test_a_token_that_its_vendor_prints_is_none(parts: tuple[str, ...]) -> None:
    printed = "".join(parts)
    other = printed[:-1] + "a"
    for text in (
        f"Call it with `{printed}`.",
        f"SOME_API_KEY={printed}",
        f'{{"key": "{printed}"}}',
    ):
        assert find_secrets(text) == []
        assert find_secrets(text.replace(printed, other))
