"""`python -m commonweal`: the same as the `commonweal` command."""

from commonweal.cli.main import run

if __name__ == "__main__":
    run()
