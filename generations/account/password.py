"""A password that is chosen anew because the old one was lost, or fell into other hands."""

from allauth.account.forms import ResetPasswordKeyForm
from django.db import transaction

from generations import tokens
from generations.models import Token


class ResetForm(ResetPasswordKeyForm):
    """Whoever had the old one may have made tokens with it, and those would outlive it."""

    @transaction.atomic
    def save(self) -> None:
        super().save()
        tokens.revoke(Token.objects.filter(user=self.user), self.user)
