"""Model calls in Python: which are found, where they go, and what the file cannot tell."""

from __future__ import annotations

import random
import textwrap

import pytest

from agentlint.discovery import FileKind
from agentlint.documents.code import TryPart
from agentlint.facts.call_site import CallSite
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.files.extract import extract
from agentlint.facts.route import FamilySource, Route, RouteKind, RouteScope
from agentlint.facts.secret import SecretCandidate
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.data import rows
from agentlint.knowledge.families import Family
from agentlint.knowledge.formats import find_format
from agentlint.knowledge.providers import provider_named
from agentlint.knowledge.python_calls import configuration
from agentlint.text import SourceFile

HEAD = "import os\nimport openai\nfrom openai import AsyncOpenAI, AzureOpenAI, OpenAI\n"
SECRET = random.Random(7).randbytes(16).hex()


def facts(code: str, path: str = "service/app.py") -> FileFacts:
    return extract(SourceFile(path, textwrap.dedent(code)), FileKind.CODE)


def route(code: str) -> Route:
    (only,) = facts(HEAD + textwrap.dedent(code)).of(Route)
    return only


def site(code: str) -> CallSite:
    (only,) = facts(HEAD + textwrap.dedent(code)).of(CallSite)
    return only


@pytest.mark.parametrize(
    ("code", "family", "model", "provider"),
    [
        ("OpenAI().chat.completions.create(model='a')", Family.CHAT_COMPLETIONS, "a", "openai"),
        ("openai.OpenAI().responses.parse(model='a')", Family.RESPONSES, "a", "openai"),
        ("openai.chat.completions.create(model='a')", Family.CHAT_COMPLETIONS, "a", "openai"),
        ("openai.ChatCompletion.create(model='a')", Family.CHAT_COMPLETIONS, "a", "openai"),
        ("AzureOpenAI().responses.create(model='a')", Family.RESPONSES, "a", "azure"),
        ("OpenAI().beta.chat.completions.parse(model='a')", Family.CHAT_COMPLETIONS, "a", "openai"),
        ("OpenAI().responses.with_raw_response.create(model='a')", Family.RESPONSES, "a", "openai"),
        (
            "OpenAI().with_options(timeout=3).responses.create(model='a')",
            Family.RESPONSES,
            "a",
            "openai",
        ),
        ("OpenAI().embeddings.create(model='a', input='')", Family.EMBEDDINGS, "a", "openai"),
        ("OpenAI().audio.speech.create(model='a')", Family.AUDIO_SPEECH, "a", "openai"),
        ("OpenAI().completions.create(model='a')", Family.COMPLETIONS, "a", "openai"),
        ("openai.Completion.create(model='a')", Family.COMPLETIONS, "a", "openai"),
        ("OpenAI().moderations.create(model='a')", Family.MODERATIONS, "a", "openai"),
        ("openai.Embedding.create(model='a')", Family.EMBEDDINGS, "a", "openai"),
        ("from langchain.llms import OpenAI as C; C(model_name='a')", Family.AUTO, "a", "openai"),
        ("from langchain_cohere import ChatCohere as C; C(model='a')", Family.AUTO, "a", "cohere"),
        (
            "from llama_index.embeddings.openai import OpenAIEmbedding as C; C(model='a')",
            Family.EMBEDDINGS,
            "a",
            "openai",
        ),
        (
            "from llama_index.llms.google_genai import GoogleGenAI as C; C('a', vertexai_config={'a': 1})",
            Family.GEMINI_GENERATE_CONTENT,
            "a",
            "vertex_ai",
        ),
        (
            "from llama_index.llms.mistralai import MistralAI as C; C('a', azure_endpoint='https://a.example')",
            Family.CHAT_COMPLETIONS,
            "a",
            "azure",
        ),
        (
            "import chromadb.utils.embedding_functions as e; e.OpenAIEmbeddingFunction(k, 'a')",
            Family.EMBEDDINGS,
            "a",
            "openai",
        ),
        (
            (
                "from chromadb.utils.embedding_functions import OpenAIEmbeddingFunction as C; "
                "C(k, 'a', api_type='x')"
            ),
            Family.EMBEDDINGS,
            "a",
            "azure",
        ),
        (
            (
                "import haystack_integrations.components as h; "
                "h.generators.anthropic.AnthropicChatGenerator(k, 'a')"
            ),
            Family.ANTHROPIC_MESSAGES,
            "a",
            "anthropic",
        ),
        ("import dspy; dspy.Google('a')", Family.GEMINI_GENERATE_CONTENT, "a", "gemini"),
        ("import ollama; ollama.chat(model='a')", Family.AUTO, "a", "ollama"),
        ("import ollama; ollama.embed('a', 'b')", Family.EMBEDDINGS, "a", "ollama"),
        ("from ollama import AsyncClient as C; C().generate('a', 'b')", Family.AUTO, "a", "ollama"),
        ("from langchain_ollama import ChatOllama as C; C(model='a')", Family.AUTO, "a", "ollama"),
        (
            "from vertexai.generative_models import GenerativeModel as C; C('a')",
            Family.GEMINI_GENERATE_CONTENT,
            "a",
            "vertex_ai",
        ),
        (
            "from vertexai.preview.language_models import TextEmbeddingModel as C; C.from_pretrained('a')",
            Family.EMBEDDINGS,
            "a",
            "vertex_ai",
        ),
        (
            "from langchain_google_vertexai import ChatVertexAI as C; C(model_name='a')",
            Family.AUTO,
            "a",
            "vertex_ai",
        ),
        (
            "from langchain_aws import ChatBedrock as C; C(model_id='a')",
            Family.AUTO,
            "a",
            "bedrock",
        ),
        (
            "from smolagents import HfApiModel as C; C('a')",
            Family.CHAT_COMPLETIONS,
            "a",
            "huggingface",
        ),
        ("from strands import Agent; Agent(model='a')", Family.AUTO, "a", "bedrock"),
        ("from autogen import LLMConfig; LLMConfig(model='a')", Family.AUTO, "a", "openai"),
        (
            "from autogen import AssistantAgent as C; C(llm_config={'model': 'a', 'api_type': 'azure'})",
            Family.AUTO,
            "a",
            "azure",
        ),
        (
            (
                "import autogen; c = [{'model': 'a', 'api_type': 'google', 'project_id': 'p'}]; "
                "autogen.ConversableAgent(name='n', llm_config={'config_list': c})"
            ),
            Family.AUTO,
            "a",
            "vertex_ai",
        ),
        (
            "import litellm; litellm.transcription('a', file)",
            Family.AUDIO_TRANSCRIPTIONS,
            "a",
            "",
        ),
        ("OpenAI().beta.assistants.create(model='a')", Family.AUTO, "a", "openai"),
        ("from agents import Agent; Agent(model='a')", Family.RESPONSES, "a", "openai"),
        ("from agents import Agent; Agent[Context](model='a')", Family.RESPONSES, "a", "openai"),
        (
            "from agents import Agent; Agent(model='litellm/gemini/a')",
            Family.AUTO,
            "litellm/gemini/a",
            "gemini",
        ),
        (
            "from mistralai import Mistral; Mistral().embeddings.create(model='a')",
            Family.EMBEDDINGS,
            "a",
            "mistral",
        ),
        (
            "from mistralai import Mistral; Mistral().chat.stream(model='a')",
            Family.CHAT_COMPLETIONS,
            "a",
            "mistral",
        ),
        ("import cohere; cohere.Client().chat(model='a')", Family.AUTO, "a", "cohere"),
        ("import cohere; cohere.ClientV2().v2.embed(model='a')", Family.EMBEDDINGS, "a", "cohere"),
        (
            "from strands.models import OpenAIModel; OpenAIModel(client_args={'api_key': k}, model_id='a')",
            Family.CHAT_COMPLETIONS,
            "a",
            "openai",
        ),
        (
            "import anthropic as a; a.Anthropic().messages.stream(model='m')",
            Family.ANTHROPIC_MESSAGES,
            "m",
            "anthropic",
        ),
        (
            "from anthropic import AnthropicBedrock; AnthropicBedrock().messages.create(model='m')",
            Family.ANTHROPIC_MESSAGES,
            "m",
            "bedrock",
        ),
        (
            "import instructor; instructor.from_openai(OpenAI()).chat.completions.create(model='a')",
            Family.CHAT_COMPLETIONS,
            "a",
            "openai",
        ),
        ("import litellm; litellm.completion(model='x/a')", Family.CHAT_COMPLETIONS, "x/a", ""),
        ("import litellm; litellm.completion('x/a', [])", Family.CHAT_COMPLETIONS, "x/a", ""),
        ("from litellm import responses; responses('hi', 'x/a')", Family.RESPONSES, "x/a", ""),
        ("import litellm; litellm.embedding('x/a', input=[])", Family.EMBEDDINGS, "x/a", ""),
        ("from litellm import aresponses as go; go(model='a')", Family.RESPONSES, "a", ""),
        ("from langchain_openai import ChatOpenAI as C; C(model='a')", Family.AUTO, "a", "openai"),
        (
            "from langchain_openai import ChatOpenAI; ChatOpenAI(model_name='a', use_responses_api=True)",
            Family.RESPONSES,
            "a",
            "openai",
        ),
        (
            "from langchain_anthropic import ChatAnthropic; ChatAnthropic(model='a')",
            Family.ANTHROPIC_MESSAGES,
            "a",
            "anthropic",
        ),
        (
            "from langchain_google_genai import ChatGoogleGenerativeAI as C; C(model='a', vertexai=False)",
            Family.GEMINI_GENERATE_CONTENT,
            "a",
            "gemini",
        ),
        (
            "from langchain_google_genai import ChatGoogleGenerativeAI as C; C(model='a', project='p')",
            Family.GEMINI_GENERATE_CONTENT,
            "a",
            "vertex_ai",
        ),
        (
            "from google import genai; genai.Client(api_key=k).models.generate_content(model='a')",
            Family.GEMINI_GENERATE_CONTENT,
            "a",
            "gemini",
        ),
        (
            "from google import genai; genai.Client().aio.models.generate_content_stream(model='a')",
            Family.GEMINI_GENERATE_CONTENT,
            "a",
            "",
        ),
        (
            "from google.genai import Client; Client(vertexai=True, api_key=k).chats.create(model='a')",
            Family.GEMINI_GENERATE_CONTENT,
            "a",
            "vertex_ai",
        ),
        (
            "import google.genai; google.genai.Client(project=p).models.count_tokens(model='a')",
            Family.GEMINI_GENERATE_CONTENT,
            "a",
            "vertex_ai",
        ),
        (
            "from google import genai; genai.Client(api_key=k).models.embed_content(model='a')",
            Family.EMBEDDINGS,
            "a",
            "gemini",
        ),
        (
            "from google import genai; genai.Client(api_key=k).models.generate_images(model='a')",
            Family.IMAGES,
            "a",
            "gemini",
        ),
        (
            "from google import genai; genai.Client(api_key=k).aio.live.connect(model='a')",
            Family.REALTIME,
            "a",
            "gemini",
        ),
        (
            "from google import genai; genai.Client(api_key=k).interactions.create(model='a')",
            Family.GEMINI_INTERACTIONS,
            "a",
            "gemini",
        ),
        (
            "import google.generativeai as genai; genai.GenerativeModel('a')",
            Family.GEMINI_GENERATE_CONTENT,
            "a",
            "gemini",
        ),
        (
            "import google.generativeai as genai; genai.embed_content(model='a', content='')",
            Family.EMBEDDINGS,
            "a",
            "gemini",
        ),
        (
            "from langchain.chat_models import init_chat_model as i; i('a', model_provider='groq')",
            Family.AUTO,
            "a",
            "groq",
        ),
        (
            "from pydantic_ai.models.openai import OpenAIResponsesModel; OpenAIResponsesModel('a')",
            Family.RESPONSES,
            "a",
            "openai",
        ),
        (
            "from pydantic_ai import Agent; Agent('openai-chat:a', tools=[f])",
            Family.CHAT_COMPLETIONS,
            "openai-chat:a",
            "",
        ),
        ("from pydantic_ai import Agent; Agent(model='openai:a')", Family.AUTO, "openai:a", ""),
        (
            "from agents import OpenAIChatCompletionsModel as M; M(model='a', openai_client=OpenAI())",
            Family.CHAT_COMPLETIONS,
            "a",
            "openai",
        ),
    ],
)
def test_calls_of_known_libraries(code: str, family: Family, model: str, provider: str) -> None:
    found = route(code)
    assert (found.family, found.model.raw, found.provider.raw) == (family, model, provider)
    assert (found.kind, found.scope) == (RouteKind.CALL, RouteScope.REPOSITORY)


