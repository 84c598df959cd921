"""Decides what to say. Pure: no clock, no random, no I/O, no logging in here."""
