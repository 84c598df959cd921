"""`python -m app` is `steadyhand`."""

from app.cli import main

if __name__ == "__main__":  # worker processes of `read` import this too
    main()
