import pytest
from django.test import Client

from generations.models import Comment, Image, JournalLine, Share, Team, User
from tests.outside.given import given, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def talked(designer: User, team: Team, images: list[Image]) -> Share:
    return given(designer, team, images, commenting=True)


def say(image: Image, text: str = "The sky is too dark", guest: str = "Pia Client", client: Client | None = None, **more: str):
    return (client or Client()).post(page_of(image), {"guest": guest, "text": text, **more})


def page(image: Image, client: Client | None = None) -> str:
    return (client or Client()).get(page_of(image)).content.decode()


def test_a_visitor_says_something(talked: Share, image: Image):
    assert say(image)["Location"] == f"{page_of(image)}#comments"
    said = Comment.objects.get()
    assert (said.image, said.share, said.user, said.guest, said.text) == (image, talked, None, "Pia Client", "The sky is too dark")
    assert "The sky is too dark" in page(image)


def test_it_is_written_down_as_nobodys(talked: Share, image: Image):
    say(image)
    line = JournalLine.objects.get(deed="comment.add")
    assert (line.actor, line.team, line.details["link"]) == (None, talked.team_id, talked.pk)
    assert "Pia" not in str(line.details)


def test_the_form_knows_the_name_the_next_time(talked: Share, images: list[Image], client: Client):
    say(images[0], guest="王小明", client=client)
    assert 'value="王小明"' in page(images[1], client)
    assert "王小明" not in page(images[1])


def test_nobody_speaks_where_one_only_looks(share: Share, image: Image):
    assert say(image).status_code == 404
    assert not Comment.objects.exists()
    assert "<form" not in page(image)


def test_visitors_see_what_came_by_their_own_link(talked: Share, image: Image, designer: User, team: Team):
    other = given(designer, team, [image], token="another", commenting=True)
    image.comments.create(share=other, guest="Somebody Else", text="Elsewhere")
    image.comments.create(user=designer, text="Among us")
    say(image, "Here")
    assert "Here" in page(image)
    assert "Elsewhere" not in page(image)
    assert "Among us" not in page(image)


@pytest.mark.parametrize(
    ("text", "guest", "sentence"),
    [
        ("", "Pia", "required"),
        ("  \n ", "Pia", "required"),
        ("x" * 2001, "Pia", "2001"),
        ("Hm", "", "required"),
        ("Hm", "x" * 81, "80"),
        ("a\0b", "Pia", "Null"),
    ],
)
def test_what_cannot_be_said_is_kept_in_the_form(text: str, guest: str, sentence: str, talked: Share, image: Image):
    answer = say(image, text, guest)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Comment.objects.exists()


def test_two_thousand_letters_fit_however_lines_end(talked: Share, image: Image):
    assert say(image, "ab\r\n" * 666 + "xy").status_code == 302
    assert len(Comment.objects.get().text) == 2000


def test_it_cannot_become_markup_or_call_anybody(talked: Share, image: Image):
    say(image, "<script>alert(1)</script> @Dana Designer", "<i>Pia</i>")
    assert "<script>alert" not in page(image)
    assert "<i>Pia" not in page(image)
    assert not Comment.objects.get().mentions.exists()


def test_nobody_can_say_it_as_somebody_of_the_team(talked: Share, image: Image, designer: User):
    say(image, user=str(designer.pk), share="1")
    assert Comment.objects.get().user is None


def test_ten_a_minute_and_then_one_waits_with_ones_words(talked: Share, images: list[Image]):
    for number in range(10):
        assert say(images[number % 3], f"Number {number}").status_code == 302
    answer = say(images[0], "One more")
    assert answer.status_code == 429
    assert "At most 10 comments a minute" in answer.content.decode()
    assert "One more</textarea>" in answer.content.decode()
    assert Comment.objects.count() == 10


def test_one_link_does_not_fill_an_image(talked: Share, image: Image):
    Comment.objects.bulk_create(Comment(image=image, share=talked, guest="Pia", text="Hm") for _time in range(50))
    answer = say(image)
    assert answer.status_code == 422
    assert "takes 50 comments" in answer.content.decode()


def test_what_was_settled_says_so(talked: Share, image: Image, designer: User):
    say(image)
    assert "Settled" not in page(image)
    Comment.objects.update(resolved_at="2026-11-20T12:00Z", resolved_by=designer)
    assert "Settled" in page(image)


def test_more_comments_cost_no_more_queries(talked: Share, image: Image, django_assert_max_num_queries):
    say(image)
    with django_assert_max_num_queries(9) as before:
        page(image)
    Comment.objects.bulk_create(Comment(image=image, share=talked, guest="Pia", text="Hm") for _time in range(20))
    with django_assert_max_num_queries(len(before)):
        page(image)