@pytest.mark.parametrize(
    "code",
    [
        "db.messages.create_index('x', model='a')",
        "import ollama; ollama.pull(model='a')",
        "import cohere; cohere.BedrockClient().chat(model='a')",
        "def ask(bot): bot.chat.stream(model='a')",
        "self.completions.create(model='a')",
        "twilio.messages.create(body='hello', to='+1')",
        "from langchain.agents import create_agent; create_agent(model, tools=[])",
        "from google.adk.agents import Agent; Agent(name='x', model=LiteLlm(model='x'))",
        "class ChatOpenAI: pass\nChatOpenAI(model='gpt-5.4')",
        "def completion(model): pass\ncompletion(model='gpt-5.4')",
        "from crm.agents import Agent; Agent(model='gpt-5.4')",
        "from pydantic_ai import Agent; Agent(make_model(), name='x')",
        "'''client.chat.completions.create(model=\"gpt-5.4\")'''",
        "# client.chat.completions.create(model='gpt-5.4')",
        "mock.patch('openai.chat.completions.create')",
        "OpenAI(api_key='x')",
        "from google import genai; genai.Client(api_key='x')",
        "from google import genai; genai.Client().models.list()",
        "from google import genai; genai.Client().files.upload(file='x')",
        "import google.generativeai as genai; genai.GenerativeModel.from_cached_content(cache)",
        "class GenerativeModel: pass\nGenerativeModel('gemini-1.5-pro')",
        "db.chats.create(user='x')",
        "fake.models.generate_content = MagicMock(return_value=answer)",
        "fake.models.generate_content.assert_called_once()",
    ],
)
def test_what_only_looks_like_a_model_call(code: str) -> None:
    assert facts(HEAD + code).of(CallSite) == ()


