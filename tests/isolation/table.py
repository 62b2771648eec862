"""Every address of the product, who it is for, and what it names. An address that is not here fails the test."""

from dataclasses import dataclass, field
from typing import Any

from generations.models import Role

OPEN, SIGNED, SITE = "open", "signed in", "site"  # for anybody; for every member; for site administrators
GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")


@dataclass(frozen=True)
class Rule:
    does: tuple[str, ...]
    needs: "str | Role" = SIGNED
    names: dict[str, str] = field(default_factory=dict)  # what its address names, as things.py calls it
    given: dict[str, str] = field(default_factory=dict)  # what a form or a query names
    more: dict[str, Any] = field(default_factory=dict)  # what else belongs into the form
    fixed: dict[str, Any] = field(default_factory=dict)  # parts of the address that name nothing


def one(does: tuple[str, ...], needs: "str | Role", **names: str) -> Rule:
    return Rule(does, needs, names)


DESIGNER, REVIEWER, ADMIN = Role.DESIGNER, Role.REVIEWER, Role.ADMIN
UID, IMAGE = {"uid": "generation"}, {"uid": "image"}
CHOSEN = {"image": "image"}  # as the selection bar says it

TABLE = {
    "compose": Rule(GET, given={"from": "generation", "reference": "image"}),
    "composer": Rule(BOTH, given={"parent": "generation", "collection": "collection", "references": "sha256"}),
    "generate": Rule(POST, DESIGNER, given={"parent": "generation", "collection": "collection", "references": "sha256"}),
    "prompts": Rule(GET, DESIGNER),
    "templates": Rule(BOTH, DESIGNER),
    "template": one(BOTH, DESIGNER, pk="template"),
    "use_template": one(POST, DESIGNER, pk="template"),
    "delete_template": one(POST, DESIGNER, pk="template"),
    "feed": Rule(GET, given={"person": "person"}),
    "generation": Rule(GET, names=UID),
    **{name: Rule(POST, DESIGNER, UID) for name in ("rerun", "missing", "stop", "check_again", "resend")},
    "came": Rule(POST, SITE, UID),
    "not_came": Rule(POST, SITE, UID),
    "variations": Rule(BOTH, DESIGNER, UID),
    "share": Rule(POST, DESIGNER, UID, more={"private": "on"}),
    "library": Rule(GET, DESIGNER),
    "upload": Rule(POST, DESIGNER, given={"image": "image"}),
    "upload_picture": one(GET, SIGNED, sha256="sha256"),
    "share_upload": one(POST, DESIGNER, sha256="sha256"),
    "forget_upload": one(POST, DESIGNER, sha256="sha256"),
    "gallery": Rule(GET, given={"person": "person"}),
    "gallery_news": Rule(GET, given={"person": "person"}),
    "trash": Rule(GET, DESIGNER),
    "count_all": Rule(POST, given=CHOSEN),
    "badges_all": Rule(POST, given=CHOSEN),
    "zip": Rule(BOTH, given={**CHOSEN, "collection": "collection"}),
    "star_all": Rule(POST, given=CHOSEN, more={"starred": "on"}),
    **{name: Rule(POST, DESIGNER, given=CHOSEN) for name in ("ask_all", "share_all", "trash_all", "restore_all")},
    "collect_all": Rule(POST, DESIGNER, given={**CHOSEN, "collection": "collection"}),
    "picture": Rule(GET, names=IMAGE, fixed={"side": 320}),
    "original": Rule(GET, names=IMAGE),
    "signed_picture": one(GET, OPEN, signed="signed"),
    "image": Rule(GET, names=IMAGE),
    "inspector": Rule(GET, names=IMAGE),
    "review_of": Rule(BOTH, names=IMAGE),
    "mark": Rule(POST, names=IMAGE, more={"starred": "on"}),
    "download": Rule(GET, names=IMAGE),
    "compare": Rule(GET, given={"a": "image", "b": "image"}),
    "collections": Rule(BOTH),
    "collect": Rule(BOTH, DESIGNER, given={**CHOSEN, "collection": "collection"}),
    "collection": one(GET, SIGNED, uid="collection"),
    "change_collection": one(POST, DESIGNER, uid="collection"),
    "delete_collection": one(POST, DESIGNER, uid="collection"),
    "take_out": Rule(POST, DESIGNER, {"uid": "collection"}, CHOSEN),
    "move_image": Rule(POST, DESIGNER, {"uid": "collection"}, CHOSEN),
    "links": Rule(GET),
    "new_link": Rule(BOTH, DESIGNER, given={**CHOSEN, "collection": "collection"}),
    "revoke_link": one(POST, SIGNED, uid="link"),
    "extend_link": one(POST, DESIGNER, uid="link"),
    "shared": one(BOTH, OPEN, token="token"),
    "shared_image": one(BOTH, OPEN, token="token", uid="image"),
    "shared_picture": Rule(GET, OPEN, {"token": "token", "uid": "image"}, fixed={"side": 320}),
    "shared_original": one(GET, OPEN, token="token", uid="image"),
    "review": Rule(GET, given=CHOSEN),
    "decide_image": Rule(POST, REVIEWER, given={"image": "seen"}, more={"approve": "on"}),
    "take_back": Rule(POST, REVIEWER, given={"image": "seen"}),
    "say": Rule(POST, names=IMAGE, more={"text": "Too dark"}),
    "names": Rule(GET, names=IMAGE),
    "settle": one(POST, SIGNED, uid="comment"),
    "remove_comment": one(POST, ADMIN, uid="comment"),
    "usage": Rule(GET, given={"team": "slug", "person": "person"}),
    "dispute": Rule(GET, ADMIN, given={"team": "slug", "account": "account"}),
    "usage_table": Rule(GET, given={"team": "slug"}, fixed={"name": "days"}),
    "team": Rule(BOTH),
    "switch_team": Rule(POST, given={"team": "slug"}),
    "withdraw_invitation": one(POST, ADMIN, pk="invitation"),
    "change_role": Rule(POST, ADMIN, {"pk": "member"}, more={"role": "reviewer"}),
    "remove_member": one(BOTH, ADMIN, pk="member"),
    "leave_team": Rule(BOTH),
    "policies": Rule(BOTH, ADMIN),
    "budgets": Rule(GET, ADMIN),
    "set_budget": Rule(POST, ADMIN, {"pk": "member"}, more={"soft": "1", "hard": "2"}),
    "spending": Rule(GET, ADMIN),
    "allow_spending": one(POST, ADMIN, uid="asking"),
    "decline_spending": one(POST, ADMIN, uid="asking"),
    "team_tokens": Rule(GET, ADMIN),
    "end_team_token": one(POST, ADMIN, uid="program"),
    "webhooks": Rule(BOTH, ADMIN),
    "webhook": one(BOTH, ADMIN, uid="webhook"),
    "test_webhook": one(POST, ADMIN, uid="webhook"),
    "switch_webhook": one(POST, ADMIN, uid="webhook"),
    "delete_webhook": one(POST, ADMIN, uid="webhook"),
    "resend_delivery": one(POST, ADMIN, uid="webhook", delivery="delivery"),
    "join": one(BOTH, OPEN, token="invited"),
    "set_up": one(BOTH, OPEN, token="founding"),
    "account": Rule(BOTH),
    "preferences": Rule(POST, OPEN),
    "mails": Rule(POST),
    "tokens": Rule(BOTH),
    "revoke_token": one(POST, SIGNED, uid="own program"),
    "notices": Rule(GET),
    "see_all": Rule(POST),
    "notice": one(GET, SIGNED, pk="notice"),
    "see": one(POST, SIGNED, pk="notice"),
    "account_email": Rule(GET),
    "administration": Rule(GET, SITE),
    "unknown": Rule(GET, SITE),
    "raw_answer": one(GET, SITE, pk="attempt"),
    "decide": Rule(POST, SITE, {"pk": "attempt"}, fixed={"choice": "came"}),
    "failures": Rule(GET, SITE),
    "add_account": Rule(BOTH, SITE),
    "account_page": one(BOTH, SITE, pk="account"),
    **{f"{what}_account": one(POST, SITE, pk="account") for what in ("switch", "pause", "reopen", "place")},
    "try_key": one(POST, SITE, pk="account"),
    "choose_engines": one(POST, SITE, pk="account"),
    "export_prices": Rule(GET, SITE),
    "teams": Rule(BOTH, SITE),
    "team_record": one(BOTH, SITE, pk="team"),
    "team_budget": one(POST, SITE, pk="team"),
    "close_team": one(POST, SITE, pk="team"),
    "add_to_team": one(POST, SITE, pk="team"),
    "change_member": one(BOTH, SITE, pk="member"),
    "people": Rule(BOTH, SITE),
    "person": one(GET, SITE, pk="person"),
    "join_team": one(POST, SITE, pk="person"),
    "change_person": Rule(POST, SITE, {"pk": "person"}, fixed={"deed": "disable"}),
    "end_token": one(POST, SITE, uid="program"),
    "storage": Rule(GET, SITE),
    "count_now": Rule(POST, SITE),
    "health": Rule(GET, SITE),
    "journal": Rule(GET, SITE),
    "export_journal": Rule(POST, SITE, fixed={"format": "csv"}),
    "deposit": one(GET, OPEN, signed="deposit", name="deposited"),
    "api_docs": Rule(GET),
    "api_schema": Rule(GET, OPEN),
    "healthz": Rule(GET, OPEN),
    "readyz": Rule(GET, OPEN),
    "metrics": Rule(GET, OPEN),  # from this machine, or with a secret: tests/studio/test_metrics.py
}
