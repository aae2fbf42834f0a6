"""The model facts of a run: those that come with agentlint, and newer ones that settings name."""

from __future__ import annotations

import os
from pathlib import Path

from agentlint.config import ConfigError, Settings, access_failure, not_found, settings_error
from agentlint.knowledge.catalogue import Catalogue, CatalogueError, with_overlay


def catalogue_of(settings: Settings, root: Path) -> Catalogue | None:
    """The newer model facts that the settings name, None for none; raises ConfigError."""
    if settings.models.catalogue is None:
        return None
    path = Path(os.path.realpath(root / settings.models.catalogue))
    if root not in path.parents:
        raise settings_error("models.catalogue: the path leads out of the root", settings, root)
    if not os.path.exists(path):
        message = f"models.catalogue: {not_found(settings.models.catalogue)}"
        raise settings_error(f"{message}; `agentlint models update` writes one", settings, root)
    return read_catalogue_file(path)


def read_catalogue_file(path: Path) -> Catalogue:
    """The bundled model facts with those of a file laid over them; raises ConfigError."""
    try:
        return with_overlay(path)
    except CatalogueError as error:
        raise ConfigError(str(error)) from None
    except OSError as error:
        raise ConfigError(access_failure(error, path)) from None