@pytest.mark.parametrize(
    "code",
    [
        "client = OpenAI(base_url='https://g.example/v1')\nclient.responses.create(model='a')",
        """\
        def get():
            return OpenAI(base_url='https://g.example/v1')
        client = get()
        client.responses.create(model='a')
        """,
        """\
        _client = None
        async def get():
            global _client
            if not _client:
                _client = AsyncOpenAI(base_url='https://g.example/v1')
            return _client
        async def go():
            await (await get()).responses.create(model='a')
        """,
        """\
        class A:
            @property
            def client(self):
                if not key:
                    return None
                return self._make()
            def _make(self):
                return OpenAI(base_url='https://g.example/v1')
            def go(self):
                client = self.client
                return client.responses.create(model='a')
        """,
        """\
        client = OpenAI()
        client = OpenAI(base_url='https://g.example/v1')
        client.responses.create(model='a')
        """,
        """\
        def go():
            if local:
                try:
                    client = OpenAI(base_url='https://g.example/v1')
                    for question in questions:
                        client.responses.create(model='a')
                except OSError:
                    pass
            client = OpenAI()
        """,
        """\
        for url in urls:
            client = OpenAI(base_url='https://g.example/v1')
            client.responses.create(model='a')
            client = OpenAI()
        """,
        """\
        def go(client=None):
            client = OpenAI(base_url='https://g.example/v1')
            with client.responses.create(model='a') as client:
                pass
        """,
        """\
        def get():
            if slow:
                return OpenAI(base_url='https://g.example/v1', timeout=99)
            return OpenAI(base_url='https://g.example/v1')
        get().responses.create(model='a')
        """,
        """\
        class A:
            def __init__(self):
                self.client = OpenAI(base_url='https://g.example/v1')
            def go(self):
                return self.client.responses.create(model='a')
        """,
        """\
        class A:
            client = OpenAI(base_url='https://g.example/v1')
            def go(self):
                def inner():
                    return self.client.responses.create(model='a')
        """,
        """\
        _client = None
        def go():
            global _client
            _client = AsyncOpenAI(base_url='https://g.example/v1')
            return _client.responses.create(model='a')
        """,
        """\
        async def go():
            async with AsyncOpenAI(base_url='https://g.example/v1') as client:
                await client.responses.create(model='a')
        """,
        """\
        URL = 'https://g.example/v1'
        made = OpenAI(base_url=URL)
        client = made
        client.responses.create(model='a')
        """,
        "openai.base_url = 'https://g.example/v1'\nopenai.responses.create(model='a')",
        "import litellm\nlitellm.api_base = 'https://g.example/v1'\nlitellm.completion(model='a')",
        """\
        import litellm as llm
        from litellm import completion
        llm.api_base = 'https://g.example/v1'
        completion(model='a')
        """,
        """\
        import os
        os.environ['OPENAI_BASE_URL'] = 'https://g.example/v1'
        OpenAI().responses.create(model='a')
        """,
        """\
        from os import environ
        from litellm import completion
        environ['OPENAI_API_BASE'] = 'https://g.example/v1'
        completion(model='openai/gpt-5.4')
        """,
        """\
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.openai import OpenAIProvider
        provider = OpenAIProvider(openai_client=OpenAI(base_url='https://g.example/v1'))
        OpenAIChatModel('a', provider=provider)
        """,
        "import litellm\nlitellm.completion(model='a', api_base='https://g.example/v1')",
        """\
        from google import genai
        from google.genai import types
        client = genai.Client(http_options=types.HttpOptions(base_url='https://g.example/v1'))
        client.models.generate_content(model='a')
        """,
        """\
        from google import genai
        OPTIONS = {"timeout": 3, "base_url": "https://g.example/v1"}
        genai.Client(http_options=OPTIONS).models.generate_content(model="a")
        """,
        """\
        from google.genai import Client
        Client(http_options=dict(base_url='https://g.example/v1')).models.generate_content(model='a')
        """,
        """\
        import google.generativeai as genai
        def set_up():
            genai.configure(client_options={'api_endpoint': 'https://g.example/v1'})
        genai.GenerativeModel('a')
        """,
    ],
)
def test_the_base_url_of_a_client_is_joined_to_its_calls(code: str) -> None:
    found = route(code)
    assert found.base_url.literal == "https://g.example/v1"
    assert found.provider.raw == ""


@pytest.mark.parametrize(
    "code",
    [
        "def go(client): client.chat.completions.create(model='a')",
        "client = OpenAI()\ndef go(client): client.chat.completions.create(model='a')",
        "client = make()\nclient.chat.completions.create(model='a')",
        """\
        client = OpenAI()
        if local:
            client = OpenAI(base_url='u')
        client.chat.completions.create(model='a')
        """,
        """\
        client = OpenAI()
        for attempt in range(3):
            if attempt:
                client.chat.completions.create(model='a')
            client = OpenAI(base_url='u')
        """,
        """\
        client = OpenAI()
        try:
            client = OpenAI(base_url='u')
        finally:
            client.chat.completions.create(model='a')
        """,
        """\
        def use_local():
            global client
            client = OpenAI(base_url='u')
        client = OpenAI()
        use_local()
        client.chat.completions.create(model='a')
        """,
        """\
        client = OpenAI()
        def go():
            client.chat.completions.create(model='a')
        client = OpenAI(base_url='u')
        """,
        """\
        client = OpenAI()
        [client.name for client in clients]
        client.chat.completions.create(model='a')
        """,
        """\
        class A:
            def go(self, c=None):
                self.c = c or OpenAI()
                self.c.chat.completions.create(model='a')
        """,
        """\
        class A:
            def __init__(self): self.c = OpenAI()
        class B:
            def go(self): self.c.chat.completions.create(model='a')
        """,
        "for client in clients: client.chat.completions.create(model='a')",
        "from .clients import client\nclient.chat.completions.create(model='a')",
        "def a(): return b()\ndef b(): return a()\na().chat.completions.create(model='a')",
        """\
        def get():
            if local:
                return OpenAI(base_url='http://localhost:1234/v1')
            return OpenAI()
        get().chat.completions.create(model='a')
        """,
        """\
        def get():
            def inner():
                return OpenAI()
            return make(inner)
        get().chat.completions.create(model='a')
        """,
    ],
)
def test_a_client_made_where_nobody_can_read_it_may_go_anywhere(code: str) -> None:
    """No provider is claimed, and whoever answers may translate."""
    found = route(code)
    assert (found.provider.raw, found.base_url.kind) == ("", ValueKind.TEMPLATE)
    assert (Family.CHAT_COMPLETIONS, Family.RESPONSES) in found.bridges


@pytest.mark.parametrize(
    ("made", "provider"),
    [
        ("OpenAI()", ""),
        ("OpenAI(base_url='https://api.openai.com/v1')", ""),
        ("from anthropic import Anthropic\nAnthropic(base_url='https://g.example')", ""),
        ("OpenAI(base_url='https://g.example/v1')", "unknown"),
        ("OpenAI(base_url=settings.url)", "unknown"),
        ("OpenAI(**options)", "unknown"),
        ("AzureOpenAI()", "unknown"),
        ("from groq import Groq\nGroq()", "unknown"),
        ("os.environ['OPENAI_BASE_URL'] = url", "unknown"),
    ],
)
def test_a_client_made_elsewhere_may_be_any_that_the_program_makes(
    made: str, provider: str
) -> None:
    found = route(f"{made}\ndef go(client): client.chat.completions.create(model='gpt-5.4')")
    assert found.provider.raw == provider


