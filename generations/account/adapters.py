"""Where allauth asks us: nobody signs up uninvited, and second-factor secrets are kept encrypted."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from generations import journal, people, vault
from generations.account import arrivals
from generations.journal import Deed
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

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """Keys have one name here, whatever they are made of."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [one | {"description": _("Use a passkey")} if one["id"].endswith("webauthn") else one for one in ways]

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **options: Any) -> HttpResponse:
        """With the last proof that was asked for: a password, a code, a passkey, or somebody else's word."""
        proofs = get_authentication_records(request, user)
        arrivals.came(cast(User, user), str((proofs[-1].get("type") or proofs[-1].get("method", "")) if proofs else "link"))
        response: HttpResponse = super().post_login(request, user, **options)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        arrivals.failed(User.objects.filter(email=str(credentials.get("email") or "").strip().lower()[:254]).first())


class MFAAdapter(DefaultMFAAdapter):
    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1} if count else str(_("Passkey"))

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
            journal.write(Deed.PERSON_JOIN, actor=user, team=team, subject=user, role=invitation.role, invitation=invitation.pk)
        return user


def invited(sociallogin: SocialLogin) -> QuerySet[Invitation]:
    proved = [address.email.lower() for address in sociallogin.email_addresses if address.verified]
    return Invitation.objects.open().filter(email__in=proved, team__closed_at=None).exclude(team=None).select_related("team")
