"""The people of the tests: `conftest.py` gives them as fixtures, always with the same roles."""

from time import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from generations.models import Role, Team, User
from generations.people import add_member, add_person

PASSWORD = "a-lantern-in-the-orchard"


def person(name: str, team: Team, role: Role, *, administrator: bool = False) -> User:
    email = f"{name.split()[0].lower()}@example.com"
    user = add_person(email, name, PASSWORD, administrator=administrator)
    add_member(user, team, role)
    return user


def client_of(user: User, ago: float = 0) -> Client:
    """As somebody who has just signed in: whoever changes keys, tokens, money or people is not asked for the password once more.

    Written in one row. Signing in by the pages is for the tests of signing in: it takes ten statements, thousands of times.
    """
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time() - ago}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.create()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
