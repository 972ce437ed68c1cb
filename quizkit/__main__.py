"""`python -m quizkit` is the same as the `quizkit` command."""

from quizkit.cli.app import main

if __name__ == "__main__":
    main()
