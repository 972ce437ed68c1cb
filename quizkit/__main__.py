"""`python -m quizkit` is the same as the `quizkit` command."""

from quizkit.cli.main import main

if __name__ == "__main__":
    main()
