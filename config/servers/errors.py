"""What stops a start, in one sentence for the person at the terminal."""


class ServersError(Exception):
    """The embedded servers cannot be started, or cannot be kept alive."""

    code = "servers-refused"
