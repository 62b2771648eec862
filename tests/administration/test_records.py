"""The raw records, for emergencies: what can be looked at, what cannot be changed, and what is never shown."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from generations import journal
from generations.admin import records
from generations.connecting import connect
from generations.journal import Deed
from generations.models import Dialect, Invitation, JournalLine, ProviderAccount, Role, Team, User
from tests.administration.test_accounts import KEY
from tests.administration.test_unknown import doubtful
from tests.cast import PASSWORD, client_of

pytestmark = pytest.mark.django_db

KEPT = [
    "generation",
    "attempt",
    "image",
    "entry",
    "purse",
    "budget",
    "decision",
    "journalline",
    "invitation",
    "heartbeat",
    "provideraccount",
    "token",
    "user",
    "team",
    "membership",
]
SECRET = {"password", "sealed_key", "digest", "data", "token", "secret", "session_key", "answer", "key"}


def test_they_open_for_site_administrators(owner: User, designer: User, team: Team):
    doubtful(designer, team)
    client = client_of(owner)
    for name in KEPT:
        assert client.get(f"/django-admin/generations/{name}/").status_code == 200, name


@pytest.mark.parametrize("who", ["viewer", "admin", "stranger"])
def test_and_for_nobody_else_also_not_for_staff(who: str, request: pytest.FixtureRequest):
    user = request.getfixturevalue(who)
    user.is_staff = True
    user.save()
    assert client_of(user).get("/django-admin/generations/user/").status_code in (302, 403)
    assert Client().get("/django-admin/").status_code == 302


def test_they_can_only_be_looked_at(owner: User):
    client = client_of(owner)
    for name in KEPT:
        assert client.get(f"/django-admin/generations/{name}/add/").status_code == 403, name
        found = next(admin for model, admin in records._registry.items() if model._meta.model_name == name)
        request = type("Asked", (), {"user": owner})()
        may = [found.has_add_permission(request), found.has_change_permission(request), found.has_delete_permission(request)]
        assert may == [False] * 3, name


def test_a_line_of_the_journal_cannot_be_removed_by_a_bulk_action(owner: User):
    with transaction.atomic():
        line = journal.write(Deed.SIGN_IN, actor=owner)
    client_of(owner).post(
        "/django-admin/generations/journalline/", {"action": "delete_selected", "_selected_action": line.pk, "post": "yes"}
    )
    assert JournalLine.objects.filter(pk=line.pk).exists()


def test_no_secret_is_shown(owner: User, designer: User, team: Team):
    account = connect("Main", Dialect.APIMART, "https://api.apimart.ai", KEY, False)[0]
    Invitation.write(team, "new@example.com", Role.VIEWER, owner, timedelta(days=1))
    case = doubtful(designer, team, answer=KEY.encode())
    client = client_of(owner)
    told = ""
    for one in (account, designer, Invitation.objects.get(), case, case.attempts.get()):
        told += client.get(reverse(f"admin:generations_{one._meta.model_name}_change", args=[one.pk])).content.decode()
    for secret in (
        KEY,
        ProviderAccount.objects.get(pk=account.pk).sealed_key,
        designer.password,
        Invitation.objects.get().digest,
        PASSWORD,
    ):
        assert secret not in told


def test_no_field_with_a_secret_is_on_any_form(owner: User, rf):
    request = rf.get("/")
    request.user = owner
    for model, admin in records._registry.items():
        shown = {name for _title, options in admin.get_fieldsets(request, model()) for name in options["fields"]}
        assert not shown & SECRET, model


def test_every_record_is_of_that_kind(owner: User):
    assert {model._meta.model_name for model in records._registry} == set(KEPT)


def test_nobody_is_raised_there_and_no_password_is_set(owner: User, designer: User):
    client, page = client_of(owner), f"/django-admin/generations/user/{designer.pk}"
    assert client.post(f"{page}/change/", {"email": designer.email, "name": "D", "is_superuser": "on"}).status_code == 403
    assert client.post(f"{page}/password/", {"password1": PASSWORD, "password2": PASSWORD}).status_code in (302, 404)
    assert client.get(f"{page}/delete/").status_code == 403
    kept = User.objects.get(pk=designer.pk)
    assert (kept.is_superuser, kept.name, kept.password) == (False, designer.name, designer.password)


def test_packages_put_nothing_there():
    """They register tables with secrets on the usual site, which nobody can reach."""
    assert {model._meta.app_label for model in records._registry} == {"generations"}
