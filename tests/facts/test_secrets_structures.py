"""Secrets that the structure around them gives away: armour, JSON Web Tokens, URLs, headers, base64."""

from __future__ import annotations

import base64
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.secret_samples import expand, sample

from agentlint.facts.detectors.secrets import find_secrets, judge_value
from agentlint.knowledge.secret_shapes import SecretShape, secret_shapes

STRUCTURES = [shape for shape in secret_shapes().values() if shape.group == "structure"]


def kinds(text: str) -> list[str]:
    return [match.kind for match in find_secrets(text)]


def made(template: str, seed: int = 20261120) -> str:
    return expand(template, random.Random(seed))


@pytest.mark.parametrize("shape", STRUCTURES, ids=lambda shape: shape.kind)
def test_every_row_finds_its_own_samples(shape: SecretShape) -> None:
    for template in shape.positives:
        assert shape.kind in kinds(f"Before\n{made(template)}\nafter\n") or kinds(made(template)), (
            template
        )


@pytest.mark.parametrize("shape", STRUCTURES, ids=lambda shape: shape.kind)
def test_no_row_takes_its_own_look_alikes(shape: SecretShape) -> None:
    assert shape.negatives
    for template in shape.negatives:
        assert kinds(f"Before\n{made(template)}\nafter\n") == [], template


PEM = made("{pem:RSA PRIVATE KEY}")
ARMOURS = {
    "plain": PEM,
    "windows": PEM.replace("\n", "\r\n"),
    "escaped": json.dumps({"private_key": PEM + "\n"}),
    "escaped twice": json.dumps(json.dumps({"private_key": PEM})),
    "yaml block": "key: |\n" + "".join(f"    {line}\n" for line in PEM.split("\n")),
    "quoted in Markdown": "".join(f"> {line}\n" for line in PEM.split("\n")),
    "commented": "".join(f"# {line}\n" for line in PEM.split("\n")),
    "joined strings": " +\n".join(f'"{line}\\n"' for line in PEM.split("\n")),
    "one line": PEM.replace("\n", " "),
    "encrypted the old way": PEM.replace(
        "KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00AA\n\n", 1
    ),
    "without its end": PEM.split("-----END")[0],
    "in base64": "client-key-data: " + base64.b64encode(PEM.encode()).decode(),
}


@pytest.mark.parametrize("text", ARMOURS.values(), ids=ARMOURS)
def test_a_private_key_is_found_however_it_is_folded(text: str) -> None:
    assert kinds(text) == ["private-key"]


@pytest.mark.parametrize("label", ["CERTIFICATE", "PUBLIC KEY", "CERTIFICATE REQUEST", "X509 CRL"])
@pytest.mark.parametrize("fold", ["\n", " ", "\\n", "\n> "])
def test_nothing_in_a_certificate_or_public_key_is_a_secret(label: str, fold: str) -> None:
    """By chance its base64 has a word such as `Jwt`, which would name what follows."""
    lines = [
        made("{an:58}nKJwtE"),
        *(made("{an:64}", seed) for seed in range(4)),
        made("{an:30}=="),
    ]
    text = fold.join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"])
    assert kinds(f"CA={text}\n") == []
    assert judge_value("SERVICE_PUBLIC_KEY", text) is None
    assert judge_value("SERVICE_JWT_SECRET", text) is None
    hidden = text.replace(lines[2], sample("openai-project-key", random.Random(2)))
    assert "openai-project-key" in kinds(hidden)


@pytest.mark.parametrize(
    "body",
    [
        "...",
        "YOUR_PRIVATE_KEY",
        "MII" + "x" * 200,
        "paste the key that you were given here " * 5,
        "",
    ],
)
def test_armour_without_a_key_is_documentation(body: str) -> None:
    assert kinds(f"-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n") == []
    assert (
        kinds(
            "if line.startswith('-----BEGIN RSA PRIVATE KEY-----'):\n    raise ValueError(line)\n"
        )
        == []
    )


@pytest.mark.parametrize(
    ("claims", "secret"),
    [
        ("iss=supabase,role=service_role", True),
        ("iss=supabase,role=anon", False),
        ("iss=supabase-demo,role=service_role", False),
        ("sub=1234567890,name=Jane", False),
        ("sub=user-1,scope=admin", True),
    ],
)
def test_web_tokens_are_decoded_to_tell_public_ones(claims: str, *, secret: bool) -> None:
    token = made("{jwt:" + claims + "}")
    for text in (
        f"SUPABASE_KEY={token}\n",
        f"Authorization: Bearer {token}",
        f'{{"t": "{token}"}}',
    ):
        assert bool(kinds(text)) is secret


