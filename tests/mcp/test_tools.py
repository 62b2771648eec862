"""What each tool answers, asked in this process."""

from uuid import uuid4

import pytest
from django.utils import translation

from generations import search, tokens
from generations.mcp import entrance
from generations.models import Budget, EngineChoice, Generation, ProviderAccount, Review, Role, Scope, Status, Team, Token, User
from tests.cast import person
from tests.filed import filed
from tests.made import ENGINE, asked, made, pictured, sandbox
from tests.mcp.asking import Asking

pytestmark = pytest.mark.django_db

KITE = {"engine": ENGINE, "prompt": "A red kite above terraced tea fields"}


@pytest.fixture
def ask(designer: User, team: Team) -> Asking:
    sandbox()
    return Asking(designer, team)


def shown(user: User, team: Team, prompt: str, **fields: object):
    (image,) = pictured(made(user, team, request=asked(prompt), private=bool(fields.pop("private", False))), **fields)
    search.renew([image.pk])
    return image


def test_engines_are_told_with_their_sizes_and_price(ask: Asking):
    found = {engine["id"]: engine for engine in ask("list_engines")["engines"]}
    assert found[ENGINE]["sizes"]["2K"]["16:9"] == "2848x1600"
    assert found[ENGINE]["price"] == "$0.00"
    assert found[ENGINE]["references"]["most"] > 0


def test_engines_that_the_team_does_without_are_not_told(ask: Asking, team: Team):
    team.engines = ["tensorslab/seedream-4.5"]
    team.save()
    assert ask("list_engines") == {"engines": []}


def test_a_check_says_what_would_be_sent_and_pays_nothing(ask: Asking):
    found = ask("check", **KITE, ratio="16:9", tier="2K")
    assert (found["possible"], found["engine"], found["costs_at_most"]) == (True, ENGINE, "$0.00")
    assert found["call"]["json"]["prompt"] == KITE["prompt"]
    assert not Generation.objects.exists()


def test_a_check_tells_everything_that_is_wrong(ask: Asking):
    found = ask("check", engine=ENGINE, prompt=" ", images=99)
    assert not found["possible"]
    assert [line.partition(":")[0] for line in found["problems"]] == ["prompt", "images"]


def test_a_check_says_no_where_generate_does(ask: Asking, team: Team):
    EngineChoice.objects.update_or_create(account=ProviderAccount.objects.get(), engine=ENGINE, defaults={"price": 35_000})
    Budget.objects.create(team=team, hard=30_000)
    found = ask("check", **KITE)
    assert (found["possible"], found["left"]) == (False, "$0.03")
    assert [line.partition(":")[0] for line in found["problems"]] == ["budget"]
    assert found["problems"][0] in ask.wrong("generate", **KITE, wait=0)


def test_a_check_says_who_has_to_be_asked(ask: Asking, team: Team):
    EngineChoice.objects.update_or_create(account=ProviderAccount.objects.get(), engine=ENGINE, defaults={"price": 35_000})
    assert not ask("check", **KITE)["asks"]
    Team.objects.update(ask_above=10_000)
    found = ask("check", **KITE)
    assert (found["possible"], "administrator" in found["asks"]) == (True, True)
    assert ask("generate", **KITE, wait=0)["status"] == "asking"


def test_generate_begins_one_and_gives_its_id(ask: Asking):
    found = ask("generate", **KITE, wait=0)
    row = Generation.objects.get()
    assert (found["id"], found["status"], found["ended"]) == (str(row.uid), "queued", False)
    assert row.token is not None
    assert "wait" in found["next"]


def test_the_same_key_is_the_same_order(ask: Asking):
    first, second = (ask("generate", **KITE, wait=0, key="kite-1") for _each in range(2))
    assert first["id"] == second["id"]
    assert Generation.objects.count() == 1


def test_without_a_key_two_calls_are_two_orders(ask: Asking):
    assert ask("generate", **KITE, wait=0)["id"] != ask("generate", **KITE, wait=0)["id"]


def test_a_key_is_not_used_for_something_else(ask: Asking):
    ask("generate", **KITE, wait=0, key="kite-1")
    assert "already used" in ask.wrong("generate", **KITE | {"prompt": "A blue kite"}, wait=0, key="kite-1")


def test_what_cannot_be_sent_is_refused_with_its_figures(ask: Asking):
    said = ask.wrong("generate", **KITE, images=99, wait=0)
    assert "15" in said
    assert "Nothing was sent" in said
    assert not Generation.objects.exists()


def test_an_ended_one_is_told_at_once(ask: Asking, designer: User, team: Team):
    generation = made(designer, team)
    (image,) = pictured(generation)
    found = ask("wait", id=str(generation.uid), seconds=5)
    assert (found["status"], found["ended"], found["next"]) == ("done", True, "")
    assert found["images"][0]["id"] == str(image.uid)
    assert "/pictures/" in found["images"][0]["link"]


def test_an_unknown_one_is_not_to_be_ordered_again(ask: Asking, designer: User, team: Team):
    found = ask("get_generation", id=str(made(designer, team, Status.UNKNOWN).uid))
    assert "Do not" in found["next"] or "do not" in found["next"]


def test_the_gallery_is_searched_in_chinese_and_english(ask: Asking, designer: User, team: Team):
    kite, ink = shown(designer, team, "A red kite"), shown(designer, team, "水墨山水")
    assert [one["id"] for one in ask("search_gallery", q="KITE")["images"]] == [str(kite.uid)]
    assert [one["id"] for one in ask("search_gallery", q="山水")["images"]] == [str(ink.uid)]


