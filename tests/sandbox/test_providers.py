"""Each provider's own example requests, over real HTTP, as its document prints them."""

import pytest

from generations.dialects.outcome import Finished
from tests.sandbox.looking import form
from tests.sandbox.shop import KEY

FIVE = "doubao-seedream-5-0-260128"
EXAMPLES_004 = [
    {"model": FIVE, "prompt": "充满活力的特写编辑肖像", "size": "2K", "output_format": "png", "response_format": "url", "watermark": False},
    {"model": FIVE, "prompt": "将服装材质改为清水", "image": "https://ark-project.example/i.png", "size": "2K", "output_format": "png"},
    {
        "model": FIVE,
        "prompt": "将图1的服装换为图2的服装",
        "image": ["https://ark-project.example/1.png", "https://ark-project.example/2.png"],
        "sequential_image_generation": "disabled",
        "size": "2K",
        "watermark": False,
    },
    {
        "model": FIVE,
        "prompt": "生成3张女孩和奶牛玩偶在游乐园开心地坐过山车的图片",
        "image": ["https://ark-project.example/1.png", "https://ark-project.example/2.png"],
        "sequential_image_generation": "auto",
        "sequential_image_generation_options": {"max_images": 3},
        "size": "2K",
    },
    {"model": "doubao-seedream-3-0-t2i-250415", "prompt": "一只猫咪的头部", "size": "1024x1024", "seed": 12, "guidance_scale": 2.5},
    {
        "model": "doubao-seededit-3-0-i2i-250628",
        "prompt": "改成爱心形状的泡泡",
        "image": "https://ark-project.example/seededit.jpeg",
        "response_format": "url",
        "size": "adaptive",
        "seed": 21,
        "guidance_scale": 5.5,
        "watermark": True,
    },
]
EXAMPLE_003 = {
    "model": FIVE,
    "prompt": "生成女孩和奶牛玩偶在游乐园开心地坐过山车的图片",
    "image": ["https://example.com/ref1.png", "https://example.com/ref2.png"],
    "sequential_image_generation": "auto",
    "sequential_image_generation_options": {"max_images": 3},
    "size": "2048x2048",
}
EXAMPLE_002 = {"model": "doubao-seedream-5-0-lite", "prompt": "一只在花园里玩耍的金毛犬", "size": "16:9", "resolution": "2K", "n": 1}


def test_tensorslab_takes_a_form_and_gives_a_task(shop):
    body, kind = form(category="seedreamv45", prompt="koi", batchsize="1", resolution="3:2")
    got = shop.call("POST", "/tensorslab/v1/images/seedreamv45", body, {"Content-Type": kind})
    assert (got.status, got.json["code"], got.json["msg"]) == (200, 1000, "Task created successfully")
    shop.wait("tensorslab", got.json["data"]["taskid"])
    told = shop.poll("tensorslab", got.json["data"]["taskid"]).json["data"]
    assert (told["image_status"], told["width"], told["height"]) == (3, 2496, 1664)
    assert shop.fetch(told["url"][0]).picture.size == (2496, 1664)


def test_tensorslab_takes_the_bare_minimum(shop):
    body, kind = form(prompt="koi")
    assert shop.call("POST", "/tensorslab/v1/images/seedreamv5", body, {"Content-Type": kind}).json["code"] == 1000


def test_apimart_takes_json_and_gives_a_task(shop):
    got = shop.post("/apimart/v1/images/generations", EXAMPLE_002)
    assert (got.status, got.json["code"], got.json["data"][0]["status"]) == (200, 200, "submitted")
    task = got.json["data"][0]["task_id"]
    shop.wait("apimart", task)
    told = shop.get(f"/apimart/v1/tasks/{task}?language=en").json["data"]
    assert (told["status"], told["progress"], told["cost"]) == ("completed", 100, 0.028)
    picture = shop.fetch(told["result"]["images"][0]["url"][0]).picture
    assert (picture.size, picture.format) == ((2848, 1600), "JPEG")


def test_apimart_has_a_newer_contract_too(shop):
    got = shop.post("/apimart/v1/images/generations", EXAMPLE_002, {"X-APIMart-Response-Version": "2026-07-27"})
    assert (got.status, got.json["code"], got.json["data"]["status"]) == (202, 202, "submitted")
    assert got.json["data"]["id"] in got.json["data"]["poll_url"]


def test_anyfast_holds_the_call_until_the_pictures_are_there(shop):
    got = shop.post("/anyfast/v1/images/generations", EXAMPLE_003)
    assert (got.status, got.json["model"], len(got.json["data"])) == (200, FIVE, 3)
    assert got.json["usage"] == {"generated_images": 3, "output_tokens": 49152, "total_tokens": 49152}
    assert {item["size"] for item in got.json["data"]} == {"2048x2048"}


@pytest.mark.parametrize("example", EXAMPLES_004, ids=["words", "picture", "fusion", "group", "3.0", "edit"])
@pytest.mark.parametrize("provider", ["/gateway/v1", "/ark/api/v3"])
def test_the_gateway_and_ark_take_what_document_004_shows(shop, provider, example):
    if provider.startswith("/ark") and "3-0" in example["model"]:
        assert shop.post(f"{provider}/images/generations", example).json["error"]["code"] == "InvalidEndpointOrModel.NotFound"
        return
    got = shop.post(f"{provider}/images/generations", example)
    most = example.get("sequential_image_generation_options", {}).get("max_images", 1)
    assert (got.status, len(got.json["data"])) == (200, most)
    assert all(item["url"].startswith("http://127.0.0.1:") for item in got.json["data"])


def test_pictures_can_come_in_the_answer_itself(shop):
    asked = {"model": "doubao-seedream-3-0-t2i-250415", "prompt": "koi", "size": "512x512", "response_format": "b64_json"}
    finished = shop.read("gateway", shop.post("/gateway/v1/images/generations", asked))
    assert isinstance(finished, Finished)
    assert finished.items[0].content.startswith(b"\xff\xd8")


@pytest.mark.parametrize("path", ["/apimart/v1/models", "/anyfast/v1/models", "/gateway/v1/models", "/ark/api/v3/models"])
def test_models_are_listed_for_whoever_has_a_key(shop, path):
    names = [entry["id"] for entry in shop.get(path).json["data"]]
    assert any("seedream-5-0" in name for name in names)
    assert len(set(names)) == len(names)
    assert shop.get(path, key="").status == 401


def test_ark_says_which_models_are_about_to_end(shop):
    told = {entry["id"]: entry["status"] for entry in shop.get("/ark/api/v3/models", KEY).json["data"]}
    assert (told["doubao-seedream-4-5-251128"], told["doubao-seedream-5-5-261028"]) == ("Retiring", "")