@pytest.mark.parametrize(
    "client",
    [
        "OpenAI(base_url=os.environ['GATEWAY'])",
        "OpenAI(base_url=os.getenv('GATEWAY') or 'https://api.openai.com/v1')",
        "OpenAI(base_url=f'https://{host}/v1')",
        "OpenAI(base_url=settings.url)",
        "OpenAI(**options)",
    ],
)
def test_a_base_url_that_only_running_tells_is_nobodys(client: str) -> None:
    found = route(f"client = {client}\nclient.chat.completions.create(model='gpt-5.4')")
    assert provider_named(found.provider.raw) is None
    assert found.provider.literal
    assert found.base_url.given
    assert found.base_url.literal is None


@pytest.mark.parametrize(
    "options",
    [
        "types.HttpOptions(base_url=os.environ['GATEWAY'])",
        "types.HttpOptions(**settings)",
        "{'base_url': url}",
        "{**settings, 'timeout': 3}",
        "settings.options",
        "make_options(base_url='https://g.example')",
    ],
)
def test_options_that_only_running_tells_leave_the_base_url_to_nobody(options: str) -> None:
    found = route(
        "from google import genai\nfrom google.genai import types\n"
        f"client = genai.Client(api_key=key, http_options={options})\n"
        "client.models.generate_content(model='gemini-2.5-flash')"
    )
    assert found.base_url.given
    assert found.base_url.literal is None
    assert provider_named(found.provider.raw) is None


@pytest.mark.parametrize("options", ["None", "types.HttpOptions(timeout=3)", "{'timeout': 3}"])
def test_options_without_a_base_url_leave_the_call_with_its_provider(options: str) -> None:
    found = route(
        "from google import genai\nfrom google.genai import types\n"
        f"client = genai.Client(api_key=key, http_options={options})\n"
        "client.models.generate_content(model='gemini-2.5-flash')"
    )
    assert (found.base_url.given, found.provider.raw) == (False, "gemini")


@pytest.mark.parametrize(
    ("options", "form"),
    [
        ("{'base_url': 'https://g.example'}", "root"),
        ("{'base_url': 'https://g.example/v1', 'api_version': ''}", ""),
        ("types.HttpOptions(base_url='https://g.example', api_version='v1alpha')", ""),
    ],
)
def test_who_gives_the_version_of_the_api_chooses_the_form_of_the_base_url(
    options: str, form: str
) -> None:
    found = route(
        "from google import genai\nfrom google.genai import types\n"
        f"genai.Client(http_options={options}).models.generate_content(model='a')"
    )
    assert (found.base_url.raw[:17], found.url_shape.form) == ("https://g.example", form)


@pytest.mark.parametrize(
    ("second", "provider", "moved"),
    [
        ("genai.configure(api_key=other)", "gemini", False),
        ("genai.configure(client_options={'api_endpoint': host})", "", True),
    ],
)
def test_a_module_that_is_configured_twice(second: str, provider: str, moved: bool) -> None:
    found = route(
        "import google.generativeai as genai\n"
        f"genai.configure(api_key=key)\n{second}\ngenai.GenerativeModel('a')"
    )
    assert (found.provider.raw, found.base_url.given) == (provider, moved)


def test_a_model_that_is_left_to_the_library_is_the_library_s_own() -> None:
    made = "import google.generativeai as genai\ngenai.GenerativeModel"
    assert site(f"{made}(tools=[f])").default_model == "gemini-1.5-flash-002"
    assert site(f"{made}(**options)").default_model == ""


def test_a_cloud_is_known_whatever_its_endpoint() -> None:
    found = route("c = AzureOpenAI(azure_endpoint=os.environ['A'])\nc.responses.create(model='d')")
    assert (found.provider.raw, found.url_shape.form) == ("azure", "")


@pytest.mark.parametrize(
    ("argument", "kind", "literal", "default"),
    [
        ("'gpt-5.4'", ValueKind.LITERAL, "gpt-5.4", None),
        ("MODEL", ValueKind.LITERAL, "gpt-5.4-mini", None),
        ("os.getenv('M')", ValueKind.ENV_REF, None, None),
        ("os.getenv('M', 'gpt-5.4')", ValueKind.ENV_REF, None, "gpt-5.4"),
        ("os.environ.get('M', default='gpt-5.4')", ValueKind.ENV_REF, None, "gpt-5.4"),
        ("os.environ['M']", ValueKind.ENV_REF, None, None),
        ("os.getenv('M') or 'gpt-5.4'", ValueKind.ENV_REF, None, "gpt-5.4"),
        ("CONFIGURED", ValueKind.ENV_REF, None, "gpt-5.4-nano"),
        ("given or 'gpt-5.4'", ValueKind.TEMPLATE, None, "gpt-5.4"),
        ("settings.model", ValueKind.TEMPLATE, None, None),
        ("TWICE", ValueKind.TEMPLATE, None, None),
        ("'gpt-' + size", ValueKind.TEMPLATE, None, None),
        ("pick()", ValueKind.TEMPLATE, None, None),
        ("None", ValueKind.ABSENT, None, None),
        ("openai.NOT_GIVEN", ValueKind.ABSENT, None, None),
    ],
)
def test_models_by_literal_constant_and_environment(
    argument: str, kind: ValueKind, literal: str | None, default: str | None
) -> None:
    text = (
        f"{HEAD}MODEL = 'gpt-5.4-mini'\nCONFIGURED = os.getenv('M', 'gpt-5.4-nano')\n"
        f"TWICE = 'a'\nif x:\n    TWICE = 'b'\nOpenAI().responses.create(model={argument})\n"
    )
    (found,) = facts(text).of(CallSite)
    assert (found.model.kind, found.model.literal, found.model.default) == (kind, literal, default)
    if found.model.span and found.model.kind is not ValueKind.LITERAL:
        assert found.model.span.cut(text) == argument
    if argument == "MODEL":
        assert found.model.span
        assert found.model_origin
        assert (found.model.span.cut(text), found.model_origin.cut(text)) == (
            "MODEL",
            "gpt-5.4-mini",
        )


def test_places_are_exact_beside_wide_characters() -> None:
    text = f"{HEAD}客户 = OpenAI(); 客户.responses.create(input='🦊', model='gpt-5.4')\n"
    (found,) = facts(text).of(CallSite)
    assert found.model.span
    assert found.model.span.cut(text) == "gpt-5.4"
    assert found.function.span.cut(text) == found.function.value == "客户.responses.create"
    assert found.span.cut(text).startswith("客户.responses.create(input='🦊'")


