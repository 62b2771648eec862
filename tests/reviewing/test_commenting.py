import pytest
from django.utils import timezone

from generations import commenting
from generations.models import Comment, Image, JournalLine, Notice, Role, Share, Team, User
from tests.cast import person
from tests.reviewing.conftest import Maker

pytestmark = pytest.mark.django_db


def called(comment: Comment) -> list[str]:
    return sorted(comment.mentions.values_list("name", flat=True))


def test_a_comment_is_pinned_to_a_place(image: Image, designer: User):
    comment = commenting.say(image, " The shadow ends in mid air. ", by=designer, place=(600, 540))
    assert (comment.text, comment.x, comment.y) == ("The shadow ends in mid air.", 600, 540)
    assert list(commenting.of(image)) == [comment]
    line = JournalLine.objects.get(deed="comment.add")
    assert line.details == {"comment": comment.pk, "mentions": 0}


def test_a_place_outside_is_brought_back_to_the_edge(image: Image, designer: User):
    comment = commenting.say(image, "There", by=designer, place=(-5, 9999))
    assert (comment.x, comment.y) == (0, 1000)


def guest(team: Team, designer: User) -> Share:
    return Share.objects.create(team=team, user=designer, digest="0" * 64, title="Tin", expires_at=timezone.now())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Rui Reviewer, look", ["Rui Reviewer"]),
        ("look, @rui!", ["Rui Reviewer"]),
        ("@Rui Reviewer @Dana Designer", ["Dana Designer", "Rui Reviewer"]),
        ("@ruins and rui@example.com", []),
        ("@Sam Stranger", []),
        ("no sign of Rui Reviewer", []),
        ("@林梅看看这个", ["林梅"]),
    ],
)
def test_members_are_called_by_their_names(text: str, names: list[str], image: Image, designer: User, reviewer: User, team: Team, stranger):
    person("林梅", team, Role.DESIGNER)
    assert called(commenting.say(image, text, by=designer)) == names


def test_the_longest_name_is_the_one_meant_and_a_shared_first_name_calls_nobody(image: Image, designer: User, team: Team):
    person("Ana Li", team, Role.VIEWER)
    person("Anatol", team, Role.VIEWER)
    User.objects.filter(name="Anatol").update(name="Ana Lima")
    assert called(commenting.say(image, "@Ana Lima", by=designer)) == ["Ana Lima"]
    assert called(commenting.say(image, "@Ana", by=designer)) == []


def test_nobody_is_called_to_what_they_may_not_see(images: Maker, designer: User, reviewer: User, admin: User):
    [hidden] = images(private=True)
    assert called(commenting.say(hidden, "@Rui @Ada Admin", by=designer)) == ["Ada Admin"]


def test_a_guest_comments_and_calls_nobody(image: Image, designer: User, reviewer: User, team: Team):
    comment = commenting.say(image, "@Rui Reviewer nice", share=guest(team, designer), guest="A client")
    assert (comment.user, comment.guest, called(comment)) == (None, "A client", [])


@pytest.mark.parametrize(("text", "said"), [(" \0 ", "Write what"), ("x" * 2001, "2001 letters, 2000 fit")])
def test_what_cannot_be_said_is_not_written(text: str, said: str, image: Image, designer: User):
    with pytest.raises(commenting.Unfit, match=said):
        commenting.say(image, text, by=designer)
    assert not Comment.objects.exists()


def test_an_image_takes_so_many_comments(image: Image, designer: User):
    Comment.objects.bulk_create(Comment(image=image, user=designer, text="again") for _time in range(commenting.MOST))
    with pytest.raises(commenting.Unfit, match="200 comments"):
        commenting.say(image, "once more", by=designer)


def test_a_comment_is_resolved_once_and_reopened(image: Image, designer: User, reviewer: User):
    comment = commenting.say(image, "Crop it", by=reviewer)
    assert [commenting.resolve(comment, designer), commenting.resolve(comment, reviewer)] == [True, False]
    comment.refresh_from_db()
    assert comment.resolved_by == designer
    assert [commenting.reopen(comment, reviewer), commenting.reopen(comment, reviewer)] == [True, False]
    assert [line.details["resolved"] for line in JournalLine.objects.filter(deed="comment.resolve").order_by("pk")] == [True, False]


def test_of_spam_that_was_answered_one_place_stays(image: Image, designer: User, admin: User, team: Team):
    share = guest(team, designer)
    spam = [commenting.say(image, "Cheap watches", share=share, guest="Watches") for _time in range(3)]
    commenting.say(image, "Who are you?", by=designer)
    assert [commenting.remove(one, admin) for one in spam] == [True, True, True]
    assert list(commenting.of(image).values_list("text", "guest")) == [("", ""), ("Who are you?", "")]
    assert not commenting.remove(spam[2], admin)


def test_the_place_of_what_was_resolved_stays_and_is_not_opened_again(image: Image, designer: User, admin: User):
    comment = commenting.say(image, "@Ada Admin, crop it", by=designer)
    commenting.resolve(comment, designer)
    commenting.remove(comment, designer)
    assert not commenting.reopen(comment, admin)
    assert (Comment.objects.get().text, called(comment)) == ("", [])


def test_what_was_removed_is_written_down_without_its_words_and_told_to_nobody(image: Image, designer: User, admin: User, team: Team):
    comment = commenting.say(image, "Cheap watches", by=designer)
    Notice.objects.create(
        user=admin, team=team, event="comment.mention", key=f"comment/{comment.pk}", image=image, details={"text": "Cheap"}
    )
    commenting.remove(comment, admin)
    line = JournalLine.objects.get(deed="comment.remove")
    assert (line.actor, line.details) == (admin.pk, {"comment": comment.pk})
    assert not Notice.objects.exists()


def test_what_was_removed_leaves_room(image: Image, designer: User, reviewer: User):
    rows = [Comment(image=image, user=designer, text="", removed_at=timezone.now()) for _time in range(commenting.MOST)]
    Comment.objects.bulk_create(rows)
    commenting.say(image, "once more", by=designer)
