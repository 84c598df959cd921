"""`python -m app` is `steadyhand`."""

from app.cli import main

main()
