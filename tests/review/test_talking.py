import pytest

from generations import commenting
from generations.models import Comment, User
from tests.cast import client_of
from tests.compose.looking import words
from tests.review.conftest import HTMX, Queue, look

pytestmark = pytest.mark.django_db


def say(who: User, image, htmx: bool = True, **fields: str):
    return client_of(who).post(f"/images/{image.uid}/comments/", fields, headers=HTMX if htmx else {})


def test_a_comment_is_said_and_pinned_on_the_picture(queue: Queue, reviewer: User):
    [image] = queue(1)
    answer = say(reviewer, image, text="The shadow ends in mid air", x="600", y="540", pinned="1")
    page = answer.content.decode()
    assert "Rui Reviewer on 1," in words(page)
    assert 'id="pins" hx-swap-oob="true"' in page
    assert 'x="60%" y="54%"' in page
    assert 'x="60%" y="54%"' in look(reviewer)


def test_a_comment_without_a_place_has_no_number(queue: Queue, viewer: User):
    [image] = queue(1)
    page = say(viewer, image, text="Fine", x="", y="").content.decode()
    assert "Vera Viewer" in words(page)
    assert 'id="pins"' not in page


def test_without_a_script_one_is_led_back(queue: Queue, designer: User):
    [image] = queue(1)
    answer = say(designer, image, htmx=False, text="Fine", next=f"/review/?image={image.uid}")
    assert (answer.status_code, answer.url) == (302, f"/review/?image={image.uid}")
    assert say(designer, image, htmx=False, text="Fine", next="https://elsewhere.example/").url == "/review/"


@pytest.mark.parametrize("htmx", [True, False])
def test_what_cannot_be_said_is_kept(htmx: bool, queue: Queue, designer: User):
    [image] = queue(1)
    answer = say(designer, image, htmx=htmx, text="again " * 400)
    assert answer.status_code == 422
    assert "The comment has 2399 letters, 2000 fit." in words(answer.content.decode())
    assert "again again" in answer.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize(("x", "y"), [("a", "b"), ("-1", "5"), ("5", ""), ("²", "5")])
def test_a_place_that_is_none_is_not_read(x: str, y: str, queue: Queue, designer: User):
    [image] = queue(1)
    say(designer, image, text="There", x=x, y=y)
    assert Comment.objects.get().x is None


def test_a_resolved_comment_leaves_the_picture_and_stays_in_the_list(queue: Queue, reviewer: User):
    [image] = queue(1)
    comment = commenting.say(image, "Crop it", by=reviewer, place=(1, 2))
    page = client_of(reviewer).post(f"/comments/{comment.uid}/settle/", {"pinned": "1"}, headers=HTMX).content.decode()
    assert "Resolved by Rui Reviewer" in words(page)
    assert "data-pin data-x" not in page
    page = client_of(reviewer).post(f"/comments/{comment.uid}/settle/", {"pinned": "1", "open": "1"}, headers=HTMX).content.decode()
    assert "data-pin data-x" in page


def test_viewers_settle_only_their_own(queue: Queue, viewer: User, reviewer: User):
    [image] = queue(1)
    theirs, own = commenting.say(image, "Crop it", by=reviewer), commenting.say(image, "Nice", by=viewer)
    answers = [client_of(viewer).post(f"/comments/{one.uid}/settle/", headers=HTMX).status_code for one in (theirs, own)]
    assert answers == [403, 200]


def test_people_who_may_see_it_are_offered_by_name(queue: Queue, designer: User, reviewer: User, admin: User, stranger: User):
    [image], [hidden] = queue(1), queue(1, private=True)
    client = client_of(designer)
    assert words(client.get(f"/images/{image.uid}/names/?q=r").content.decode()) == "RR Rui Reviewer"
    assert "Sam" not in client.get(f"/images/{image.uid}/names/?q=").content.decode()
    assert words(client.get(f"/images/{hidden.uid}/names/?q=").content.decode()) == "AA Ada Admin"


def test_what_one_may_not_see_is_not_talked_about(queue: Queue, reviewer: User, stranger: User):
    [hidden], [image] = queue(1, private=True), queue(1)
    comment = commenting.say(hidden, "Mine", by=hidden.user)
    for who, one in ((reviewer, hidden), (stranger, image)):
        assert say(who, one, text="Hello").status_code == 404
        assert client_of(who).get(f"/images/{one.uid}/names/").status_code == 404
        assert client_of(who).post(f"/comments/{comment.uid}/settle/").status_code == 404
    assert Comment.objects.count() == 1


def test_what_people_write_is_only_text(queue: Queue, reviewer: User):
    [image] = queue(1)
    page = say(reviewer, image, text="<script>alert(1)</script> \u202e").content.decode()
    assert "<script>alert" not in page
    assert "⟨U+202E⟩" in page


def remove(who: User, comment: Comment, **fields: str):
    return client_of(who).post(f"/comments/{comment.uid}/remove/", fields, headers=HTMX)


def test_authors_take_back_what_they_said_and_administrators_remove_anything(queue: Queue, viewer: User, reviewer: User, admin: User):
    [image] = queue(1)
    first, second, third = (commenting.say(image, "Nice", by=who) for who in (viewer, reviewer, viewer))
    assert [remove(viewer, one).status_code for one in (second, third)] == [403, 200]
    assert [remove(admin, one).status_code for one in (second, first)] == [200, 200]
    assert not Comment.objects.exists()


def test_only_what_one_may_remove_has_a_button(queue: Queue, viewer: User, reviewer: User, admin: User):
    [image] = queue(1)
    for who in (viewer, reviewer):
        commenting.say(image, "Nice", by=who)
    assert [look(who).count('/remove/"') // 2 for who in (viewer, admin)] == [1, 2]


def test_the_place_of_a_comment_that_was_answered_stays(queue: Queue, viewer: User, reviewer: User):
    [image] = queue(1)
    pinned = commenting.say(image, "Buy cheap watches", by=viewer, place=(5, 5))
    commenting.say(image, "No", by=reviewer)
    page = remove(viewer, pinned, pinned="1").content.decode()
    assert "A comment on 1 was removed" in words(page)
    assert "watches" not in page
    assert "data-pin data-x" not in page
