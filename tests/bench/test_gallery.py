"""The bench of the gallery measures what it says. Whether its figures hold is not asked here: other tests run beside it."""

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from generations.bench import gallery, library
from generations.bench.browser import Browser
from generations.bench.figure import Figure
from generations.models import Image, Mark, Team
from generations.search import facets
from generations.search.find import find, word


@pytest.mark.django_db
def test_a_library_has_rows_files_and_an_index():
    library.fill(80)
    assert Image.objects.count() == 80
    assert len(find([[word(facets.KEPT)], [word(facets.provider("tensorslab"))]], 100)) > 0
    assert Team.objects.get(slug="bench").members.count() == 6
    told = library.told()
    answer = Client(headers={"cookie": told["cookie"], "host": "127.0.0.1"}).get(f"/images/{told['pictures'][0]}/320.webp")
    assert answer["Content-Type"] == "image/webp"
    assert 5_000 < len(answer.content) < 40_000
    assert Mark.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_browser_asks_over_many_lines(live_server: LiveServer):
    browser = Browser(live_server.thread.port, "")
    line = browser.connect()
    assert browser.get(line, "/account/login/") > 0
    assert b"</html>" in line.body
    line.wire.close()


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_is_none_ends_the_bench(live_server: LiveServer):
    browser = Browser(live_server.thread.port, "")
    with pytest.raises(AssertionError, match="404 Not Found"):
        browser.load(["/static/no-such-file.css"] * 3, 2)


def test_some_limits_are_the_least():
    assert Figure("speed", 300, 250, "a second", at_least=True).holds
    assert not Figure("speed", 200, 250, "a second", at_least=True).holds


def test_thumbnails_are_those_of_the_page():
    page = b'<img class="hint" src="data:x" alt=""><img src="/images/00000000-0000-0000-0000-000000000000/320.webp" srcset="">'
    assert gallery.THUMB.findall(page) == [b"/images/00000000-0000-0000-0000-000000000000/320.webp"]


@pytest.mark.django_db(transaction=True)
def test_where_nothing_happened_feed_and_gallery_say_so(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(gallery, "TIMES", 2)
    library.fill(80)
    hung = gallery.Hung(Browser(live_server.thread.port, library.told()["cookie"]), 0, 0, [])
    (figure,) = gallery.polls(hung)
    assert (figure.limit, figure.unit) == (2.0, "ms")
    assert [one.limit for one in gallery.questions(hung)] == [2.0]
    monkeypatch.setattr(gallery, "shown", lambda page: '";;7.7"')
    with pytest.raises(AssertionError, match="something has"):
        list(gallery.polls(hung))
