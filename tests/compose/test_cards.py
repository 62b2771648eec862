import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone, translation
from django.utils.html import escape

from generations.catalogue.request import Reference
from generations.catalogue.sizes import Size
from generations.models import Gate, ImageStatus, Mark, Status, Team, User
from generations.web.words import visible
from tests.cast import client_of
from tests.compose.looking import cards, look, only, words
from tests.made import asked, made, pictured, sandbox

pytestmark = pytest.mark.django_db

HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% debug %} {# x #}",
    '"><img src=x onerror=alert(1)>',
    "</h3></article></textarea>",
    "' hx-get='/account/logout/' hx-trigger='load",
    '<b hx-on:click="alert(1)">x</b>',
    "\x1b[31mred\x1b[0m",
    "txt\u202egnp.exe",
]


def card(user: User, path: str = "/feed/?whose=team") -> str:
    return only(look(client_of(user), path))


@pytest.mark.parametrize("status", Status)
def test_every_state_has_a_word_and_a_shape(status: Status, designer: User, team: Team):
    made(designer, team, status)
    head = card(designer).split("</header>")[0]
    assert str(status.label) in words(head)
    assert "#i-" in head.split('class="state')[1]


def test_a_card_says_what_was_asked(designer: User, reviewer: User, team: Team):
    references = tuple(Reference(f"{n:064}", "png", Size(900, 900), 1000) for n in range(3))
    made(reviewer, team, request=asked("A kite", ratio="16:9", tier="3K", images=4, references=references))
    assert "Rui Reviewer · Seedream 5.0 Lite · 16:9 · 3K · 4 images · 3 references" in words(card(designer))


def test_exact_pixels_stand_in_place_of_ratio_and_resolution(designer: User, team: Team):
    made(designer, team, request=asked(ratio="", tier="", size=Size(2400, 1600)))
    assert "Seedream 5.0 Lite · 2400 × 1600" in words(card(designer))


def test_ones_own_name_and_what_is_shared_need_no_word(designer: User, team: Team):
    made(designer, team)
    assert "Dana" not in words(card(designer))
    assert "private" not in words(card(designer))


def test_a_private_request_says_so(designer: User, team: Team):
    made(designer, team, private=True)
    assert "private" in words(card(designer))


def test_an_engine_that_left_the_catalogue_keeps_its_cards(designer: User, team: Team):
    one = made(designer, team, Status.REFUSED, engine="apimart/seedream-0.1")
    one.request["engine"] = "apimart/seedream-0.1"
    one.save()
    assert "apimart/seedream-0.1" in words(card(designer))


# --- tiles ---


@pytest.mark.parametrize("status", [Status.QUEUED, Status.SENDING, Status.WAITING, Status.COLLECTING, Status.DONE])
def test_tiles_have_their_ratio_from_the_first_paint(status: Status, designer: User, team: Team):
    one = made(designer, team, status, request=asked(ratio="16:9", images=4))
    if status == Status.DONE:
        pictured(one, 4)
    assert card(designer).count("r-16x9") == 4


def test_a_tile_whose_ratio_nobody_knows_stays_square(designer: User, team: Team):
    one = made(designer, team, Status.WAITING, width=None, height=None)
    before = card(designer)
    pictured(one, width=3136, height=1344)
    assert "r-1x1 fit" in before
    assert "r-1x1 fit" in card(designer)


def test_a_picture_has_its_place_before_it_is_there(designer: User, team: Team):
    (image,) = pictured(made(designer, team), placeholder="data:image/webp;base64,AAAA")
    shown = card(designer)
    assert 'src="data:image/webp;base64,AAAA"' in shown
    assert f"/images/{image.uid}/320.webp" in shown
    assert 'width="2048" height="2048"' in shown


def test_pictures_come_one_by_one(designer: User, team: Team):
    one = made(designer, team, Status.COLLECTING, request=asked(images=4))
    pictured(one, 2)
    pictured(one, 2, status=ImageStatus.COMING, sha256="")
    shown = card(designer)
    assert "Collecting, 2 of 4" in words(shown)
    assert (shown.count("<img"), shown.count("tile coming")) == (2, 2)


def test_what_did_not_come_is_named(designer: User, team: Team):
    one = made(designer, team, Status.PARTIAL, request=asked(images=4))
    for status in (ImageStatus.STORED, ImageStatus.LOST, ImageStatus.REFUSED):
        pictured(one, status=status)
    assert re.findall(r'class="tile empty[^>]*><span>(.*?)</span>', card(designer)) == ["lost", "refused", "missing"]


def test_badges_say_what_is_unusual(designer: User, team: Team):
    broken = [{"name": "size", "promised": "4096x2304", "delivered": "3840x2160"}]
    pictured(made(designer, team), broken=broken, late=True, extra=True)
    said = words(card(designer))
    assert "3840 × 2160 instead of 4096 × 2304" in said
    assert "It came after the waiting was stopped" in said
    assert "One more than was asked for" in said


def test_everybody_has_their_own_star(designer: User, reviewer: User, team: Team):
    (image,) = pictured(made(designer, team))
    Mark.objects.create(user=designer, image=image, starred=True)
    assert 'aria-pressed="true"' in card(designer)
    assert 'aria-pressed="true"' not in card(reviewer)


def test_what_lies_in_the_trash_is_not_shown(designer: User, team: Team):
    pictured(made(designer, team), trashed_at=timezone.now())
    assert "<img" not in card(designer)
    assert "in the trash" in words(card(designer))


