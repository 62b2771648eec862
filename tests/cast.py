"""The people of the tests: `conftest.py` gives them as fixtures, always with the same roles."""

from time import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
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
    """As somebody who has just signed in: whoever changes keys, tokens, money or people is not asked for the password once more."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time() - ago}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
