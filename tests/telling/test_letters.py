from datetime import timedelta
from email import message_from_string
from email.policy import default
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language

from generations.models import Event, Membership, Notice, Status, Team, User
from generations.telling import letters, watch
from tests.made import asked, made
from tests.servers.post import post_office

pytestmark = pytest.mark.django_db

TEXT = {"by": "Rui", "guest": False, "text": "Look"}


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.MAIL, settings.PUBLIC_URL = True, "https://studio.example"


def notify(user: User, team: Team | None, key: str = "1", **fields: Any) -> Notice:
    due = {"details": TEXT, "event": Event.MENTIONED, "mail_at": timezone.now() - timedelta(seconds=1), **fields}
    return Notice.objects.create(user=user, team=team, key=key, **due)


def test_what_a_person_chose_is_mailed_after_five_minutes(designer: User, team: Team):
    User.objects.filter(pk=designer.pk).update(mails=[Event.DONE])
    watch()
    made(designer, team)
    made(designer, team, Status.FAILED)
    watch()
    done, failed = Notice.objects.order_by("pk")
    assert done.mail_at == done.at + timedelta(minutes=5)
    assert failed.mail_at is None


def test_where_the_studio_sends_no_mail_nothing_is_put_on_the_list(designer: User, team: Team, settings: Any):
    settings.MAIL = False
    User.objects.filter(pk=designer.pk).update(mails=[Event.DONE])
    watch()
    made(designer, team)
    watch()
    assert Notice.objects.get().mail_at is None


def test_money_in_doubt_comes_by_mail_to_whoever_has_not_chosen(designer: User):
    assert Event.UNKNOWN in designer.mails
    assert Event.DONE not in designer.mails
    assert set(designer.mails) <= set(Event.values)


def test_everything_that_waits_goes_in_one_letter(designer: User, team: Team):
    first = notify(designer, team)
    second = notify(designer, team, "2", mail_at=timezone.now() + timedelta(minutes=4))
    letters.send_letters()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["dana@example.com"], "2 messages from Seedbed")
    for notice in (first, second):
        assert f"https://studio.example/notices/{notice.pk}/" in letter.body
    assert "https://studio.example/account/#mails" in letter.body
    letters.send_letters()
    assert len(mail.outbox) == 1


def test_it_is_written_in_the_persons_language(designer: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(letters, "sentence", lambda notice: get_language())
    User.objects.filter(pk=designer.pk).update(language="zh-hans")
    notify(designer, team)
    letters.send_letters()
    assert mail.outbox[0].subject == "zh-hans"


def test_a_letter_shows_no_more_than_the_beginning_of_a_prompt(designer: User, team: Team):
    generation = made(designer, team, Status.DONE, asked("Kite " * 60))
    notify(designer, team, event=Event.DONE, generation=generation, details={"images": 1, "asked": 1})
    letters.send_letters()
    assert "Kite Kite" in mail.outbox[0].body
    assert "Kite " * 16 not in mail.outbox[0].body + mail.outbox[0].subject


@pytest.mark.parametrize("text", ["x\r\nBcc: all@example.com", "x\nSubject: y", "\u202ex", "x\x07y", "<b>x</b>"])
def test_what_people_write_stays_a_word(text: str, designer: User, team: Team):
    User.objects.filter(pk=designer.pk).update(name=text[:80])
    with post_office() as office:
        deliver(office.port, lambda: notify(designer, team, details={**TEXT, "by": text, "text": text}))
    letter = message_from_string(office.letters[0], policy=default)
    assert (letter["Bcc"], letter["To"]) == (None, "dana@example.com")
    assert [name for name in letter if name == "Subject"] == ["Subject"]
    assert letter["List-Unsubscribe"] == "<https://studio.example/account/#mails>"


def deliver(port: int, before: Any) -> None:
    from django.test import override_settings

    before()
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_TIMEOUT=2
    ):
        letters.send_letters()


def test_what_was_seen_meanwhile_needs_no_letter(designer: User, team: Team):
    notify(designer, team, seen_at=timezone.now())
    letters.send_letters()
    assert mail.outbox == []
    assert not letters.due(timezone.now())


def test_who_left_gets_no_letter(designer: User, viewer: User, team: Team):
    notify(designer, team)
    notify(viewer, team)
    Membership.objects.filter(user=designer).delete()
    User.objects.filter(pk=viewer.pk).update(is_active=False)
    letters.send_letters()
    assert mail.outbox == []


def test_when_the_mail_server_is_away_it_is_tried_later_and_given_up_after_a_day(designer: User, team: Team):
    now = timezone.now()
    young, older, old = (notify(designer, team, str(hours), at=now - timedelta(hours=hours)) for hours in (0, 5, 25))
    with post_office() as office:
        office.close()
        deliver(office.port, lambda: None)
    for notice in (young, older, old):
        notice.refresh_from_db()
    assert young.mail_at
    assert timedelta(seconds=50) < young.mail_at - now < timedelta(seconds=90)
    assert older.mail_at
    assert timedelta(minutes=59) < older.mail_at - now < timedelta(minutes=61)
    assert old.mail_at is None


@pytest.mark.parametrize(
    ("said", "again"),
    [
        ({"END": "451 later"}, True),
        ({"RCPT": "450 later"}, True),
        ({"MAIL": "421 later"}, True),
        ({"RCPT": "550 nobody"}, False),
        ({"END": "554 no"}, False),
        ({"END": None}, False),  # perhaps it was taken
    ],
)
def test_only_what_was_surely_not_taken_is_sent_again(said: dict[str, str | None], again: bool, designer: User, team: Team):
    with post_office(**said) as office:
        deliver(office.port, lambda: notify(designer, team))
    assert office.calls
    assert (Notice.objects.get().mail_at is not None) is again


def test_one_letter_that_is_refused_does_not_hold_up_the_next(designer: User, viewer: User, team: Team):
    for user in (designer, viewer):
        notify(user, team)
    with post_office(MAIL=None) as deaf, post_office() as office:
        deliver(deaf.port, lambda: None)
        Notice.objects.update(mail_at=timezone.now())
        deliver(office.port, lambda: None)
    assert len(office.letters) == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_letter(designer: User, viewer: User, team: Team):
    for number in range(6):
        notify((designer, viewer)[number % 2], team, str(number))
    start = Barrier(4)

    def work() -> None:
        try:
            start.wait()
            letters.send_letters()
        finally:
            connection.close()

    workers = [Thread(target=work) for _worker in range(4)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    assert sorted(letter.to[0] for letter in mail.outbox) == ["dana@example.com", "vera@example.com"]


def test_who_dies_after_taking_it_does_not_send_it_twice(designer: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    notify(designer, team)
    monkeypatch.setattr(letters, "letter", lambda user, notices: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        letters.send_letters()
    assert not letters.due(timezone.now())
    assert Notice.objects.unseen().count() == 1  # in the page it stands all the same