def test_an_unsigned_or_unreadable_web_token_is_none() -> None:
    encoded = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    assert kinds(f"{encoded}.{encoded}.{made('{an:43}')}") == []
    assert kinds("eyJhbGciOiJIUzI1NiJ9.<payload>.<signature> and eyJ...") == []


@pytest.mark.parametrize("signature", ["", ".", ".signature", ".sig", ".YOUR_SIGNATURE"])
@pytest.mark.parametrize(
    "around",
    ["Authorization: Bearer {}", "token: {}", '{{"access_token": "{}"}}', "API_TOKEN={}\n"],
)
def test_a_web_token_without_its_signature_opens_nothing(around: str, signature: str) -> None:
    header, claims, _ = made("{jwt:sub=user-1,scope=admin}").split(".")
    assert kinds(around.format(f"{header}.{claims}{signature}")) == []


@pytest.mark.parametrize("number", ["11", "1711", "1712", "4050", "4059"])
def test_a_number_behind_a_word_is_a_number_whatever_its_digits(number: str) -> None:
    url = f"postgresql://app:Bakerystore{number}@db.acme.dev:5432/app"
    assert kinds(f"DATABASE_URL={url}\n") == ["url-password"]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://gateway:{an:18}@db.staging.acme.dev:5432/gw",
        "redis://:{an:24}@cache.acme.dev:6379/0",
        "mongodb+srv://app:{an:16}@cluster0.ab1cd.mongodb.net/x?retryWrites=true",
        "https://deploy:{hex:40}@git.acme.dev/a/b.git",
        "amqps://svc:{an:12}!{an:6}@mq.acme.dev/v",
        "postgres://app:{an:20}@db:5432/app",
    ],
)
@pytest.mark.parametrize(
    "around", ["{}", "`{}`", "<{}>", "({})", '"{}"', "DATABASE_URL={}\n", "见{}。"]
)
def test_a_random_password_in_a_url_is_found(url: str, around: str) -> None:
    assert kinds(around.replace("{}", made(url))) == ["url-password"]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://postgres:postgres@localhost:5432/gateway",
        "https://user:pass@example.com",
        "mongodb://username:password@host:27017/db",
        "amqp://guest:guest@rabbitmq",
        "postgres://gateway:*****@db.acme.dev/gw",
        "https://x-access-token:${GITHUB_TOKEN}@github.com/a/b",
        "https://x-access-token:$TOKEN@github.com/a/b",
        "https://oauth2:{token}@gitlab.com/a/b",
        "postgres://app:<password>@db.acme.dev/app",
        "postgres://app:%DB_PASSWORD%@db.acme.dev/app",
        "postgres://app:changeme123@db.acme.dev/app",
        "http://localhost:4000/v1:8080@x",
    ],
)
def test_local_masked_and_worded_passwords_in_urls_are_quiet(url: str) -> None:
    assert kinds(f"DATABASE_URL={url}\n") == []


