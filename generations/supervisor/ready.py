"""The lines a person waits for: the address, and how to get in the first time."""

from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from time import monotonic, sleep

from django.conf import settings
from django.db import Error, connections

from generations.models import Invitation, Role, User
from generations.supervisor.terminal import first_line, say

VALID = timedelta(minutes=30)
EVERYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


def announce() -> None:
    wait_for_web()
    say(f"Seedbed is ready at {address()}")
    try:
        offer_set_up()
    except Error as error:
        say(f"The database did not answer: {first_line(error)}. Start again for a set-up link, if you need one.")
    finally:
        connections.close_all()


def wait_for_web() -> None:
    complain = monotonic() + 60
    while not answers(EVERYWHERE.get(settings.HOST, settings.HOST), settings.PORT):
        if monotonic() > complain:
            complain += 600
            say("The web server does not answer yet. Its lines above should say why.")
        sleep(0.05)


def answers(host: str, port: int) -> bool:
    web = HTTPConnection(host, port, timeout=2)
    try:
        web.request("GET", "/healthz")
        return web.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        web.close()


def address() -> str:
    host = EVERYWHERE.get(settings.HOST, settings.HOST)
    shown = f"[{host}]" if ":" in host else host
    return settings.PUBLIC_URL or f"http://{shown}:{settings.PORT}"


def offer_set_up() -> None:
    if User.objects.filter(is_superuser=True, is_active=True).exists():
        return
    _invitation, token = Invitation.write(None, "", Role.ADMIN, None, VALID)
    say(f"Set up the studio: {address()}/set-up/{token}/")
    say("This link works once, for 30 minutes. The next start prints a new one.")
