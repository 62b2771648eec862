"""The people of the tests: `conftest.py` gives them as fixtures, always with the same roles."""

from datetime import timedelta
from time import time
from uuid import uuid4

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from generations.models import Membership, Role, Team, User

PASSWORD = "a-lantern-in-the-orchard"


def person(name: str, team: Team, role: Role, *, administrator: bool = False) -> User:
    """The rows that `people.py` writes, without its transactions and without looking whether they are there."""
    email = f"{name.split()[0].lower()}@example.com"
    user = User.objects.create_user(email, PASSWORD, name=name, is_staff=administrator, is_superuser=administrator)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    Membership.objects.create(user=user, team=team, role=role)
    return user


def client_of(user: User, ago: float = 0) -> Client:
    """As somebody who has just signed in: whoever changes keys, tokens, money or people is not asked for the password once more.

    Written in one row. Signing in by the pages is for the tests of signing in: it takes ten statements, thousands of times.
    """
    said = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
        AUTHENTICATION_METHODS_SESSION_KEY: [{"method": "password", "at": time() - ago}],
        "account_authentication_methods_user": str(user.pk),
    }
    until = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    session = Session.objects.create(session_key=uuid4().hex, session_data=SessionStore().encode(said), expire_date=until)
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