@pytest.mark.parametrize(
    "template",
    [
        "curl -H 'Authorization: Bearer {w:43}' $URL",
        'curl -H "Authorization: Bearer {an:32}" https://gw.acme.dev',
        '{"Authorization": "Bearer {an:40}"}',
        r'"{\"Authorization\": \"Bearer {an:40}\"}"',
        "authorization: token {hex:40}",
        "Authorization: Token {hex:40}",
        "Authorization: Bot {an:24}.{an:6}.{an:38}",
        "wget --header='Authorization: Bearer {w:43}' x",
        "curl -u svc:{an:20} https://gw.acme.dev",
        "curl --user 'svc:{an:20}' https://gw.acme.dev",
        "curl -A 'curl/8' -H \"a; b\" -u svc:{an:20} https://gw.acme.dev",
        "curl -s \\\n  -H 'a: b' \\\n  -u svc:{an:20} \\\n  https://gw.acme.dev",
        "curl `options` $(more options) -u svc:{an:20} https://gw.acme.dev",
        'sh -c "curl --proxy-user svc:{an:20} https://gw.acme.dev"',
        "STATUS=$(curl -s -u svc:{an:20} https://gw.acme.dev)",
        'run: "curl -H \\"X: y\\" -u svc:{an:20} https://gw.acme.dev"',
        "$CURL -u svc:{an:20} https://gw.acme.dev",
        'OPTIONS="-u svc:{an:20}"',
        "with `-u svc:{an:20}` and the URL",
        "sshpass -p '{an:16}' ssh deploy@host",
        "docker login -u svc -p {an:24} registry.acme.dev",
        "mysql -h db -u app -p{an:16} gw",
        "redis-cli -h cache -a {an:24} ping",
    ],
)
def test_what_a_header_or_a_command_line_announces_is_found(template: str) -> None:
    literal = template.replace("{{", "{").replace('{"', "\0").replace('{\\"', "\1")
    text = made(literal).replace("\0", '{"').replace("\1", '{\\"')
    assert len(kinds(text)) == 1, text


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer [token]",
        "Authorization: Bearer <TOKEN>",
        "Authorization: Bearer ${{ secrets.TOKEN }}",
        "Authorization: Bearer $ANTHROPIC_AUTH_TOKEN",
        "Authorization: Bearer {env:LITELLM_KEY}",
        "the bearer authentication-scheme-of-the-gateway is used",
        "Basic authentication and basic configuration-of-the-service",
        "Authorization: Basic dXNlcjpwYXNz",
        "curl -u user:password https://gw.acme.dev",
        "docker run -u 1000:1000 image",
        'curl -u "$USER:$TOKEN" https://gw.acme.dev',
        "sshpass -p password ssh host",
        'curl -d "{ \\"timestamp\\": \\"$(date -u +%Y-%m-%dT%H:%M:%S.000Z)\\" }" $WEBHOOK',
        'curl -d "`date -u +%Y-%m-%dT%H:%M:%S.000Z`" $WEBHOOK',
        "date -u +%Y-%m-%dT%H:%M:%S.000Z",
        "curl -d 'ask for -u svc:Xk2vQ9rTzL4mWp7d there' $WEBHOOK",
        "curl -sf $WEBHOOK; stamp -u at:Xk2vQ9rTzL4mWp7d",
    ],
)
def test_references_and_words_after_a_scheme_are_quiet(text: str) -> None:
    assert kinds(text) == []


def test_the_token_of_a_tunnel_is_told_by_its_fields() -> None:
    token = made("{tunnel:64}")
    for text in (f"TUNNEL_TOKEN={token}\n", f"run --token {token}\n", f'{{"token": "{token}"}}'):
        assert kinds(text) == ["cloudflare-tunnel-token"]
    fields = json.loads(base64.b64decode(token))
    for other in ({**fields, "t": "1"}, {**fields, "s": "x" * 64}, {"a": made("{an:150}")}):
        cursor = base64.b64encode(json.dumps(other, separators=(",", ":")).encode()).decode()
        assert kinds(f"PAGE_TOKEN={cursor}\n") == []


def test_a_basic_header_is_decoded() -> None:
    secret = base64.b64encode(f"svc-gateway:{made('{an:20}')}".encode()).decode()
    assert kinds(f"Authorization: Basic {secret}\n") == ["basic-credentials"]


@settings(derandomize=True, max_examples=60)
@given(
    kind=st.sampled_from(
        ["openai-project-key", "github-token", "anthropic-api-key", "url-password"]
    ),
    seed=st.integers(0, 10**6),
    around=st.sampled_from(["data:\n  key: {}\n", '"{}"', "x={}\n", "{}"]),
)
def test_one_level_of_base64_is_opened_and_a_second_is_not(
    kind: str, seed: int, around: str
) -> None:
    secret = sample(kind, random.Random(seed))
    once = base64.b64encode(secret.encode()).decode()
    twice = base64.b64encode(once.encode()).decode()
    assert kinds(around.format(once)) == [kind]
    assert kind not in kinds(around.format(twice))


def test_base64_of_words_and_of_bytes_is_quiet() -> None:
    rng = random.Random(5)
    words = base64.b64encode(
        b"The quick brown fox jumps over the lazy dog and then calls the gateway."
    ).decode()
    noise = base64.b64encode(rng.randbytes(4000)).decode()
    assert (
        kinds(
            f"Payload: `{words}`\n![x](data:image/png;base64,{noise})\nintegrity: sha384-{noise[:64]}\n"
        )
        == []
    )


def test_the_secret_half_of_an_aws_pair_needs_no_name() -> None:
    pair = made("user,AKIA{b32:16},{aws:40}\n")
    assert kinds(pair) == ["aws-access-key-id", "aws-secret-access-key"]
    assert kinds(made("commit {hex:40} of AKIA...\n")) == []
