"""Pictures, and the links to them."""

import pytest
from PIL import Image

from generations.sandbox import links
from generations.sandbox.weather.forgeries import FORGERIES
from generations.sandbox.wire import Refusal, Request


@pytest.mark.parametrize(
    ("dialect", "wishes", "size", "format"),
    [
        ("gateway", {"tier": "1K", "ratio": "16:9"}, (1280, 720), "JPEG"),
        ("ark", {"engine": "ark/seedream-5.5", "tier": "1K", "ratio": "2:3"}, (832, 1248), "PNG"),
        ("apimart", {"ratio": "3:4", "format": "png"}, (1728, 2304), "PNG"),
    ],
)
def test_a_picture_is_exactly_what_was_asked_for(shop, dialect, wishes, size, format):
    got = shop.fetch(shop.order(dialect, "koi", **wishes).items[0].link)
    assert (got.picture.size, got.picture.format) == (size, format)
    assert (got.headers["content-type"], int(got.headers["content-length"])) == (Image.MIME[format], len(got.body))


def test_pictures_of_one_call_differ(shop):
    first, second = shop.order("gateway", "koi", tier="1K", images=2).items
    assert shop.fetch(first.link).body != shop.fetch(second.link).body


def test_a_seed_makes_another_picture_and_the_same_seed_the_same(shop):
    buy = {"engine": "gateway/seedream-3.0-t2i"}
    one, two, again = (shop.order("gateway", "koi", seed=seed, **buy).items[0].link for seed in (1, 2, 1))
    assert shop.fetch(one).body == shop.fetch(again).body != shop.fetch(two).body


def test_the_marker_is_not_painted(shop):
    plain, drilled = (shop.order("gateway", f"koi{marker}", tier="1K").items[0].link for marker in ("", " [drill:takes=1]"))
    assert shop.fetch(plain).body == shop.fetch(drilled).body


def test_a_link_is_good_for_as_long_as_the_provider_says(shop):
    assert shop.order("apimart", "koi").expires_at - shop.world.now() == pytest.approx(72 * 3600, abs=10)


def test_a_link_expires(shop):
    shop.world.link_life = 0
    got = shop.fetch(shop.order("gateway", "koi").items[0].link)
    assert (got.status, b"Request has expired" in got.body) == (403, True)


def test_a_link_must_not_be_changed(shop):
    link = shop.order("gateway", "koi").items[0].link
    for changed in (link[:-1] + "x", link.replace("Expires=", "Expires=9"), link.partition("?")[0], link.replace("-0.jpg", "-1.jpg")):
        assert b"SignatureDoesNotMatch" in shop.fetch(changed).body


def test_a_picture_that_was_dropped_is_gone(shop):
    link = shop.order("gateway", "koi").items[0].link
    shop.world.orders.clear()
    assert shop.fetch(link).status == 404


def test_links_name_the_sandbox_as_the_client_knows_it():
    assert links.base(Request("GET", "/", headers={"host": "sandbox.internal:8100"})) == "http://sandbox.internal:8100"
    for host in ("", "a b", "evil/path", "user@host"):
        with pytest.raises(Refusal):
            links.base(Request("GET", "/", headers={"host": host}))


class TestDrills:
    def link(self, shop, name, **wishes):
        return shop.order("gateway", f"koi [drill:{name}]", tier="1K", **wishes).items[0].link

    @pytest.mark.parametrize(("name", "status"), [("dead-link", 404), ("expired-link", 403), ("gone-link", 410)])
    def test_links_can_be_dead(self, shop, name, status):
        assert shop.fetch(self.link(shop, name)).status == status

    def test_a_dead_link_can_come_to_life(self, shop):
        link = self.link(shop, "dead-link=1")
        assert [shop.fetch(link).status for _ in range(2)] == [404, 200]

    def test_asking_again_can_bring_fresh_links(self, shop):
        task = shop.read("apimart", shop.buy("apimart", "koi [drill:fresh-link]")).task
        stale, fresh = (shop.wait("apimart", task).items[0].link for _ in range(2))
        assert (shop.fetch(stale).status, shop.fetch(fresh).status) == (403, 200)

    def test_a_link_can_lead_away(self, shop):
        got = shop.fetch(self.link(shop, "link-away"))
        assert (got.status, got.headers["location"]) == (302, links.INSIDE)

    def test_a_link_can_lead_on_or_round_and_round(self, shop):
        assert shop.fetch(shop.fetch(self.link(shop, "link-on")).headers["location"]).status == 200
        looped = self.link(shop, "link-loop")
        assert shop.fetch(looped).headers["location"] in looped

    @pytest.mark.parametrize("name", sorted(set(FORGERIES) - {"picture-animated"}))
    def test_a_file_can_be_no_picture(self, shop, name):
        got = shop.fetch(self.link(shop, name))
        assert (got.status, got.headers["content-type"]) == (200, "image/jpeg")
        with pytest.raises((OSError, Image.DecompressionBombError)):
            got.picture.load()

    def test_a_picture_can_move(self, shop):
        assert shop.fetch(self.link(shop, "picture-animated")).picture.n_frames == 3