@pytest.mark.parametrize(
    ("argument", "kind"),
    [
        ("tools=[{'type': 'function'}]", ValueKind.LITERAL),
        ("tools=TOOLS", ValueKind.LITERAL),
        ("tools=[]", ValueKind.ABSENT),
        ("tools=None", ValueKind.ABSENT),
        ("tools=given", ValueKind.TEMPLATE),
        ("functions=[f]", ValueKind.LITERAL),
    ],
)
def test_tools_that_a_call_carries(argument: str, kind: ValueKind) -> None:
    found = site(f"TOOLS = [1]\nOpenAI().chat.completions.create(model='a', {argument})")
    assert found.tools.kind is kind


def test_a_fallback_in_a_handler_shares_the_statement_of_what_failed() -> None:
    first, second = facts(
        HEAD
        + textwrap.dedent("""\
        client = OpenAI()
        try:
            client.responses.create(model="a")
        except Exception:
            client.chat.completions.create(model="a")
        """)
    ).of(CallSite)
    assert (first.family, second.family) == (Family.RESPONSES, Family.CHAT_COMPLETIONS)
    assert [first.tries[0].part, second.tries[0].part] == [TryPart.BODY, TryPart.HANDLER]
    assert first.tries[0].statement == second.tries[0].statement
    assert second.tries[0].catches == ("Exception",)


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("service/app.py", RouteScope.REPOSITORY),
        ("tests/app.py", RouteScope.TEST),
        ("service/test_app.py", RouteScope.TEST),
        ("service/app_test.py", RouteScope.TEST),
        ("conftest.py", RouteScope.TEST),
        ("examples/app.py", RouteScope.EXAMPLE),
        ("cookbook/agents/app.py", RouteScope.EXAMPLE),
        ("latest/contest.py", RouteScope.REPOSITORY),
    ],
)
def test_test_code_is_told_apart(path: str, scope: RouteScope) -> None:
    found = facts(f"{HEAD}OpenAI().responses.create(model='a')", path)
    (call,), (its_route,) = found.of(CallSite), found.of(Route)
    assert (call.scope, its_route.scope) == (scope, scope)
    assert call.in_test == (scope is RouteScope.TEST)


@pytest.mark.parametrize(
    "code",
    [
        f"OpenAI(base_url='https://g.example', api_key='{SECRET}')",
        f"KEY = '{SECRET}'\nOpenAI(api_key=KEY)",
        f"OpenAI(api_key=os.getenv('K', '{SECRET}'))",
        f"OpenAI(api_key=os.getenv('K') or '{SECRET}')",
        f"from litellm import completion\ncompletion(model='a', api_key='{SECRET}')",
        f"from google import genai\ngenai.Client(api_key='{SECRET}')",
        f"import google.generativeai as genai\ngenai.configure(api_key='{SECRET}')",
    ],
)
def test_literal_credentials_of_clients_and_calls_are_found(code: str) -> None:
    text = HEAD + code
    found = facts(text).of(SecretCandidate)
    assert [secret.span.cut(text) for secret in found] == [SECRET]
    assert facts(text, "tests/test_app.py").of(SecretCandidate) == ()


@pytest.mark.parametrize("value", ["EMPTY", "not-needed", "dummy", "lm-studio", "sk-...", "test"])
def test_what_local_servers_are_given_is_no_credential(value: str) -> None:
    code = f"OpenAI(base_url='http://localhost:8000/v1', api_key='{value}')"
    assert facts(HEAD + code).of(SecretCandidate) == ()


def test_no_fact_holds_a_credential() -> None:
    code = f"{HEAD}c = OpenAI(api_key='{SECRET}')\nc.responses.create(model='a')"
    assert SECRET not in repr(facts(code).facts)


def test_a_declared_family_says_where() -> None:
    text = "from langchain_openai import ChatOpenAI\nChatOpenAI(model='a', use_responses_api=False)"
    (found,) = facts(text).of(Route)
    assert (found.family, found.chosen_family.source) == (
        Family.CHAT_COMPLETIONS,
        FamilySource.DECLARED,
    )
    assert found.family_value.span
    assert found.family_value.span.cut(text) == "False"


def test_every_row_of_the_table_names_a_known_format_and_provider() -> None:
    for kind in ("client", "configuration", "method", "function", "model_class"):
        for row in rows("python_calls", kind):
            assert find_format(row["format"]), row
            assert not row.get("provider") or provider_named(row["provider"]), row
            assert all(map(provider_named, row.get("chosen_by", {}).values())), row


def test_whatever_is_configured_is_configured_by_a_function_of_the_table() -> None:
    named = {
        row["configured_by"]
        for kind in ("function", "model_class")
        for row in rows("python_calls", kind)
    }
    assert all(map(configuration, named - {""}))
    assert named - {""}


@pytest.mark.parametrize(
    "code",
    [
        "def ask(model='a'):\n    OpenAI().responses.create(model=model)",
        "def ask(*, model=None):\n    model = model or 'a'\n    OpenAI().responses.create(model=model)",
        (
            "def ask(model=None):\n    if not model:\n        model = 'a'\n"
            "    OpenAI().responses.create(model=model)"
        ),
        "OpenAI().responses.create(model=os.getenv('X') or os.environ.get('Y', 'a'))",
        (
            "FIRST = 'a'\nclass Asker:\n    def __init__(self, name=FIRST):\n        self.name = name\n"
            "    def ask(self):\n        OpenAI().responses.create(model=self.name)"
        ),
        "def ask(settings):\n    OpenAI().responses.create(model=settings.model or 'a')",
        "def ask(config):\n    OpenAI().responses.create(model=config.get('model', 'a'))",
        "def ask(config):\n    m = config['x'].get('m', 'a')\n    OpenAI().responses.create(model=m)",
        (
            "FIRST = 'a'\nclass Asker:\n    def __init__(self, config):\n"
            "        self.name = config.get('model', FIRST)\n"
            "    def ask(self):\n        OpenAI().responses.create(model=self.name)"
        ),
        "given = load()\nOpenAI().responses.create(model=given.llm().get('m') or 'a')",
        "from config import config\nOpenAI().responses.create(model=config.get('m', 'a'))",
        "CONFIG = load()\nOpenAI().responses.create(model=CONFIG.get('m', 'a'))",
        "given = {}\nOpenAI().responses.create(model=given.get('m', 'a'))",
        "def ask(cfg):\n    OpenAI().responses.create(model=getattr(cfg, 'model', 'a'))",
        "def ask(cfg):\n    m = getattr(cfg.llm, 'm', None) or 'a'\n    OpenAI().responses.create(model=m)",
        (
            "FIRST = 'a'\nclass Asker:\n    def ask(self):\n        m = getattr(self._cfg, 'm', FIRST)\n"
            "        OpenAI().responses.create(model=m)"
        ),
        "def ask(c):\n    m = c['m'] if 'm' in c else 'a'\n    OpenAI().responses.create(model=m)",
        "def ask(m=None):\n    OpenAI().responses.create(model='a' if m is None else m)",
        "def ask(x, m):\n    OpenAI().responses.create(model=m if x else (m if y else 'a'))",
        "OpenAI().responses.create(model=os.environ['M'] if 'M' in os.environ else 'a')",
    ],
)
def test_a_call_falls_back_on_the_default_of_its_model(code: str) -> None:
    found = route(code)
    text = HEAD + code
    assert found.model.literal is None
    assert found.model_default.literal == "a"
    assert found.model_default.span.cut(text) == "a"


