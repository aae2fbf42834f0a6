"""What the facts of several entries, files or versions say together."""
