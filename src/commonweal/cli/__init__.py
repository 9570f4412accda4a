"""Floor 6: the `commonweal` command. Its offline commands need no database."""