@pytest.mark.parametrize(
    "code",
    [
        "def ask(model):\n    OpenAI().responses.create(model=model)",
        "def ask(model=None):\n    OpenAI().responses.create(model=model)",
        "def ask(model='a'):\n    model = newest(model)\n    OpenAI().responses.create(model=model)",
        (
            "def ask(models):\n    model = 'a'\n    for model in models:\n"
            "        OpenAI().responses.create(model=model)"
        ),
        "def ask(model=1):\n    OpenAI().responses.create(model=model)",
        "def ask(a=b, b=a):\n    a = b\n    b = a\n    OpenAI().responses.create(model=a)",
        "OpenAI().responses.create(model='a')",
        "def ask(config):\n    OpenAI().responses.create(model=config.get('model'))",
        "def ask(config):\n    OpenAI().responses.create(model=config.get(key, 'a'))",
        "def ask(config):\n    OpenAI().responses.create(model=config.get('model', 1))",
        "def ask(config):\n    OpenAI().responses.create(model=config.get('model', 'a', *more))",
        "def ask(config):\n    OpenAI().responses.create(model=config.pick('model', 'a'))",
        "def ask(x):\n    OpenAI().responses.create(model=get('model', 'a'))",
        "M = {'fast': 'b'}\nOpenAI().responses.create(model=M.get('fast', 'a'))",
        "M = {'fast': 'b', **others}\nOpenAI().responses.create(model=M.get('fast', 'a'))",
        "M = dict(fast='b')\nOpenAI().responses.create(model=M.copy().get('fast', 'a'))",
        "M = base | others\nOpenAI().responses.create(model=M.get('fast', 'a'))",
        "from models import M\nOpenAI().responses.create(model=M.get('fast', 'a'))",
        "import models\nOpenAI().responses.create(model=models.M.get('fast', 'a'))",
        "M = vars(args)\nOpenAI().responses.create(model=M.get('fast', 'a'))",
        "def ask(cfg):\n    OpenAI().responses.create(model=getattr(cfg, 'model'))",
        "def ask(cfg):\n    OpenAI().responses.create(model=getattr(cfg, key, 'a'))",
        "def ask(cfg):\n    OpenAI().responses.create(model=getattr(*cfg, 'model', 'a'))",
        "def ask(cfg):\n    OpenAI().responses.create(model=cfg.getattr('model', 'm', 'a'))",
        # Who has the attribute never comes to the default.
        "cfg.m = pick()\nOpenAI().responses.create(model=getattr(cfg, 'm', 'a'))",
        "cfg.m = None\nOpenAI().responses.create(model=getattr(cfg, 'm', 'a'))",
        "class C:\n    m = 'b'\ndef ask(c):\n    OpenAI().responses.create(model=getattr(c, 'm', 'a'))",
        (
            "parser.add_argument('--m', default='b')\nargs = parser.parse_args()\n"
            "OpenAI().responses.create(model=getattr(args, 'm', 'a'))"
        ),
        "def ask(c):\n    OpenAI().responses.create(model=c['m'] if 'm' in c else None)",
        "def ask(m='a'):\n    OpenAI().responses.create(model=m if 'b' in m else c)",
        "a = b if x else c\nb = c if x else a\nc = a if x else b\nOpenAI().responses.create(model=a)",
    ],
)
def test_no_default_is_told_where_another_model_is_called(code: str) -> None:
    found = route(code)
    assert not found.model_default.given
    assert found.model.default is None


def test_a_condition_between_two_models_leads_two_ways() -> None:
    text = "def ask(deep):\n    OpenAI().responses.create(model='a' if deep else B)\nB = 'b'\n"
    found = facts(HEAD + text)
    assert [r.model_default.literal for r in found.of(Route)] == ["a", "b"]
    assert {r.model.literal for r in found.of(Route)} == {None}
    assert len(list(found.of(CallSite))) == 1


def test_a_model_moves_a_client_from_elsewhere_whichever_branch_names_it() -> None:
    """The program makes a client that calls another host than the vendor of one of them."""
    text = "from anthropic import Anthropic\nAnthropic()\nOpenAI(base_url='https://g.example')\n"
    call = "def ask(client):\n    client.chat.completions.create(model='gpt-4' if x else 'm')\n"
    assert {r.provider.raw for r in facts(HEAD + text + call).of(Route)} == {"unknown"}


@pytest.mark.parametrize(
    ("code", "provider"),
    [
        ("from langchain.agents import create_agent\ncreate_agent('a', tools=[])", None),
        ("from langgraph.prebuilt import create_react_agent as c\nc(model='a', tools=[])", None),
        ("from llama_index.llms.openai import OpenAI as L\nL(model='a')", "openai"),
        ("from llama_index.llms.anthropic import Anthropic\nAnthropic('a')", "anthropic"),
        (
            (
                "from haystack.components.generators.chat import OpenAIChatGenerator\n"
                "OpenAIChatGenerator(key, 'a')"
            ),
            "openai",
        ),
        (
            (
                "from autogen_ext.models.openai import OpenAIChatCompletionClient\n"
                "OpenAIChatCompletionClient(model='a')"
            ),
            "openai",
        ),
        ("from smolagents import OpenAIModel\nOpenAIModel(model_id='a')", "openai"),
        ("from langchain_groq import ChatGroq\nChatGroq(model_name='a')", "groq"),
        ("from langchain_mistralai import ChatMistralAI\nChatMistralAI(model='a')", "mistral"),
        ("from langchain_deepseek import ChatDeepSeek\nChatDeepSeek(model='a')", "deepseek"),
        ("from langchain_xai import ChatXAI\nChatXAI(model='a')", "xai"),
        ("from langchain_litellm import ChatLiteLLM\nChatLiteLLM(model='a')", None),
        ("from smolagents import LiteLLMModel\nLiteLLMModel('a')", None),
        ("from browser_use import ChatOpenAI\nChatOpenAI('a')", "openai"),
        ("from browser_use.llm import ChatAnthropic\nChatAnthropic(model='a')", "anthropic"),
        ("from browser_use.llm.google.chat import ChatGoogle\nChatGoogle(model='a')", None),
        ("from browser_use import ChatGoogle\nChatGoogle('a', vertexai=True)", "vertex_ai"),
        ("from browser_use import ChatGoogle\nChatGoogle('a', http_options=x)", "unknown"),
        ("from browser_use import ChatGroq\nChatGroq('a')", "groq"),
        ("from browser_use import ChatLiteLLM\nChatLiteLLM('a')", None),
        ("from agno.models.openai import OpenAIChat\nOpenAIChat(id='a')", "openai"),
        ("from agno.models.anthropic import Claude\nClaude(id='a')", "anthropic"),
        ("import dspy\ndspy.LM('a')", None),
        ("from crewai import LLM\nLLM(model='a')", None),
        ("from crewai import LLM\nLLM(model='a', provider='azure')", "azure"),
        ("from crewai import LLM\nLLM(model='a', provider=given)", "unknown"),
        ("import litellm\nlitellm.completion('a', custom_llm_provider='groq')", "groq"),
        ("import litellm\nlitellm.completion('a', custom_llm_provider=None)", None),
        ("import litellm\nx['api_base'] = y\nlitellm.completion('a', **x)", "unknown"),
        ("from google.adk.agents import LlmAgent\nLlmAgent(name='x', model='a')", None),
        ("from google.adk.models.lite_llm import LiteLlm\nLiteLlm(model='a')", None),
        ("OpenAI().images.generate(model='a', prompt='x')", "openai"),
    ],
)
def test_frameworks_make_calls_for_the_model_that_they_are_given(
    code: str, provider: str | None
) -> None:
    found = route(code)
    assert (found.model.literal, found.provider.literal) == ("a", provider)


