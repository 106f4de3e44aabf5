"""Commands whose output goes to another program."""

import os
import signal
import sys

from django.core.management.base import BaseCommand

READER_LEFT = 128 + signal.SIGPIPE
"""The exit code that a shell gives to a program ended by a closed pipe."""


class PipedCommand(BaseCommand):
    """A command that ends without a word when its reader stops before the end, as `head` does."""

    def execute(self, *args: object, **options: object) -> str | None:
        try:
            said = super().execute(*args, **options)
            self.stdout.flush()
        except BrokenPipeError:
            # What is still buffered goes nowhere, or the interpreter would complain at its exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(READER_LEFT)
        return said
