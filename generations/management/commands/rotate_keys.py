from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from generations import journal, vault
from generations.journal import Deed
from generations.models import ProviderAccount, Webhook

SEALED = ("secret", "seed")  # of second factors, as allauth names them


class Command(BaseCommand):
    help = "Seals all stored secrets anew with the first of STUDIO_ENCRYPTION_KEYS. After that the older keys can go."
    requires_system_checks = ()

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            accounts, factors, webhooks = renew_accounts(), renew_factors(), renew_webhooks()
        except vault.Unreadable as problem:
            raise CommandError(f"Nothing was changed. {problem}") from None
        journal.write(Deed.KEYS_ROTATE, accounts=accounts, factors=factors, webhooks=webhooks)
        self.stdout.write(f"Sealed anew: {accounts} provider keys, {factors} second factors, {webhooks} webhooks.")


def renew_accounts() -> int:
    accounts = list(ProviderAccount.objects.exclude(sealed_key="").select_for_update())
    for account in accounts:
        account.sealed_key = vault.renew(account.sealed_key)
        account.save(update_fields=["sealed_key"])
    return len(accounts)


def renew_factors() -> int:
    factors = [one for one in Authenticator.objects.select_for_update() if any(name in one.data for name in SEALED)]
    for factor in factors:
        factor.data |= {name: vault.renew(factor.data[name]) for name in SEALED if name in factor.data}
        factor.save(update_fields=["data"])
    return len(factors)


def renew_webhooks() -> int:
    webhooks = list(Webhook.objects.select_for_update())
    for webhook in webhooks:
        webhook.secret = vault.renew(webhook.secret)
        webhook.save(update_fields=["secret"])
    return len(webhooks)
