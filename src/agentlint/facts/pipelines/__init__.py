"""What the jobs of a pipeline run, and what of it calls models."""
