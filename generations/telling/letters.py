"""Messages by e-mail, for who wants them so.

A message is taken off the list before its letter goes out, and put back when the mail server surely did not take it. Whoever dies in
between has perhaps sent it: a letter that is lost stands in the page all the same, one that comes twice is a nuisance.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from generations.access import teams_of
from generations.models import Notice, User
from generations.telling.address import absolute
from generations.telling.words import excerpt, sentence

BUSY = 10.0  # seconds; others want to work too
SOONEST, LATEST = timedelta(minutes=1), timedelta(hours=1)
GIVEN_UP = timedelta(days=1)
SUBJECT = 150

log = logging.getLogger("studio.telling")


def due(now: datetime) -> bool:
    return Notice.objects.filter(mail_at__lte=now).exists()


def send_letters(pulse: Callable[[], None] = lambda: None) -> None:
    """For a worker. What is left when its time is over waits for the next bell."""
    end, now = monotonic() + BUSY, timezone.now()
    waiting = Notice.objects.filter(mail_at__lte=now)
    if not settings.MAIL:
        waiting.update(mail_at=None)
        return
    connection = get_connection()
    if not reach(connection):
        put_off(list(waiting[:500]))
        return
    try:
        while monotonic() < end and (user := User.objects.filter(notices__in=waiting.order_by("mail_at")[:1]).first()):
            post(connection, user)
            pulse()
    finally:
        hang_up(connection)


def reach(connection: Any) -> bool:
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        log.warning("The mail server cannot be reached: %s", error)
        return False
    return True


def hang_up(connection: Any) -> None:
    try:
        connection.close()
    except (OSError, SMTPException):
        log.debug("The mail server had hung up.")


def post(connection: Any, user: User) -> None:
    notices = claim(user)
    if not notices or not reach(connection):  # nothing happens if it is open already
        return put_off(notices)
    try:
        connection.send_messages([letter(user, notices)])
    except (OSError, SMTPException) as error:
        log.warning("A letter was not sent: %s", error)
        hang_up(connection)
        if 400 <= status(error) < 500:  # not now
            put_off(notices)


def claim(user: User) -> list[Notice]:
    """What waits for this person, once for all workers. What was seen meanwhile, or may not be seen any more, needs no letter."""
    with transaction.atomic():
        rows = Notice.objects.select_for_update(skip_locked=True, of=("self",)).filter(user=user, mail_at__isnull=False)
        taken = [row.pk for row in rows]
        Notice.objects.filter(pk__in=taken).update(mail_at=None)
    if not user.is_active:
        return []
    found = Notice.objects.readable(user, teams_of(user)).unseen().filter(pk__in=taken)
    return list(found.select_related("team", "generation", "image").order_by("pk"))


def put_off(notices: Sequence[Notice]) -> None:
    """It waits as long again as it has waited, an hour at most, and a day in all."""
    now = timezone.now()
    for notice in notices:
        waited = now - notice.at
        notice.mail_at = None if waited > GIVEN_UP else now + min(max(waited, SOONEST), LATEST)
    Notice.objects.bulk_update(notices, ["mail_at"], batch_size=100)


def status(error: Exception) -> int:
    """As the mail server put it; 0 where it said nothing, and nobody knows whether it took the letter."""
    if isinstance(error, SMTPRecipientsRefused):
        return next((code for code, _said in error.recipients.values()), 0)
    return int(getattr(error, "smtp_code", 0))


def letter(user: User, notices: Sequence[Notice]) -> EmailMessage:
    with translation.override(user.language or settings.LANGUAGE_CODE):
        lines = [(sentence(notice), absolute(reverse("notice", args=[notice.pk]))) for notice in notices]
        choose = absolute(f"{reverse('account')}#mails")
        body = render_to_string("notices/letter.txt", {"lines": lines, "choose": choose, "name": str(user)})
        subject = lines[0][0]
        if len(lines) > 1:
            subject = ngettext("%(n)s message from Seedbed", "%(n)s messages from Seedbed", len(lines)) % {"n": len(lines)}
    headers = {"Auto-Submitted": "auto-generated", "List-Unsubscribe": f"<{choose}>"}
    return EmailMessage(excerpt(subject, SUBJECT), body, to=[user.email], headers=headers)
