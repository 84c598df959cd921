"""A conversation as a pure fold over its messages and their readings."""