def test_by_what_they_are(ask: Asking, designer: User, viewer: User, team: Team):
    good = shown(designer, team, "A kite", review=Review.APPROVED)
    shown(viewer, team, "A kite")
    assert [one["id"] for one in ask("search_gallery", q="kite", review="approved", mine=True)["images"]] == [str(good.uid)]


def test_it_comes_in_pages(ask: Asking, designer: User, team: Team):
    newest = [str(shown(designer, team, f"Kite {number}").uid) for number in range(3)][::-1]
    first = ask("search_gallery", limit=2)
    second = ask("search_gallery", limit=2, before=first["next"])
    assert [one["id"] for one in [*first["images"], *second["images"]]] == newest
    assert second["next"] is None


def test_what_is_private_to_others_is_not_there(ask: Asking, admin: User, team: Team):
    hidden = shown(admin, team, "A secret kite", private=True)
    assert ask("search_gallery", q="kite")["images"] == []
    assert "nothing here" in ask.wrong("get_image", id=str(hidden.uid))
    assert "nothing here" in ask.wrong("get_generation", id=str(hidden.generation.uid))


def test_what_is_another_teams_is_not_there(ask: Asking, stranger: User, other_team: Team):
    theirs = shown(stranger, other_team, "A strange kite")
    assert ask("search_gallery")["images"] == []
    assert ask.wrong("get_image", id=str(theirs.uid)) == ask.wrong("get_image", id=str(uuid4()))


def test_an_image_is_shown_small(ask: Asking, designer: User, team: Team):
    image = shown(designer, team, "A kite")
    filed(image)
    found = ask.said("get_image", id=str(image.uid), side=320)
    assert found.picture[8:12] == b"WEBP"
    assert found.facts["prompt"] == "A kite"


def test_a_sealed_original_is_not_shown_larger_than_its_copies(ask: Asking, designer: User, team: Team):
    team.sealed = True
    team.save()
    image = shown(designer, team, "A kite", width=600, height=600)
    filed(image)
    assert ask.said("get_image", id=str(image.uid), side=1280).picture == ask.said("get_image", id=str(image.uid), side=320).picture


# --- whose token it is ---


def test_a_token_that_only_makes_sees_what_it_made(designer: User, team: Team):
    sandbox()
    ask = Asking(designer, team, Scope.GENERATE)
    assert ask("list_engines")["engines"]
    begun = ask("generate", **KITE, wait=0)["id"]
    assert [ask(tool, id=begun, **more)["id"] for tool, more in (("get_generation", {}), ("wait", {"seconds": 0}))] == [begun] * 2
    other = str(made(designer, team).uid)
    for tool in ("get_generation", "wait"):
        assert "nothing here" in ask.wrong(tool, id=other)
    assert "Look" in ask.wrong("search_gallery")


@pytest.mark.parametrize("tool", ["check", "generate"])
def test_a_token_that_only_looks_makes_nothing(tool: str, designer: User, team: Team):
    sandbox()
    assert "Make images" in Asking(designer, team, Scope.READ).wrong(tool, **KITE)
    assert not Generation.objects.exists()


def test_a_viewers_token_makes_nothing(team: Team):
    vera = person("Vera Viewer", team, Role.DESIGNER)
    ask = Asking(vera, team)
    vera.memberships.update(role=Role.VIEWER)
    assert "Designer" in ask.wrong("generate", **KITE)
    assert ask("search_gallery")["images"] == []


def test_a_revoked_token_opens_nothing(ask: Asking, designer: User):
    tokens.revoke(Token.objects.all(), designer)
    assert "revoked" in ask.wrong("list_engines")


def test_a_token_has_its_pace(designer: User, team: Team):
    ask = Asking(designer, team, per_minute=1)
    ask("list_engines")
    assert "1 calls a minute" in ask.wrong("list_engines")


def test_the_answer_is_in_the_language_that_is_asked_for(ask: Asking):
    with pytest.raises(entrance.Wrong) as told:
        entrance.call("get_image", {"id": str(uuid4())}, {"accept-language": "zh-hans"})
    assert "sk-studio" in str(told.value)
    assert translation.get_language() == "en"  # the thread answers others next


# --- what makes no sense ---


NONSENSE: list[tuple[str, dict[str, object]]] = [
    ("generate", {}),
    ("generate", {**KITE, "imagse": 4}),
    ("generate", {**KITE, "images": 10**30}),
    ("generate", {**KITE, "images": "four"}),
    ("generate", {**KITE, "guidance": float("nan")}),
    ("generate", {**KITE, "references": ["x" * 100_000]}),
    ("generate", {**KITE, "references": [{"a": 1}]}),
    ("generate", {**KITE, "size": "0x0"}),
    ("generate", {**KITE, "wait": 10**9}),
    ("generate", {"engine": "../../etc/passwd", "prompt": "A kite"}),
    ("wait", {"id": "1 OR 1=1"}),
    ("wait", {"id": None}),
    ("search_gallery", {"q": "\ud800"}),
    ("search_gallery", {"since": "yesterday"}),
    ("search_gallery", {"since": "0001-01-01"}),
    ("search_gallery", {"before": 10**30}),
    ("search_gallery", {"limit": -1}),
    ("search_gallery", {"ratio": "1:999"}),
    ("get_image", {"id": str(uuid4()), "side": 5000}),
    ("drop_tables", {}),
]


def test_nonsense_is_told_in_a_sentence(ask: Asking):
    for tool, arguments in NONSENSE:
        assert "Something broke" not in ask.wrong(tool, **arguments), (tool, arguments)
    assert not Generation.objects.exists()


def test_any_words_may_be_looked_for(ask: Asking):
    for said in ("\0", "kite\0", "'; --", '"', "*", "=alive/1/", "a" * 200):
        assert ask("search_gallery", q=said)["images"] == [], said
