"""The connection that a call came by."""

import select
import socket

from django.http import HttpRequest


def gone(request: HttpRequest) -> bool:
    """Has its program hung up? Where that cannot be seen, nobody has."""
    plug = request.META.get("gunicorn.socket")
    if not isinstance(plug, socket.socket):
        return False
    try:
        looked = select.poll()
        looked.register(plug, select.POLLIN)
        found = looked.poll(0)
        return bool(found) and (not found[0][1] & select.POLLIN or plug.recv(1, socket.MSG_PEEK) == b"")
    except (OSError, ValueError):
        return True
