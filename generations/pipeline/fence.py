"""Whoever writes with an old fence is stopped, and everything of that transaction is undone."""


class Fenced(Exception):
    """Somebody else has taken the generation since; what we wanted to write is void."""


def moved(done: bool) -> None:
    if not done:
        raise Fenced