@pytest.mark.parametrize(
    "made",
    [
        "class A:\n    url = 'http://a:1/v1'\n    model = 'a'\n",
        "class B:\n    url = 'http://a:1/v1'\n    model = 'a'\nA = B()\n",
        "class A(Base):\n    url = 'http://a:1/v1'\n    model = 'a'\n",
        "def f():\n    A = 1\nclass A:\n    url = 'http://a:1/v1'\n    model = 'a'\n",
    ],
)
def test_an_attribute_of_a_class_stands_for_what_the_class_binds_it_to(made: str) -> None:
    found = route(f"{made}OpenAI(base_url=A.url).responses.create(model=A.model)")
    assert (found.model.literal, found.base_url.literal) == ("a", "http://a:1/v1")
    assert found.model_origin


@pytest.mark.parametrize(
    "made",
    [
        "class A:\n    model = 'a'\nA.model = 'b'\n",
        "class A:\n    model = 'a'\n    model = 'b'\n",
        "class B:\n    model = 'a'\nclass A(B):\n    pass\n",
        "class A:\n    model = 'a'\n    def set(cls, b):\n        cls.model = b\n",
        "class A:\n    model = 'a'\nsetattr(A, name, 'b')\n",
        "class A:\n    def model(self):\n        return 'a'\n",
        "class B(Base):\n    model: str = 'a'\nA = B(model=b)\n",
        "class B(Base):\n    model: str = 'a'\nA = B(**given)\n",
        "class B(Base):\n    model: str = 'a'\nA = B('b')\n",
        "class B:\n    model = 'a'\nfor A in B(), C():\n    pass\n",
        "class A:\n    model = 'a'\nA = other\n",
        "A = A.model\n",
        "A = B.A\nB = A.B\n",
    ],
)
def test_an_attribute_that_may_be_another_stands_for_nothing(made: str) -> None:
    found = route(f"{made}OpenAI().responses.create(model=A.model)")
    assert not found.model.literal
    assert not found.model_default.given


@pytest.mark.parametrize(
    "made",
    [
        "class B(Base):\n    model: str = 'a'\nA = B()\n",
        "@dataclass\nclass B:\n    model: str = 'a'\nA = B()\n",
        "from pydantic import Field\nclass B(Base):\n    model: str = Field('a')\nA = B()\n",
        "from pydantic import Field\nclass B(Base):\n    model: str = Field(default='a')\nA = B()\n",
        "class A:\n    model = os.getenv('M') or 'a'\n",
    ],
)
def test_a_field_of_a_class_is_a_default(made: str) -> None:
    found = route(f"{made}OpenAI().responses.create(model=A.model)")
    assert not found.model.literal
    assert "a" in (found.model.default, found.model_default.literal)


def test_a_field_is_a_default_by_the_object_at_hand() -> None:
    body = "    model: str = 'a'\n    def ask(self):\n        OpenAI().responses.create(model=self.model)"
    assert route(f"class A:\n{body}").model.literal == "a"
    assert route(f"class A(Base):\n{body}").model_default.literal == "a"


@pytest.mark.parametrize(
    "code",
    [
        "given = {'model': 'gpt-5.4'}\nOpenAI().responses.create(**given)",
        "given = dict(model='gpt-5.4')\nOpenAI().responses.create(input='', **given)",
        "OpenAI().responses.create(**{'model': 'gpt-5.4'})",
        """\
        def ask(tools):
            given = {'model': 'gpt-5.4', 'input': ''}
            if tools:
                given['tools'] = tools
            given.update(temperature=0)
            return OpenAI().responses.create(**given)
        """,
        "given = {'model': a}\ngiven = {'model': 'gpt-5.4'}\nOpenAI().responses.create(**given)",
        "MODELS = {'fast': a, 'deep': 'gpt-5.4'}\nOpenAI().responses.create(model=MODELS['deep'])",
        """\
        MODELS = dict(deep='gpt-5.4')
        class A:
            def ask(self):
                OpenAI().responses.create(model=MODELS['deep'])
        """,
        "import asyncio\nasyncio.to_thread(OpenAI().responses.create, model='gpt-5.4')",
        "from asyncio import to_thread\nto_thread(OpenAI().responses.create, model='gpt-5.4')",
        """\
        import functools
        loop.run_in_executor(None, functools.partial(OpenAI().responses.create, model='gpt-5.4'))
        """,
        "from functools import partial as p\np(OpenAI().responses.create, **{'model': 'gpt-5.4'})",
        "pool.submit(OpenAI().responses.create, model='gpt-5.4')",
    ],
)
def test_a_call_that_is_not_written_out_is_one_all_the_same(code: str) -> None:
    found = route(code)
    assert (found.model.literal, found.provider.literal) == ("gpt-5.4", "openai")


@pytest.mark.parametrize(
    "call", ["loop.run_in_executor(None, completion, 'a', [])", "p(completion, 'a')"]
)
def test_a_function_that_is_passed_on_takes_the_arguments_behind_it(call: str) -> None:
    found = route(f"from functools import partial as p\nfrom litellm import completion\n{call}")
    assert found.model.literal == "a"


@pytest.mark.parametrize(
    "code",
    [
        "def ask(**given): OpenAI().responses.create(**given)",
        "given = {'model': 'a'}\ngiven['model'] = b\nOpenAI().responses.create(**given)",
        "given = {'model': 'a'}\ngiven[key] = b\nOpenAI().responses.create(**given)",
        "given = {'model': 'a'}\ngiven.update(model=b)\nOpenAI().responses.create(**given)",
        "given = {'model': 'a'}\ngiven.update(others)\nOpenAI().responses.create(**given)",
        "given = {'model': 'a'}\ngiven.update({'model': b})\nOpenAI().responses.create(**given)",
        "given = {'model': 'a'}\ngiven |= others\nOpenAI().responses.create(**given)",
        "given = {'model': 'a'}\ngiven.pop('model')\nOpenAI().responses.create(**given)",
        "given = {'model': 'a'}\ndel given['model']\nOpenAI().responses.create(**given)",
        "given = {'model': 'a'}\nprepare(given)\nOpenAI().responses.create(**given)",
        "given = {'model': 'a', **others}\nOpenAI().responses.create(**given)",
        "given = {'model': 'a'}\nif b: given = {}\nOpenAI().responses.create(**given)",
        "given = {'model': 'a'}\ndef ask(): OpenAI().responses.create(**given)",
        "MODELS = {'a': 'a'}\nMODELS['a'] = b\nOpenAI().responses.create(model=MODELS['a'])",
        "MODELS = {'a': 'a'}\nOpenAI().responses.create(model=MODELS[key])",
        "MODELS = {'a': 'a'}\nOpenAI().responses.create(model=MODELS['b'])",
        "A = {'x': B['x']}\nB = {'x': A['x']}\nOpenAI().responses.create(model=A['x'])",
        "import functools\nfunctools.partial(OpenAI().responses.create, input='')",
        "import asyncio\nasyncio.run(OpenAI().responses.create)\nOpenAI().responses.create()",
    ],
)
def test_a_model_that_the_program_may_set_elsewhere_is_nobodys(code: str) -> None:
    assert route(code).model.literal is None


