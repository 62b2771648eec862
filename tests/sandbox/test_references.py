"""References are really looked at, and nobody is called for them."""

import base64
import io
import socket

import pytest
from PIL import Image

from generations.dialects.outcome import Next
from generations.sandbox import sight
from generations.sandbox.weather.forgeries import SVG, bomb
from tests.sandbox.looking import average, form

COLOURS = {"red": (200, 30, 40), "blue": (30, 60, 190)}


def file(colour="red", size=(300, 200), format="PNG"):
    out = io.BytesIO()
    Image.new("RGB", size, COLOURS[colour]).save(out, format)
    return out.getvalue()


def uri(content, kind="png"):
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def gateway(shop, *images, prompt="koi"):
    body = {"model": "doubao-seedream-4-0-250828", "prompt": prompt, "size": "1K", "image": list(images)}
    return shop.read("gateway", shop.post("/gateway/v1/images/generations", body))


def redness(picture):
    red, _, blue = average(picture.convert("RGB"))
    return red - blue


def test_a_data_uri_colours_the_picture(shop):
    red, blue = (shop.fetch(gateway(shop, uri(file(colour))).items[0].link).picture for colour in COLOURS)
    assert redness(red) > redness(blue) + 5


def test_a_file_in_a_form_colours_the_picture(shop):
    pictures = {}
    for colour in COLOURS:
        body, kind = form((("sourceImage", file(colour)),), prompt="koi", resolution="2K")
        task = shop.read("tensorslab", shop.call("POST", "/tensorslab/v1/images/seedreamv5", body, {"Content-Type": kind})).task
        pictures[colour] = shop.fetch(shop.wait("tensorslab", task).items[0].link).picture
    assert redness(pictures["red"]) > redness(pictures["blue"]) + 5
    assert pictures["red"].size == (2496, 1664)  # the shape of the reference, because none was asked for


def test_an_uploaded_picture_is_known_by_its_link(shop):
    links = {}
    for colour in COLOURS:
        body, kind = form((("file", file(colour)),))
        told = shop.call("POST", "/apimart/v1/uploads/images", body, {"Content-Type": kind}).json
        assert (told["content_type"], told["bytes"], shop.fetch(told["url"]).body) == ("image/png", len(file(colour)), file(colour))
        asked = {"model": "doubao-seedream-5-0-lite", "prompt": "koi", "image_urls": [told["url"]]}
        got = shop.post("/apimart/v1/images/generations", asked)
        links[colour] = shop.wait("apimart", shop.read("apimart", got).task).items[0].link
    assert redness(shop.fetch(links["red"]).picture) > redness(shop.fetch(links["blue"]).picture) + 5


@pytest.mark.parametrize(("content", "status"), [(b"no picture", 400), (SVG, 400), (bytes(21 * 1024 * 1024), 413)])
def test_an_upload_must_be_a_picture_of_a_fair_size(shop, content, status):
    body, kind = form((("file", content),))
    assert shop.call("POST", "/apimart/v1/uploads/images", body, {"Content-Type": kind}).status == status


def test_a_link_is_never_followed(shop):
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.2)
        assert gateway(shop, f"http://127.0.0.1:{other.getsockname()[1]}/a.png").items
        with pytest.raises(TimeoutError):
            other.accept()


def test_a_bad_picture_is_refused(shop):
    forms = file(format="TIFF"), file(format="GIF")
    for bad in (b"no picture", SVG, bomb(), file()[:60], file(size=(10, 10)), file(size=(4000, 100)), *forms):
        assert gateway(shop, uri(bad)).next is Next.EDIT_REFERENCE, bad[:60]
    assert shop.ledger == []


def test_a_picture_that_breaks_off_is_refused(shop):
    whole = file(size=(600, 600), format="JPEG")
    assert gateway(shop, uri(whole[: len(whole) // 2], "jpeg")).next is Next.EDIT_REFERENCE


def test_seededit_takes_its_size_from_the_reference(shop):
    body = {"model": "doubao-seededit-3-0-i2i-250628", "prompt": "koi", "size": "adaptive", "image": uri(file(size=(300, 100)))}
    read = shop.read("gateway", shop.post("/gateway/v1/images/generations", body))
    assert shop.fetch(read.items[0].link).picture.size == (1536, 512)


def test_what_is_kept_of_a_picture_is_small():
    kept = sight.glance(file(size=(4000, 3000), format="JPEG"))
    assert Image.open(io.BytesIO(kept)).size == (384, 288)
    assert len(kept) < 50_000
