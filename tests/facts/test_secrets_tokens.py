"""Tokens that tell by their own shape: what is one, what only looks like one, and where it may stand."""

from __future__ import annotations

import base64
import random
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.secret_samples import expand

from agentlint.facts.detectors.secrets import find_secrets
from agentlint.knowledge.secret_shapes import SecretShape, secret_shapes

TOKENS = [shape for shape in secret_shapes().values() if shape.group == "token"]
CHECKED = [shape for shape in TOKENS if "{check:crc32-base" in shape.positives[0]]
# A random part of a template; short ones (a digit, a letter) are structure.
RANDOM_PART = re.compile(
    r"\{(?:an|A|l|d|hex|HEX|ld|ud|w|b64|b32|bech32):(\d{1,3})\}|\{(uuid)\}|\{(base64|jwt):.*\}"
)
COMMON = [
    "your", "gateway", "secret", "token", "master", "production", "service", "account", "shared", "team",
    "please", "insert", "value", "private", "client", "openai", "router", "model", "agent", "number",
]  # fmt: skip


def kinds(text: str) -> list[str]:
    return [match.kind for match in find_secrets(text)]


def sampled(shape: SecretShape, seed: int) -> str:
    rng = random.Random(seed)
    return expand(rng.choice(shape.positives), rng)