def test_a_framework_that_is_given_a_base_url_calls_there() -> None:
    base_url = "https://gateway.example/v1"
    found = route(f"import dspy\ndspy.LM('openai/a', api_base='{base_url}')")
    assert found.base_url.literal == base_url
    found = route(
        "from llama_index.llms.openai import OpenAI as L\nL(model='a', api_base=os.environ['X'])"
    )
    assert found.provider.literal == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos.environ['ANTHROPIC_BASE_URL'] = 'https://g.example'\n",
        "import litellm\nlitellm.api_base = 'https://g.example'\n",
        "settings.base_url = 'https://g.example'\n",
        "variables = {}\nvariables['OPENAI_BASE_URL'] = 'https://g.example'\n",
        "class A:\n    def __init__(self):\n        self.base_url = 'https://g.example'\n",
    ],
)
def test_what_is_set_for_others_moves_no_call(text: str) -> None:
    found = route(text + "client = OpenAI()\nclient.responses.create(model='a')")
    assert (found.base_url.given, found.provider.literal) == (False, "openai")


def test_a_host_that_is_set_twice_is_nobodys() -> None:
    sets = "".join(f"os.environ['OPENAI_BASE_URL'] = 'https://{n}.example'\n" for n in "ab")
    found = route(f"import os\n{sets}OpenAI().responses.create(model='a')")
    assert found.provider.literal == "unknown"


@pytest.mark.parametrize(
    "code",
    [
        "p = {'model': 'a'}\nChatOpenAI(**p)",
        "p = dict(model='a', timeout=3)\nChatOpenAI(**p)",
        "ChatOpenAI(**{'model': 'a'}, **dict(timeout=3))",
        """\
        def make(limit):
            p = {'model': 'a'}
            if limit:
                p['max_tokens'] = limit
                p.update(temperature=0)
            print(p['model'], p.get('timeout'))
            return ChatOpenAI(**p)
        """,
        "p = {'timeout': 3}\nOpenAI(**p).responses.create(model='a')",
        "class A:\n    p = {'timeout': 3}\n    OpenAI(**p).responses.create(model='a')",
    ],
)
def test_a_client_whose_arguments_are_all_known_calls_its_vendor(code: str) -> None:
    found = route(f"from langchain_openai import ChatOpenAI\n{textwrap.dedent(code)}")
    assert (found.model.literal, found.provider.literal) == ("a", "openai")
    assert not found.base_url.given


@pytest.mark.parametrize(
    "change",
    [
        "if url: p['base_url'] = url",
        "p[key] = url",
        "p.update(others)",
        "p.update(base_url=url)",
        "p.setdefault('base_url', url)",
        "p |= others",
        "p = p | others",
        "p = {**p, **others}",
        "if x: p = {'base_url': url}",
        "fill(p)",
        "other = fill(p)",
        "other = p",
        "self.p = p",
        "for one in [p, other]: one['base_url'] = url",
        "def later(): p['base_url'] = url",
        "set_url = p.update",
        "dict.update(p, base_url=url)",
        "\n".join(f"p['a{i}'] = 1" for i in range(40)),
    ],
)
@pytest.mark.parametrize(
    "call", ["ChatOpenAI(model='a', **p)", "OpenAI(**p).responses.create(model='a')"]
)
def test_a_client_whose_arguments_may_be_changed_may_go_anywhere(call: str, change: str) -> None:
    head = "from langchain_openai import ChatOpenAI\np = {'timeout': 3}\n"
    found = route(f"{head}{change}\n{call}")
    assert (found.model.literal, found.provider.literal) == ("a", "unknown")
    assert (found.base_url.given, found.base_url.literal) == (True, None)


@pytest.mark.parametrize(
    "call",
    [
        "ChatOpenAI(model='a', *p)",
        "ChatOpenAI(model='a', **given)",
        "ChatOpenAI(model='a', **{'timeout': 3}, **given)",
        "ChatOpenAI(model='a', **{'timeout': 3, **given})",
        "ChatOpenAI(model='a', **dict(given))",
        "ChatOpenAI(model='a', **dict(timeout=3, **given))",
        "ChatOpenAI(model='a', **{key: 3})",
        "ChatOpenAI(model='a', **self.p)",
    ],
)
def test_a_client_of_which_not_all_arguments_are_known_may_go_anywhere(call: str) -> None:
    found = route(f"from langchain_openai import ChatOpenAI\nself.p = {{'timeout': 3}}\n{call}")
    assert found.provider.literal == "unknown"


def test_a_base_url_in_a_dictionary_is_the_client_s() -> None:
    url = "https://gateway.example/v1"
    found = route(f"p = {{'base_url': '{url}'}}\nOpenAI(**p).responses.create(model='a')")
    assert found.base_url.literal == url


def test_a_host_that_is_set_in_a_dictionary_later_moves_a_function() -> None:
    found = route(
        "import litellm\np = {'model': 'gpt-5.4'}\nif x:\n    p['api_base'] = y\nlitellm.completion(**p)"
    )
    assert found.provider.literal == "unknown"


def test_settings_that_several_agents_share_are_one_call() -> None:
    found = facts(
        """
        import os
        from autogen import AssistantAgent, GroupChatManager
        config_list = [{"model": "a", "api_key": os.environ["KEY"]}, {"model": "b", "base_url": URL}]
        llm_config = {"config_list": config_list, "timeout": 9}
        one = AssistantAgent("one", llm_config=llm_config)
        two = AssistantAgent("two", llm_config=llm_config)
        three = GroupChatManager(groupchat=None, llm_config={"config_list": config_list})
        """
    )
    assert [(route.model.literal, route.base_url.given) for route in found.of(Route)] == [
        ("a", False),
        ("b", True),
    ]


@pytest.mark.parametrize(
    "code",
    [
        "from own import AssistantAgent as C; C('n', llm_config={'model': 'a'})",
        "from autogen import AssistantAgent as C; C('n', llm_config=False)",
        "from autogen import AssistantAgent as C; C('n', llm_config=settings)",
        "from autogen import AssistantAgent as C; C('n', {'model': 'a'})",
        "from autogen import AssistantAgent as C; C(llm_config={'model': 'a', 'config_list': load()})",
        "from autogen import LLMConfig as C; C(temperature=0)",
        "from ollama import Client; other().chat(model)",
    ],
)
def test_what_holds_no_settings_is_no_call(code: str) -> None:
    assert not facts(code).of(Route)


def test_a_credential_in_settings_that_an_agent_is_given_is_one() -> None:
    code = f"""
    from autogen import AssistantAgent
    AssistantAgent("n", llm_config={{"config_list": [{{"model": "a", "api_key": "{SECRET}"}}]}})
    """
    (found,) = facts(code).of(SecretCandidate)
    assert found.span
