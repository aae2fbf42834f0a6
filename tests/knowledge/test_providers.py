"""A base URL or a prefix tells who answers, and nothing that only looks like a host does."""

import pytest

from agentlint.knowledge.providers import (
    ProviderKind,
    is_at_own_server,
    is_at_port_of_models,
    is_in_ollamas_cloud,
    is_own_network,
    is_own_program,
    provider_named,
    provider_of_prefix,
    provider_of_url,
    vendor_provider,
)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://api.openai.com/v1", "openai"),
        ("HTTPS://API.OPENAI.COM", "openai"),
        ("https://us.api.openai.com/v1", "openai"),
        ("api.anthropic.com", "anthropic"),
        ("https://api.anthropic.com.:443/v1", "anthropic"),
        ("https://my-res.openai.azure.com/openai/deployments/x", "azure"),
        ("https://my-res.services.ai.azure.com", "azure"),
        ("https://my-apim.azure-api.net/openai", "azure_api_management"),
        ("https://generativelanguage.googleapis.com/v1beta", "gemini"),
        ("https://europe-west1-aiplatform.googleapis.com/v1/projects/p", "vertex_ai"),
        ("https://bedrock-runtime.us-east-1.amazonaws.com", "bedrock"),
        ("https://openrouter.ai/api/v1", "openrouter"),
        ("https://opencode.ai/zen/v1", "opencode_zen"),
        ("https://gateway.ai.cloudflare.com/v1/acc/gw/openai", "cloudflare_ai_gateway"),
        ("https://ai-gateway.vercel.sh/v1", "vercel_ai_gateway"),
        ("https://api.cometapi.com/v1", "cometapi"),
        ("https://br-x-api.ai.c-2.us-east-2.aws.neon.tech/ai-gateway/openai/v1", "neon"),
        ("https://ws-1.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1", "dashscope"),
        ("https://bucket.oss-cn-beijing.aliyuncs.com/v1", None),
        ("http://localhost:4000", "local"),
        ("http://[::1]:11434/v1", "local"),
        ("http://llm.default.svc:8080", "local"),
        ("https://user:secret@api.x.ai/v1", "xai"),
        ("https://api.openai.com.evil.example/v1", None),
        ("https://evil.example/api.openai.com/v1", None),
        ("https://api.openai.com@evil.example/v1", None),
        ("https://notopenrouter.ai", None),
        ("https://my-lb.us-east-1.elb.amazonaws.com/v1", None),
        ("https://storage.googleapis.com/bucket", None),
        ("https://opencode.ai/docs", None),
        ("https://opencode.ai/zenith", None),
        ("https://gateway.company.example/v1", None),
        ("${GATEWAY_URL}", None),
        ("/v1/responses", None),
        ("", None),
    ],
)
def test_who_answers_at_a_url(url: str, name: str | None) -> None:
    provider = provider_of_url(url)
    assert (provider.name if provider else None) == name


@pytest.mark.parametrize(
    ("prefix", "name"),
    [
        ("openrouter/anthropic", "openrouter"),
        ("azure", "azure"),
        ("github-copilot", "github_copilot"),
        ("x-ai", "xai"),
        ("vertex_ai", "vertex_ai"),
        ("arn:aws:bedrock:us-east-1:1:inference-profile", "bedrock"),
        ("ollama_chat", "local"),
        ("accounts/fireworks/models", "fireworks"),
        ("examples", None),
        ("", None),
    ],
)
def test_who_serves_behind_a_prefix(prefix: str, name: str | None) -> None:
    provider = provider_of_prefix(prefix)
    assert (provider.name if provider else None) == name


def test_a_vendor_leads_to_its_own_service() -> None:
    service = vendor_provider("openai")
    assert service is not None
    assert (service.name, service.kind) == ("openai", ProviderKind.VENDOR)


def test_names_are_read_in_any_case() -> None:
    assert provider_named(" Azure ") is provider_named("azure_ai") is not None
    assert provider_named("nobody") is None


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://10.0.0.13:8000/v1", True),
        ("http://192.168.1.4:11434", True),
        ("http://172.31.0.2/v1", True),
        ("http://100.64.0.7:8000/v1", True),
        ("http://vllm:8000/v1", True),
        ("http://[fd12:3456::1]:8000/v1", True),
        ("http://172.32.0.1/v1", False),
        ("http://100.128.0.1/v1", False),
        ("http://10.example.com/v1", False),
        ("https://llm.example.com/v1", False),
        ("vllm", False),
        ("", False),
    ],
)
def test_a_network_of_ones_own(url: str, own: bool) -> None:
    assert is_own_network(url) is own


@pytest.mark.parametrize(
    ("url", "at_port"),
    [
        ("http://localhost:11434/v1", True),
        ("http://10.0.0.4:1234", True),
        ("http://localhost:4000/v1", False),
        ("http://localhost:21234", False),
        ("http://localhost", False),
    ],
)
def test_some_ports_are_those_of_servers_of_models(url: str, at_port: bool) -> None:
    assert is_at_own_server(url)
    assert is_at_port_of_models(url) is at_port


@pytest.mark.parametrize("name", ["ollama", "vllm", "llama.cpp", "llama-cpp"])
def test_programs_that_people_run_themselves_are_local(name: str) -> None:
    assert is_own_program(name)
    assert not is_own_program("openai")


def test_what_others_answer_is_no_server_of_ones_own() -> None:
    assert not is_at_own_server("https://api.openai.com/v1")
    assert is_in_ollamas_cloud("gpt-oss:120b-cloud")
    assert not is_in_ollamas_cloud("gpt-oss:120b")
