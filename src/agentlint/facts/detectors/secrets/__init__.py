"""Literal secrets in text: by their shape, by what stands around them, by their name."""

from agentlint.facts.detectors.secrets.lists import texts_of_list
from agentlint.facts.detectors.secrets.match import SecretMatch, Tier
from agentlint.facts.detectors.secrets.names import credential_name, is_option_name
from agentlint.facts.detectors.secrets.placeholders import is_dummy, is_open, is_placeholder
from agentlint.facts.detectors.secrets.references import is_reference
from agentlint.facts.detectors.secrets.scan import (
    bare_value,
    find_secrets,
    find_token_shapes,
    is_published_default,
    judge_slot,
    judge_value,
    weak_default,
    weak_in_slot,
    worded_lock,
)
from agentlint.facts.detectors.secrets.tokens import public_keys
from agentlint.facts.detectors.secrets.urls import find_known_url_passwords
from agentlint.facts.detectors.secrets.web_tokens import expiry

__all__ = [
    "SecretMatch",
    "Tier",
    "bare_value",
    "credential_name",
    "expiry",
    "find_known_url_passwords",
    "find_secrets",
    "find_token_shapes",
    "is_dummy",
    "is_open",
    "is_option_name",
    "is_placeholder",
    "is_published_default",
    "is_reference",
    "judge_slot",
    "judge_value",
    "public_keys",
    "texts_of_list",
    "weak_default",
    "weak_in_slot",
    "worded_lock",
]
