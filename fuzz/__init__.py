"""Trying what nobody would write: see README.md beside this file."""
