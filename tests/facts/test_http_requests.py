"""Requests over HTTP by which programs call a vendor themselves."""

from __future__ import annotations

import textwrap

import pytest

from agentlint.discovery import FileKind
from agentlint.facts.extract import extract
from agentlint.facts.route import FamilySource, Route
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
    assert (route.base_url_form, route.appended_path) == ("full_endpoint", None)
    assert (route.family, route.family_source) == (Family.CHAT_COMPLETIONS, FamilySource.PATH)


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
