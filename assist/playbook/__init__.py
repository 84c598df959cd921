"""Playbooks: what to do and how to say it, read from YAML into values that are valid once they exist."""
