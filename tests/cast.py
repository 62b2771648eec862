"""The people of the tests: `conftest.py` gives them as fixtures, always with the same roles."""

from django.test import Client

from generations.models import Role, Team, User
from generations.people import add_member, add_person

PASSWORD = "a-lantern-in-the-orchard"


def person(name: str, team: Team, role: Role, *, administrator: bool = False) -> User:
    email = f"{name.split()[0].lower()}@example.com"
    user = add_person(email, name, PASSWORD, administrator=administrator)
    add_member(user, team, role)
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
