"""Detectors, one a file: named patterns in a table at the top, one small function that reads it."""
