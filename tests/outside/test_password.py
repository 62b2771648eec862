import pytest
from django.test import Client

from generations.models import Image, Share, Team, User
from tests.outside.given import SECRET, front, given, page_of, small, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def locked(designer: User, team: Team, images: list[Image]) -> Share:
    return given(designer, team, images, secret=SECRET, originals=True, commenting=True)


def say(client: Client, password: str, token: str | None = None):
    return client.post(front(token) if token else front(), {"password": password})


def test_it_comes_first_and_says_nothing_else(locked: Share, image: Image, client: Client):
    for path in (front(), page_of(image)):
        page = client.get(path).content.decode()
        assert "These pictures need a password" in page
        assert "Round two" not in page
        assert str(image.uid) not in page
    for path in (small(image), whole(image)):
        assert client.get(path).status_code == 404


def test_the_right_one_opens_everything(locked: Share, image: Image, client: Client):
    assert say(client, SECRET)["Location"] == front()
    for path in (front(), page_of(image), small(image), whole(image)):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("wrong", ["", " ", "three quiet heron", SECRET.upper(), "x" * 100_000, "\0"])
def test_a_wrong_one_opens_nothing(wrong: str, locked: Share, client: Client):
    answer = say(client, wrong)
    assert answer.status_code == 422
    assert "This is not the password of this link." in answer.content.decode()
    assert "pass" not in client.cookies


def test_spaces_around_it_do_not_matter(locked: Share, client: Client):
    assert say(client, f" {SECRET} ").status_code == 302


def test_the_sixth_wrong_one_has_to_wait(locked: Share, client: Client):
    for _try in range(5):
        say(Client(), "wrong")
    answer = say(client, SECRET)
    assert answer.status_code == 429
    assert "for 5 minutes" in answer.content.decode()
    assert "pass" not in client.cookies


def test_a_made_up_address_does_not_help(locked: Share, client: Client):
    for n in range(5):
        client.post(front(), {"password": "wrong"}, headers={"x-forwarded-for": f"10.0.0.{n}"})
    assert say(client, SECRET).status_code == 429


def test_other_links_do_not_have_to_wait(locked: Share, designer: User, team: Team, images: list[Image], client: Client):
    given(designer, team, images, token="another", secret=SECRET)
    for _try in range(5):
        say(client, "wrong")
    assert say(client, SECRET, "another").status_code == 302


def test_whoever_is_in_does_not_have_to_wait(locked: Share, client: Client):
    say(client, SECRET)
    for _try in range(6):
        say(Client(), "wrong")
    assert client.get(front()).status_code == 200


def test_it_is_good_for_this_link_alone(locked: Share, designer: User, team: Team, images: list[Image], client: Client):
    given(designer, team, images, token="another", secret=SECRET)
    say(client, SECRET)
    assert "need a password" in client.get(front("another")).content.decode()


def test_its_cookie_is_sent_to_this_link_alone_and_no_script_reads_it(locked: Share, client: Client):
    cookie = say(client, SECRET).cookies["pass"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (front(), True, "Lax")
    assert SECRET not in cookie.value


def test_another_password_ends_it_at_once(locked: Share, image: Image, client: Client):
    say(client, SECRET)
    Share.objects.update(password=locked.password[::-1])
    assert "need a password" in client.get(front()).content.decode()
    assert client.get(small(image)).status_code == 404


def test_a_made_up_cookie_opens_nothing(locked: Share, image: Image, client: Client):
    for value in ("yes", "InllcyI:1xxxxx:abc", "", "\u00e9"):
        client.cookies["pass"] = value
        assert client.get(small(image)).status_code == 404


def test_a_comment_needs_it_too(locked: Share, image: Image, client: Client):
    client.post(page_of(image), {"guest": "Pia", "text": "Hm"})
    assert not image.comments.exists()


def test_it_is_not_kept_as_it_is(locked: Share):
    assert SECRET not in str(Share.objects.values().get())


@pytest.mark.parametrize(("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 302), ("none", 302)])
def test_a_form_of_another_site_is_refused(site: str, status: int, locked: Share):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(front(), {"password": SECRET}, headers={"origin": "null", "sec-fetch-site": site})
    assert answer.status_code == status