def worn(template: str, filler: str) -> str:
    """The token of `template` with `filler`, repeated or cut to size, in place of its random parts."""

    def fill(match: re.Match[str]) -> str:
        size = int(match[1] or 36)
        if size < 5:
            return match[0]
        return (filler * (size // len(filler) + 1))[:size]

    filled = RANDOM_PART.sub(fill, template)
    return expand(filled, random.Random(1))


@pytest.mark.parametrize("shape", secret_shapes().values(), ids=lambda shape: shape.kind)
def test_what_is_found_by_itself_is_found_as_the_default_of_a_variable(shape: SecretShape) -> None:
    rng = random.Random(20261121)
    for template in shape.positives:
        secret = expand(template, rng)
        if shape.group != "named" and "\n" not in secret:
            assert kinds(f'V: "${{V:-{secret}}}"\n') == kinds(f"V: {secret}\n")


@pytest.mark.parametrize("shape", TOKENS, ids=lambda shape: shape.kind)
def test_every_row_finds_its_own_samples_and_nothing_else(shape: SecretShape) -> None:
    rng = random.Random(20261120)
    for template in shape.positives:
        token = expand(template, rng)
        text = f"The value is {token}, keep it.\n"
        (match,) = find_secrets(text)
        assert match.kind == shape.kind
        assert text[match.start : match.end] == token


@pytest.mark.parametrize("shape", TOKENS, ids=lambda shape: shape.kind)
def test_no_row_takes_its_own_look_alikes(shape: SecretShape) -> None:
    rng = random.Random(20261120)
    assert shape.negatives
    for template in shape.negatives:
        assert kinds(f"key: {expand(template, rng)}\n") == [], template


@pytest.mark.parametrize("shape", TOKENS, ids=lambda shape: shape.kind)
def test_runs_and_sequences_are_filler_under_any_prefix(shape: SecretShape) -> None:
    for filler in ("x", "X", "1234567890abcdef", "abcdefghijklmnopqrstuvwxyz", "A1b2C3d4E5f6"):
        for template in shape.positives:
            assert kinds(f"OPENAI_API_KEY={worn(template, filler)}\n") == [], filler


@pytest.mark.parametrize("shape", CHECKED, ids=lambda shape: shape.kind)
def test_one_wrong_check_digit_makes_a_token_nobody_issued(shape: SecretShape) -> None:
    rng = random.Random(7)
    for template in shape.positives:
        token = expand(template, rng)
        for place in (-1, -3, -6, -9):
            flipped = "a" if token[place] != "a" else "b"
            broken = token[:place] + flipped + (token[place + 1 :] if place != -1 else "")
            assert kinds(f"GITHUB_TOKEN={broken}\n") == []
        assert kinds(f"GITHUB_TOKEN={token}\n") == [shape.kind]


@settings(derandomize=True, max_examples=150)
@given(
    shape=st.sampled_from(TOKENS),
    chosen=st.lists(st.sampled_from(COMMON), min_size=4, max_size=30),
    joiner=st.sampled_from(["", "-", "_"]),
    style=st.sampled_from([str.lower, str.upper, str.title]),
)
def test_a_body_of_words_is_no_secret(
    shape: SecretShape, chosen: list[str], joiner: str, style: type[str]
) -> None:
    body = joiner.join(style(word) for word in chosen)
    for template in shape.positives:
        assert kinds(f"token: {worn(template, body)}\n") == []


WRAPPERS = [("<", ">"), ("${", "}"), ("{{ ", " }}"), ("{{", "}}")]


@settings(derandomize=True, max_examples=150)
@given(shape=st.sampled_from(TOKENS), seed=st.integers(0, 10**6), wrapper=st.sampled_from(WRAPPERS))
def test_what_stands_in_the_brackets_of_a_slot_is_a_name(
    shape: SecretShape, seed: int, wrapper: tuple[str, str]
) -> None:
    token = sampled(shape, seed)
    assert kinds(f"api_key: {wrapper[0]}{token}{wrapper[1]}\n") == []


DELIMITERS = [
    "|", ")", ".", ",", "&", '\\"', "'", "`", "}", "", "\r\n", "\n", " ", ";", "]", "\\n", "%26", "<br>",
    "。", "，请保管", "」", "”", "\t", "\u00a0", "**", "\\u0026",
]  # fmt: skip
LEADS = [
    "", "key=", "key: ", '"', "'", "`", "(", "[", "|", "| ", "=", ":", "?key=", "&token=", '\\"', "\\n",
    "%3D", "密钥：",
    "は", "/", ">", ",", "**", "\u3000", "\\u003d", "${KEY:-", "${KEY:=",
]  # fmt: skip


@settings(derandomize=True, max_examples=400)
@given(
    shape=st.sampled_from(TOKENS),
    seed=st.integers(0, 10**6),
    lead=st.sampled_from(LEADS),
    delimiter=st.sampled_from(DELIMITERS),
)
def test_another_delimiter_keeps_it_found(
    shape: SecretShape, seed: int, lead: str, delimiter: str
) -> None:
    token = sampled(shape, seed)
    assume(kinds(f"key: {token}\n") == [shape.kind])
    assume(lead != "**" or delimiter == "**")
    assume(delimiter != "**" or lead == "**")
    text = f"Text before\n{lead}{token}{delimiter}"
    (found,) = find_secrets(text)
    assert found.kind == shape.kind
    assert found.end == len(text) - len(delimiter)


@settings(derandomize=True, max_examples=100)
@given(shape=st.sampled_from(TOKENS), seed=st.integers(0, 10**6))
def test_line_ends_and_neighbours_in_other_scripts_change_nothing(
    shape: SecretShape, seed: int
) -> None:
    token = sampled(shape, seed)
    plain = f"# Guide\n\nKEY={token}\nnext\n"
    assume(kinds(plain) == [shape.kind])
    assert kinds(plain.replace("\n", "\r\n")) == [shape.kind]
    assert kinds(f"项目密钥是「{token}」请勿外传") == [shape.kind]
    assert kinds(f"\ufeffключ {token} конец") == [shape.kind]


@pytest.mark.parametrize("cut", ["...", "…", "***", "•••"])
def test_a_token_that_is_cut_short_or_masked_is_none(cut: str) -> None:
    token = expand("sk-proj-{w:74}", random.Random(1))
    assert kinds(f"`{token}{cut}`") == []


def test_a_token_that_says_a_sentence_in_base64_is_a_sample() -> None:
    said = base64.b64encode(b"Put your own 32 bytes in place of this.").decode()
    drawn = base64.b64encode(random.Random(4).randbytes(39)).decode()
    for text in ("whsec_{}", 'HOOK_SECRETS: "v1,whsec_{}"', "HOOK_SECRET=v1,whsec_{}\n"):
        assert kinds(text.format(said)) == []
        assert kinds(text.format(drawn)) == ["webhook-signing-secret"]


def test_a_rejected_token_is_not_offered_to_its_name() -> None:
    broken = expand("ghp_{an:30}", random.Random(3)) + "000000"
    assert kinds(f"GITHUB_TOKEN={broken}\n") == []
    assert kinds(f"Authorization: Bearer {broken}\n") == []
    assert kinds(f"https://x-access-token:{broken}@github.com/acme/gw.git\n") == []


def test_an_access_key_id_in_a_signed_url_has_no_secret_beside_it() -> None:
    identifier = expand("ASIA{b32:16}", random.Random(3))
    assert (
        kinds(f"https://x.s3.amazonaws.com/k?X-Amz-Credential={identifier}%2F20261120%2Fus-east-1")
        == []
    )


def test_a_web_key_of_firebase_is_public() -> None:
    key = expand("AIzaSy{AIza4}{w:32}", random.Random(5))
    assert kinds(f'{{"apiKey": "{key}", "authDomain": "gw.web.app"}}') == []
    assert kinds(f'{{"apiKey": "{key}", "model": "gemini-3-flash"}}') == ["google-api-key"]


@pytest.mark.parametrize("shape", TOKENS, ids=lambda shape: shape.kind)
def test_a_description_holds_nothing_of_the_secret_but_the_documented_prefix(
    shape: SecretShape,
) -> None:
    token = sampled(shape, 11)
    (match,) = find_secrets(f"value {token} end")
    said = match.describe()
    tail = token[-16:]
    assert shape.title in said
    assert str(match.length) in said
    assert not any(tail[at : at + 4] in said for at in range(13))


@pytest.mark.parametrize(
    "text",
    [
        'OpenAIProvider(base_url="https://open.bigmodel.cn/api/paas/v4", api_key="{}")',
        "export ANTHROPIC_AUTH_TOKEN={}\nexport ANTHROPIC_BASE_URL=https://api.z.ai/api/anthropic\n",
        "model: glm-4.6\nsend `{}`.",
        "智谱 (Zhipu): {}。",
    ],
)
def test_a_key_of_zhipu_is_told_by_the_words_around_it(text: str) -> None:
    key = expand("{hex:32}.{A:16}", random.Random(6))
    assert kinds(text.format(key)) == ["zhipu-api-key"]


@pytest.mark.parametrize(
    "text",
    [
        "see {hex:32}.{an:16} there",
        "glm-4.6: {hex:32}.{an:16}.json",
        "glm-4.6: {hex:32}.{an:17}",
        "glm-4.6: f{hex:32}.{an:16}",
        "glm-4.6: assets/{hex:32}.{an:16}-min.js",
        "glm-4.6: {x:32}.{an:16}",
        "glm-4.6: {hex:32}.{x:16}",
        "glm-4.6: <{hex:32}.{an:16}>",
        "glm-4.6: {hex:32}",
        "enzai " + "word " * 80 + "{hex:32}.{an:16}",
    ],
)
def test_what_is_no_key_of_zhipu(text: str) -> None:
    assert "zhipu-api-key" not in kinds(expand(text, random.Random(6)))


def test_words_paths_and_identifiers_with_a_prefix_are_quiet() -> None:
    text = """
    See risk-assessment-and-mitigation-planning-guide and sk-router/openrouter-anthropic-claude-sonnet.
    hf_hub_download, hf_loadPretrainedTokenizersAndModels, npm_config_registry_and_others,
    key_management_service, pa-rental-leave-policy-of-the-company, re_compiled_expressions,
    pat-na-tional-team, patchesAndHotfixesForRelease, sk_learn_pipeline_with_transformers_and_more
    """
    assert kinds(text) == []
