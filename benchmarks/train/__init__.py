"""Training of the scorers from sets whose licence lets the weights ship: `python -m benchmarks.train`."""
