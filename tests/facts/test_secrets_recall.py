"""Of made-up credentials in the forms that people write them in, nearly all are found.

Each mend that quiets a false finding may take true ones with it, a few of each kind, which no single
case shows. The floors are a little below what is reached.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from random import Random

import pytest

from agentlint.facts.detectors.secrets import find_secrets
from agentlint.facts.detectors.secrets.vocabulary import words

LETTERS = string.ascii_letters + string.digits
ALPHABETS = {
    "letters": LETTERS,
    "lower case": string.ascii_lowercase + string.digits,
    "capitals": string.ascii_uppercase + string.digits,
    "base64": LETTERS + "+/",
    "URL-safe": LETTERS + "-_",
    "with an @": string.ascii_lowercase + string.digits + "@",
    "hex": "0123456789abcdef",
}
NAMES = {
    "password": ("password", "Password", "DB password", "admin pass", "DB_PASS", "smtp_password"),
    "key": (
        "API key",
        "api_key",
        "API_KEY",
        "master key",
        "SECRET_KEY",
        "signing key",
        "private key",
    ),
    "token": ("access token", "GATEWAY_TOKEN", "TWILIO_AUTH_TOKEN", "bot token", "auth_token"),
    "secret": ("client_secret", "JWT_SECRET", "webhook secret", "Client secret value", "secret_id"),
}
FORMS = (
    "{name}={value}",
    "export {name}={value}",
    '{name} = "{value}"',
    '"{name}": "{value}"',
    "{name}: {value}",
    "{name}: `{value}`",
    "- **{name}**: `{value}`",
    "- **{name} (staging):** {value}",
    "- **{name} for the bot**: `{value}`",
    "{name} for the bot: {value}",
    "({name}: {value})",
    "{name} is {value}",
    "{name} is `{value}`",
    "the {name} for `bot` is `{value}`",
    "{name} `{value}`",
    "{name} → `{value}`",
    "set {name} to `{value}`",
    "use {name} {value} to log in",
    "| {name} | {value} |",
    "| {name} | `{value}` |",
    "| {name} (read only) | `{value}` |",
    "| {name} for the bot | {value} |",
    "| Name | {name} |\n|---|---|\n| bot | {value} |",
    "--{name} {value}",
)
# Beside a name that a sentence ties to it, hex is as often a digest.
SPOKEN = ("for", "(staging)", "(read only)")

# They are parts of too many words to be looked for, but are known as names of keys in configs.
TOO_SHORT = {"pw", "mdp"}


def found(forms: tuple[str, ...], names: tuple[str, ...], alphabet: str, rng: Random) -> float:
    """The share of credentials of this alphabet that is found in the forms under the names."""
    tried = hits = 0
    for form in forms:
        for name in names:
            for _ in range(6):
                size = rng.choice((32, 40, 64)) if alphabet == "hex" else rng.randint(20, 40)
                value = "".join(rng.choices(ALPHABETS[alphabet], k=size))
                hits += bool(find_secrets(f"Guide.\n\n{form.format(name=name, value=value)}\n"))
                tried += 1
    return hits / tried


@pytest.mark.parametrize("alphabet", ALPHABETS)
@pytest.mark.parametrize("kind", NAMES)
def test_most_credentials_under_a_name_are_found(kind: str, alphabet: str) -> None:
    forms = FORMS
    if alphabet == "hex" and kind != "password":
        forms = tuple(form for form in FORMS if not any(word in form for word in SPOKEN))
    assert found(forms, NAMES[kind], alphabet, Random(f"{kind} {alphabet}")) >= 0.97


@pytest.mark.parametrize("form", FORMS)
def test_most_credentials_in_a_form_are_found(form: str) -> None:
    names = tuple(name for listed in NAMES.values() for name in listed)
    assert found((form,), names, "letters", Random(form)) >= 0.95


@pytest.mark.parametrize("word", sorted(words("names", "password") - TOO_SHORT))
@pytest.mark.parametrize("cased", [str.lower, str.capitalize, str.upper])
def test_a_password_is_found_under_its_word_in_every_language(
    word: str, cased: Callable[[str], str]
) -> None:
    value = "".join(Random(word).choices(LETTERS, k=14))
    assert find_secrets(f"Accès, доступ.\n\n- **{cased(word)}**: `{value}`\n")


@pytest.mark.parametrize(
    "label",
    [
        "Mot de passe",
        "Contraseña de la base",
        "Пароль администратора",
        "Senha do banco",
        "Mật khẩu",
    ],
)
def test_a_label_of_several_words_is_one_in_other_languages_too(label: str) -> None:
    value = "".join(Random(label).choices(LETTERS, k=14))
    assert find_secrets(f"Accès, доступ.\n\n{label} : {value}\n")


@pytest.mark.parametrize(
    "name",
    [
        "CONTEXT7_API_KEY",
        "FACEBOOK_PAGE_ACCESS_TOKEN",
        "NPM_REGISTRY_AUTH_TOKEN",
        "eventApiKey",
        "redis-server --requirepass",
        "redis-cli -a",
        "mysql -p",
    ],
)
def test_whose_key_it_is_does_not_hide_it(name: str) -> None:
    value = "".join(Random(name).choices(LETTERS, k=40))
    joint = "" if name.endswith("-p") else " " if "-" in name else "="
    assert find_secrets(f"{name}{joint}{value}\n")


@pytest.mark.parametrize(
    "setting",
    [
        'api_key: str = Field(default="{value}")',
        'api_key: str = Field(\n    default="{value}",\n)',
        'API_KEYS = ["{value}", "other"]',
    ],
)
def test_a_default_and_the_first_of_a_list_are_values(setting: str) -> None:
    value = "".join(Random(setting).choices(LETTERS, k=40))
    assert find_secrets(setting.replace("{value}", value))


@pytest.mark.parametrize(
    "text",
    [
        "Credential stuffing (T1110.004), password spraying (T1110.003), fatigue (T1621)",
        "- **Password grant**: OAuth2.0",
        "Password hashing: ES256K-R",
        "page_token={value}",
        "next_cursor_token: {value}",
    ],
)
def test_what_is_done_with_credentials_is_none(text: str) -> None:
    value = "".join(Random(text).choices(LETTERS, k=24))
    assert not find_secrets(f"Guide.\n\n{text.replace('{value}', value)}\n")
