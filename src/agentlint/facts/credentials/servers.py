"""The services of a Compose file that start a server themselves, as their images and commands tell."""

from __future__ import annotations

from collections.abc import Iterable

from agentlint.facts.credentials.candidates import NamedValue
from agentlint.knowledge.data import rows

_COMPOSE = "compose"
_SERVICES = "services"
_IMAGE, _COMMAND, _ENTRYPOINT = "image", "command", "entrypoint"


def server_variables(values: Iterable[NamedValue], format_id: str) -> dict[str, frozenset[str]]:
    """For each service that starts a server, the variables that set the password of that server.

    One that runs a client of the same image, as backups do, has a command of its own.
    """
    said: dict[tuple[str, str], str] = {}
    for value in values if format_id == _COMPOSE else ():
        parts = value.path.split(".")
        if len(parts) == 3 and parts[0] == _SERVICES:
            said.setdefault((parts[1], parts[2]), value.scalar.text)
    images = ((service, text) for (service, key), text in said.items() if key == _IMAGE)
    found = {
        service: _variables(image, said.get((service, _COMMAND), ""))
        for service, image in images
        if (service, _ENTRYPOINT) not in said
    }
    return {service: variables for service, variables in found.items() if variables}


def service_of(path: str) -> str:
    """The service below which a value of a Compose file stands, "" for none."""
    top, _, below = path.partition(".")
    return below.partition(".")[0] if top == _SERVICES else ""


def _variables(image: str, command: str) -> frozenset[str]:
    """Those of the server that a service starts: `postgresql` of `docker.io/bitnami/postgresql:17`."""
    name = image.strip().rpartition("/")[2].partition("@")[0].partition(":")[0]
    first = next(iter(command.split()), "")
    is_option = not first or first.startswith("-")
    program = first.rpartition("/")[2]
    started = (
        row["variables"]
        for row in rows("secret-words", "server")
        if name in row["images"] and (is_option or program in row["programs"])
    )
    return frozenset().union(*started)