def test_of_an_earlier_attempt_only_what_came_is_shown(designer: User, team: Team):
    one = made(designer, team, Status.WAITING, request=asked(images=2))
    pictured(one, status=ImageStatus.LOST, sha256="")
    one.attempts.create(number=2, account=one.account)
    assert "lost" not in words(card(designer))


# --- what is going on ---


def test_the_place_in_line_is_told_in_turns(designer: User, reviewer: User, team: Team):
    now = timezone.now()
    for _n in range(3):
        made(designer, team, Status.QUEUED, due_at=now)
    made(reviewer, team, Status.QUEUED, due_at=now)
    found = [words(one) for one in cards(look(client_of(designer), "/feed/?whose=team")).values()]
    places = ["2nd in line", "4th in line", "3rd in line", "next in line"]
    assert [place in one for place, one in zip(places, found, strict=True)] == [True] * 4


def test_whoever_has_something_at_the_provider_comes_later(designer: User, reviewer: User, team: Team):
    made(designer, team, Status.SENDING)
    made(designer, team, Status.QUEUED, due_at=timezone.now())
    made(reviewer, team, Status.QUEUED, due_at=timezone.now())
    found = [words(one) for one in cards(look(client_of(designer), "/feed/?whose=team")).values()]
    assert "next in line" in found[0]
    assert "2nd in line" in found[1]


def test_a_busy_provider_is_said_with_the_time(designer: User, team: Team):
    made(designer, team, Status.QUEUED, due_at=timezone.now())
    until = timezone.now() + timedelta(minutes=4)
    Gate.objects.create(account=sandbox(), wait_until=until)
    assert f"busy and is asked again at {timezone.localtime(until):%H:%M}. Nothing is sent meanwhile." in words(card(designer))
    assert "in line" not in words(card(designer))


def test_why_it_waits_by_itself_is_said(designer: User, team: Team):
    due = timezone.now() + timedelta(minutes=1)
    trouble = {"next": "wait", "sent": "no", "sentence": "The provider is busy. Nothing was charged. The studio tries again by itself."}
    made(designer, team, Status.QUEUED, due_at=due, trouble=trouble)
    assert f"tries again by itself. Next try {timezone.localtime(due):%H:%M}." in words(card(designer))


def test_a_clock_runs_from_what_the_server_says(designer: User, team: Team):
    made(designer, team, Status.WAITING, sent_at=timezone.now() - timedelta(seconds=75))
    shown = card(designer)
    assert 'data-clock="75"' in shown
    assert "01:15 of about 00:40" in words(shown)


def test_what_has_ended_has_a_time_and_no_clock(designer: User, team: Team):
    now = timezone.now()
    made(designer, team, sent_at=now - timedelta(seconds=19), finished_at=now)
    assert "00:19" in words(card(designer))
    assert "data-clock" not in card(designer)


def test_who_stopped_waiting_is_told_that_what_comes_is_kept(designer: User, team: Team):
    made(designer, team, Status.WAITING, stopped_at=timezone.now())
    assert "The waiting was stopped. What still comes is kept." in words(card(designer))


@pytest.mark.parametrize(
    ("status", "money", "said"),
    [
        (Status.QUEUED, {"held": 140_000}, "$0.14 held"),
        (Status.DONE, {"charged": 105_000}, "$0.105 charged"),
        (Status.REFUSED, {"price": 35_000}, "not charged"),
        (Status.UNKNOWN, {"held": 140_000}, "may be charged $0.14"),
        (Status.DONE, {"price": 0}, "free"),
    ],
)
def test_money_is_always_in_sight(status: Status, money: dict[str, int], said: str, designer: User, team: Team):
    made(designer, team, status, **money)
    assert said in words(card(designer).split("</header>")[0])


def test_a_batch_stands_together(designer: User, team: Team):
    made(designer, team)
    for n in range(3):
        made(designer, team, request=asked(f"Line {n}"), batch="0b5c1d6e-7a57-4b0c-9a56-6b0c6f1b2a11")
    found = list(cards(look(client_of(designer))).values())
    assert "3 prompts, sent together" in words(found[0])
    assert ["batched" in one for one in found] == [True, True, True, False]
    assert "first-of-batch" in found[0]
    assert "last-of-batch" in found[2]


def test_a_batch_of_one_is_none(designer: User, team: Team):
    made(designer, team, batch=uuid4())
    assert "batched" not in card(designer)


# --- hostile texts ---


@pytest.mark.parametrize("text", HOSTILE)
def test_a_prompt_is_only_text(text: str, designer: User, team: Team):
    pictured(made(designer, team, request=asked(f"kite {text} end")))
    shown = card(designer)
    assert escape(visible(text)) in shown
    assert text not in shown.replace(escape(text), "")


def test_what_nobody_could_see_is_written_out(designer: User, team: Team):
    made(designer, team, request=asked("a\u202etxt \x1b[31m b"))
    assert "a⟨U+202E⟩txt ⟨U+001B⟩[31m b" in words(card(designer))


def test_a_long_prompt_is_cut(designer: User, team: Team):
    made(designer, team, request=asked("ab " * 3000))
    assert len(card(designer)) < 5000


def test_the_reader_reads_their_own_language(designer: User, team: Team):
    User.objects.filter(pk=designer.pk).update(language="zh-hans")
    made(designer, team, Status.QUEUED, due_at=timezone.now())
    made(designer, team, Status.QUEUED, due_at=timezone.now())
    found = look(client_of(designer))
    translation.activate("en")
    assert "2nd" not in found
