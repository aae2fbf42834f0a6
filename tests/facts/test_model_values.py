"""The value of a model setting, where plain names count and pointing elsewhere is no model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentlint.facts.detectors.model_values import ModelForm, is_model_value, model_in_value


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("gpt-4o", ModelForm.ID),
        ("o1", ModelForm.ID),
        ("command-r", ModelForm.ID),
        ("llama3", ModelForm.ID),
        ("claude-opus-4-6[1m]", ModelForm.ID),
        ("us.anthropic.claude-opus-4-5-20251101-v1:0", ModelForm.ID),
        ("openai/gpt-5", ModelForm.PREFIXED),
        ("openrouter/openai/o3", ModelForm.PREFIXED),
        ("~anthropic/claude-opus-latest", ModelForm.PREFIXED),
        ("sonnet", ModelForm.FAMILY_ALIAS),
        ("opus[1m]", ModelForm.FAMILY_ALIAS),
        ("opusplan", ModelForm.FAMILY_ALIAS),
        ("GPT-4.1", ModelForm.DISPLAY_NAME),
        ("GPT-5 mini", ModelForm.DISPLAY_NAME),
        ("Claude Sonnet 4.5", ModelForm.DISPLAY_NAME),
        ("Claude Sonnet 4.5 (copilot)", ModelForm.DISPLAY_NAME),
        ("o3 (Preview)", ModelForm.DISPLAY_NAME),
        ("openai/*", ModelForm.WILDCARD),
        ("gpt-4*", ModelForm.WILDCARD),
        ("inherit", ModelForm.INHERIT),
        ("default", ModelForm.INHERIT),
        ("auto", ModelForm.AUTO),
        ("AUTODETECT", ModelForm.AUTO),
        ("review-fast", ModelForm.DEPLOYMENT),
        ("azure/my-deployment", ModelForm.DEPLOYMENT),
        ("gpt-4-style", ModelForm.DEPLOYMENT),
        ("<model>", ModelForm.PLACEHOLDER),
        ("gpt-route-placeholder", ModelForm.PLACEHOLDER),
        ("VERIFY_IN_GATEWAY_DOCS", ModelForm.PLACEHOLDER),
        ("${OPENAI_MODEL}", ModelForm.REFERENCE),
        ("os.environ/OPENAI_MODEL", ModelForm.REFERENCE),
        ("{{ model }}", ModelForm.REFERENCE),
    ],
)
def test_the_form_of_a_value(text: str, form: ModelForm) -> None:
    value = model_in_value(text)
    assert value is not None
    assert value.form is form
    assert is_model_value(text) == (
        form in (ModelForm.ID, ModelForm.PREFIXED, ModelForm.FAMILY_ALIAS, ModelForm.DISPLAY_NAME)
    )


@pytest.mark.parametrize(
    "text", ["", "   ", "the best model you have", "GPT-4.1 | 'gpt-5'", "x" * 300]
)
def test_running_text_is_no_value(text: str) -> None:
    assert model_in_value(text) is None
    assert not is_model_value(text)


def test_a_value_is_taken_apart() -> None:
    value = model_in_value(" openrouter/openai/gpt-5 ")
    assert value is not None
    assert (value.id, value.vendor, value.provider_prefix) == (
        "gpt-5",
        "openai",
        "openrouter/openai",
    )


@given(st.text(max_size=250))
def test_any_text_may_stand_there(text: str) -> None:
    value = model_in_value(text)
    assert value is None or value.id in text
