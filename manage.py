"""Django's own commands (makemigrations, shell) for developers; operators use `lontar`."""

import sys

from lontar.cli import database

if __name__ == "__main__":
    database.ready(lambda _line: None)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
