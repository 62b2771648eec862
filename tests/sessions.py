"""Ways in which a session is over while its cookie is still there."""

from django.test import Client

from generations.models import User
from generations.people import end_sessions


def switch_off(client: Client, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def change_password(client: Client, user: User) -> None:
    user.set_password("another-lantern-in-the-orchard")
    user.save()


def end_all(client: Client, user: User) -> None:
    """Also sessions that nobody has listed."""
    end_sessions(user)


def expire(client: Client, user: User) -> None:
    session = client.session
    session.set_expiry(-1)
    session.save()
