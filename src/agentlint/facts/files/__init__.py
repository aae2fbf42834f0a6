"""What reads a whole file: its text in, all of its facts out; `extract` is the entry."""
