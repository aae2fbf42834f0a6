"""Every spelling of a reference, who reads it, and what only looks like one."""

from __future__ import annotations

import random

import pytest
from tests.secret_samples import expand

from agentlint.facts.detectors.secrets import find_secrets, is_reference, judge_value
from agentlint.knowledge.data import rows


@pytest.mark.parametrize(
    ("value", "dialect", "target"),
    [
        ("os.environ/OPENAI_API_KEY", "litellm", "env"),
        ("${OPENAI_API_KEY}", "shell", "env"),
        ("${OPENAI_API_KEY:-none}", "shell", "env"),
        ("$OPENAI_API_KEY", "shell", "env"),
        ("$env:OPENAI_API_KEY", "powershell", "env"),
        ("%OPENAI_API_KEY%", "windows", "env"),
        ("{env:OPENAI_API_KEY}", "opencode", "env"),
        ("{file:~/.secrets/openai}", "opencode", "file"),
        ("env.OPENAI_API_KEY", "bifrost", "env"),
        ("env::OPENAI_API_KEY", "tensorzero", "env"),
        ("dynamic::openai_key", "tensorzero", "env"),
        ("path::/run/secrets/key", "tensorzero", "file"),
        ("${{ secrets.OPENAI_API_KEY }}", "actions", "secret"),
        ("${{secrets['OPENAI_API_KEY']}}", "actions", "secret"),
        ("${{ inputs.key }}", "actions", "env"),
        ('${{ env "DECK_OPENAI_KEY" }}', "deck", "env"),
        ("{vault://env/openai-key}", "kong", "secret"),
        ("urn:k8s:secret:ai:openai:key", "traefik", "secret"),
        ("{{ env.OPENAI_API_KEY }}", "template", "template"),
        ("{{ .Values.openai.apiKey }}", "template", "template"),
        ("#{GatewayToken}#", "template", "template"),
        ("__OPENAI_API_KEY__", "template", "template"),
        ("@@DB_PASSWORD@@", "template", "template"),
        ("user_provided", "librechat", "secret"),
        ("$(op read op://dev/openai/key)", "command", "command"),
        ("`gh auth token`", "command", "command"),
        ("${input:openai-key}", "vscode", "env"),
        ("${env:OPENAI_API_KEY}", "vscode", "env"),
        ("op://Engineering/openai/credential", "secret-store", "secret"),
        ("vault:secret/data/gateway#openai", "secret-store", "secret"),
        ("arn:aws:secretsmanager:us-east-1:123456789012:secret:x-AbCdEf", "secret-store", "secret"),
        ("projects/acme/secrets/openai/versions/latest", "secret-store", "secret"),
        ("ref+vault://secret/openai#key", "secret-store", "secret"),
        ("@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/k)", "azure", "secret"),
        ("ENC[AES256_GCM,data:b2s=,iv:b2s=,tag:b2s=,type:str]", "ciphertext", "ciphertext"),
        ("process.env.OPENAI_API_KEY!", "code", "env"),
        ("os.environ['OPENAI_API_KEY']", "code", "env"),
        ("${spring.ai.openai.api-key}", "template", "template"),
        ("settings.SECRET_KEY", "code", "code"),
        ("getpass.getpass()", "code", "code"),
        ("Bearer ${TOKEN}", "shell", "env"),
        ("Bearer {env:TOKEN}", "opencode", "env"),
        ("https://gw.acme.dev?key=${KEY}", "template", "template"),
        ("prefix-{{ team }}-suffix", "template", "template"),
    ],
)
def test_a_reference_is_known_by_its_dialect_and_is_never_a_secret(
    value: str, dialect: str, target: str
) -> None:
    kind = is_reference(value)
    assert kind
    assert (kind.dialect, kind.target) == (dialect, target)
    assert judge_value("api_key", value) is None
    assert find_secrets(f"api_key: {value}\n") == []
    assert find_secrets(f'{{"api_key": "{value}"}}') == []


@pytest.mark.parametrize(
    "template",
    [
        "{an:32}",
        "{w:43}",
        "{hex:64}",
        "{an:8}.{an:32}",
        "{an:14}!{an:6}",
        "$d{an:10}!{an:8}",
        "x%{an:20}",
    ],
)
def test_a_literal_is_no_reference(template: str) -> None:
    assert is_reference(expand(template, random.Random(8))) is None


@pytest.mark.parametrize("value", ["", " ", "none", "hello", "a b c", "12345", "$", "${", "{}"])
def test_what_is_neither_has_no_dialect(value: str) -> None:
    assert is_reference(value) is None


def test_the_default_inside_a_reference_is_judged_as_a_literal() -> None:
    secret = expand("{an:32}", random.Random(8))
    match = judge_value("OPENAI_API_KEY", f"${{OPENAI_API_KEY:-{secret}}}")
    assert match
    assert match.length == 32


def test_rows_name_their_source_and_how_to_spell_a_reference() -> None:
    listed = rows("references", "reference")
    assert len({row["id"] for row in listed}) == len(listed)
    for row in listed:
        assert row["source"].startswith("https://")
        spelled = row["spelling"].replace("{name}", "OPENAI_API_KEY")
        kind = is_reference(spelled) if spelled else None
        assert not spelled or (kind and kind.dialect in (row["dialect"], "shell", "kong")), row[
            "id"
        ]
