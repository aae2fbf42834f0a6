"""The table of credentials: complete rows, samples made to measure, and no secret in it."""

from __future__ import annotations

import random
import re
import string
import zlib

import pytest
from tests.secret_samples import expand, sample

from agentlint.knowledge.data import rows
from agentlint.knowledge.secret_shapes import SecretShape, secret_shapes
from agentlint.knowledge.token_checksums import check_digits, checksum_holds

SHAPES = list(secret_shapes().values())


def test_kinds_are_kebab_case_and_their_own() -> None:
    listed = [
        row["id"] for group in ("token", "structure", "named") for row in rows("secrets", group)
    ]
    assert len(listed) == len(set(listed)) == len(SHAPES)
    assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", kind) for kind in listed)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.kind)
def test_every_row_has_a_title_a_sample_and_a_link_to_who_tells_of_it(shape: SecretShape) -> None:
    assert shape.basis in ("documented", "observed")
    assert shape.source
    assert all(source.startswith("https://") for source in shape.source)
    assert shape.title
    assert shape.positives


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.kind)
def test_the_documented_prefix_is_what_samples_begin_with(shape: SecretShape) -> None:
    rng = random.Random(1)
    samples = [expand(template, rng) for template in shape.positives]
    assert all(sample.startswith(shape.documented_prefix) for sample in samples)
    assert len(shape.documented_prefix) <= 16


@pytest.mark.parametrize("group", ["token", "structure", "named"])
def test_shapes_are_bounded_and_compile(group: str) -> None:
    unbounded = re.compile(r"(?<!\\)[*+]|\{\d+,\}")
    for row in rows("secrets", group):
        shape = re.sub(r"\[[^\]]*\]", "[]", row.get("shape", ""))
        assert not unbounded.search(shape), row["id"]
        re.compile(row.get("shape", ""))


def test_templates_leave_no_literal_secret_in_the_table() -> None:
    """What stands between the atoms of a template is prefix and structure, never a random part."""
    for shape in SHAPES:
        for template in shape.positives:
            written = re.sub(
                r"\{[^{}]*\}", " ", re.sub(r"\{base64:[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", " ", template)
            )
            assert not re.search(r"(?=[A-Za-z]*\d)[A-Za-z0-9]{24,}", written), shape.kind


def test_samples_repeat_with_the_seed_and_differ_without() -> None:
    first, again = (sample("openai-project-key", random.Random(4)) for _ in range(2))
    assert first == again
    assert first != sample("openai-project-key", random.Random(5))
    with pytest.raises(KeyError):
        sample("no-such-kind", random.Random(1))


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{hex:32}", r"[0-9a-f]{32}"),
        ("a-{an:4}-{d:3}", r"a-[A-Za-z0-9]{4}-\d{3}"),
        ("{w:22}", r"[A-Za-z0-9][\w-]{20}[A-Za-z0-9]"),
        ("{x:5}", "xxxxx"),
        ("{seq:12}", "1234567890ab"),
        ("{uuid}", r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}"),
        ("{base64:user:pass}", "dXNlcjpwYXNz"),
        ("{words:20}", r"[a-z_-]{20}"),
        ("no atoms", "no atoms"),
    ],
)
def test_atoms_expand_to_what_they_say(template: str, expected: str) -> None:
    assert re.fullmatch(expected, expand(template, random.Random(2)))


def test_an_unknown_atom_is_an_error() -> None:
    with pytest.raises(KeyError):
        expand("{nonsense:3}", random.Random(1))


def test_check_digits_are_the_crc_in_base_62_as_github_documents() -> None:
    base62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
    rng = random.Random(3)
    for body in ("0" * 30, *(expand("{an:30}", rng) for _ in range(20))):
        digits = check_digits("crc32-base62", f"ghp_{body}")
        number = 0
        for digit in digits:
            number = number * 62 + base62.index(digit)
        assert len(digits) == 6
        assert number == zlib.crc32(body.encode())


@pytest.mark.parametrize("scheme", ["crc32-base62", "crc32-base36", "crc32-hex"])
def test_a_completed_token_passes_its_own_check(scheme: str) -> None:
    rng = random.Random(9)
    for _ in range(50):
        unchecked = expand("tok_{an:30}", rng)
        assert checksum_holds(scheme, unchecked + check_digits(scheme, unchecked))
    assert not checksum_holds(scheme, "tök_" + "a" * 40)
