"""How people and teams come to be: for the set-up page, invitations and commands alike."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.db.models import F

from generations.models import Membership, Role, Team, User

TRIES = 5


@transaction.atomic
def add_person(email: str, name: str, password: str | None = None, *, administrator: bool = False) -> User:
    """Without a password nobody can sign in by one: the person sets it by a link, or comes by single sign-on."""
    user = User.objects.create_user(email, password, name=name, is_staff=administrator, is_superuser=administrator)
    # whoever lets a person in vouches for the address, so nobody else can claim it in a sign-on later
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def add_member(user: User, team: Team, role: Role) -> Membership:
    """A member already there gets the role."""
    membership, _new = Membership.objects.update_or_create(user=user, team=team, defaults={"role": role})
    return membership


def found_team(name: str) -> Team:
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return Team.objects.create(name=name, slug=Team.free_slug(name))
        except IntegrityError:  # somebody took the address between our look and our write
            continue
    raise RuntimeError(f"No free address for a team called {name}.")


def end_sessions(user: User) -> None:
    """Everywhere, at once: the listed ones are taken away, and no other carries the right mark any more."""
    User.objects.filter(pk=user.pk).update(signed_out=F("signed_out") + 1)
    for session in UserSession.objects.filter(user=user):
        session.end()
