"""Where allauth asks us: nobody signs up uninvited, and second-factor secrets are kept encrypted."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from generations import journal, people, vault
from generations.models import Invitation, Role, User


def display_name(user: User) -> str:
    return str(user)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-mail or password is wrong."),
        "too_many_login_attempts": _("Too many wrong passwords. Nobody can try this address again for 5 minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return vault.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return vault.open(encrypted_text)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The operator's identity provider proves an address; an open invitation to that address lets it in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return invited(sociallogin).exists()

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user = cast(User, sociallogin.user)
        user.email = (data.get("email") or "").strip().lower()
        user.name = (data.get("name") or f"{data.get('first_name') or ''} {data.get('last_name') or ''}").strip()[:80]
        return user

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        invitations = list(invited(sociallogin))
        user: User = super().save_user(request, sociallogin, form)
        taken = [(one, one.team) for one in invitations if one.team and one.take(user)]
        for invitation, team in taken:
            people.add_member(user, team, Role(invitation.role))
        for invitation, team in taken:
            journal.write("person.join", actor=user, team=team, subject=user, role=invitation.role, invitation=invitation.pk)
        return user


def invited(sociallogin: SocialLogin) -> QuerySet[Invitation]:
    proved = [address.email.lower() for address in sociallogin.email_addresses if address.verified]
    return Invitation.objects.open().filter(email__in=proved).exclude(team=None).select_related("team")
