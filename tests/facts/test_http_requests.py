"""Requests over HTTP by which programs call a vendor themselves."""

from __future__ import annotations

import textwrap

import pytest

from agentlint.discovery import FileKind
from agentlint.facts.files.extract import extract
from agentlint.facts.route import FamilySource, Route
from agentlint.facts.serving import provider_of
from agentlint.knowledge.families import Family
from agentlint.text import SourceFile

HEAD = "import json, os, aiohttp, httpx, requests\n"
URL = "https://api.openai.com/v1/chat/completions"


def routes(code: str) -> tuple[Route, ...]:
    return extract(SourceFile("app.py", HEAD + textwrap.dedent(code)), FileKind.CODE).of(Route)


@pytest.mark.parametrize(
    "code",
    [
        f"requests.post('{URL}', json={{'model': 'a'}}, headers=headers)",
        f"requests.post(url='{URL}', json=dict(model='a'))",
        f"requests.request('POST', '{URL}', json={{'model': 'a'}})",
        f"requests.post('{URL}', data=json.dumps({{'model': 'a'}}))",
        f"U = '{URL}'\nM = 'a'\ndef ask(c):\n    c.post(U, json={{'model': M}})",
        f"body = {{'model': 'a'}}\nbody['stream'] = True\nhttpx.stream('POST', '{URL}', json=body)",
        f"""
        class Client:
            URL = '{URL}'
            async def ask(self):
                async with self.session.post(self.URL, json={{'model': 'a'}}) as answer:
                    return await answer.json()
        """,
        f"def send(model):\n    httpx.post('{URL}', json={{'model': model}})\nsend('a')",
    ],
)
def test_a_request_to_an_endpoint_of_a_vendor_is_a_call(code: str) -> None:
    (route,) = routes(code)
    assert route.model.literal == "a"
    assert route.base_url.literal == URL
    assert (route.url_shape.form, route.url_shape.appended) == ("full_endpoint", None)
    assert (route.family, route.chosen_family.source) == (
        Family.CHAT_COMPLETIONS,
        FamilySource.PATH,
    )


@pytest.mark.parametrize(
    ("url", "provider"),
    [
        ("https://api.groq.com/openai/v1/chat/completions", "groq"),
        ("https://openrouter.ai/api/v1/chat/completions", "openrouter"),
        ("https://api.mistral.ai/v1/chat/completions", "mistral"),
    ],
)
def test_so_is_one_to_another_service(url: str, provider: str) -> None:
    (route,) = routes(f"requests.post('{url}', json={{'model': 'a'}})")
    assert provider_of(route) == provider


def test_a_deployment_of_a_cloud_is_no_service_that_names_models() -> None:
    url = "https://east.openai.azure.com/openai/v1/chat/completions"
    assert routes(f"requests.post('{url}', json={{'model': 'a'}})") == ()


@pytest.mark.parametrize(
    "code",
    [
        "requests.post('https://llm.internal.example/v1/chat/completions', json={'model': 'a'})",
        "requests.post('http://localhost:1234/v1/chat/completions', json={'model': 'a'})",
        "requests.post('https://api.openai.com/v1/files', json={'model': 'a'})",
        f"requests.post(os.getenv('U', '{URL}'), json={{'model': 'a'}})",
        f"def ask(url='{URL}'):\n    requests.post(url, json={{'model': 'a'}})",
        f"requests.get('{URL}', json={{'model': 'a'}})",
        f"requests.post('{URL}', json=payload)",
        f"requests.post('{URL}', json={{'input': 'a'}})",
        f"requests.post('{URL}', headers={{'model': 'a'}})",
        f"b = {{'model': 'a'}}\nb['model'] = newest()\nrequests.post('{URL}', json=b)",
    ],
)
def test_what_is_no_request_to_an_endpoint_of_a_vendor(code: str) -> None:
    assert routes(code) == ()
