"""Environment variables: where files set them, and which of them choose a model or a host."""
