"""Sockets, storage and people around the pure core in `assist`."""
