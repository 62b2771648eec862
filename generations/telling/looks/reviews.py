"""Images that wait for a review, what was decided, and what was said of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Count, Q
from django.utils import timezone

from generations.models import Comment, Decision, Event, Image, Notice, Review, Role, Team, User, Verdict
from generations.telling.audience import Audience
from generations.telling.body import of_comment, of_decision, of_images
from generations.telling.news import News
from generations.telling.words import excerpt

QUARTER = timedelta(minutes=15)
NAMED = 20  # images that a program is told of one by one

# --- asked ---


def asked(since: datetime) -> Iterator[list[News]]:
    """One message for whoever asks in a quarter of an hour, however many images it is; programs hear of each time."""
    rows = Image.objects.filter(asked_at__gte=since, asked_by__isnull=False)
    found = list(rows.values_list("team", "asked_by", "private", "asked_at").annotate(n=Count("pk")).order_by("asked_at"))
    if not found:
        return
    audience = Audience(team for team, *_rest in found)
    teams, askers = Team.objects.in_bulk({row[0] for row in found}), User.objects.in_bulk({row[1] for row in found})
    groups = {(team, asker, private, quarter(at)) for team, asker, private, at, _n in found}
    yield [
        *(each(teams[team], askers[asker], at, n) for team, asker, private, at, n in found if not private),
        *(one for group in sorted(groups) for one in grouped(*group, audience, teams, askers)),
    ]


def each(team: Team, asker: User, at: datetime, count: int) -> News:
    uids = Image.objects.filter(team=team, asked_by=asker, asked_at=at, private=False).order_by("pk").values_list("uid", flat=True)
    key = f"{Event.ASKED}/{asker.pk}/{at.timestamp():.6f}"
    return News(Event.ASKED, key, team=team, subject=partial(of_images, asker, count, list(uids[:NAMED])))


def grouped(
    team: int, asker: int, private: bool, start: datetime, audience: Audience, teams: dict[int, Team], askers: dict[int, User]
) -> Iterator[News]:
    """What has been decided meanwhile needs nobody any more. Private images are seen by team administrators alone."""
    rows = Image.objects.filter(asked_at__gte=start, asked_at__lt=start + QUARTER, team=team, asked_by=asker, private=private)
    count = rows.aggregate(all=Count("pk"), waiting=Count("pk", filter=Q(review=Review.WAITING)))
    if count["waiting"]:
        users = audience.covering(team, Role.ADMIN if private else Role.REVIEWER, but=asker)
        key = f"asked/{team}/{asker}/{int(start.timestamp())}{'/private' if private else ''}"
        yield News(Event.ASKED, key, users, teams[team], details={"by": str(askers[asker]), "images": count["all"]}, grows="images")


def quarter(at: datetime) -> datetime:
    seconds = int(QUARTER.total_seconds())
    return datetime.fromtimestamp(at.timestamp() // seconds * seconds, timezone.get_default_timezone())


# --- decided ---


def decided(decisions: Sequence[Decision]) -> list[News]:
    """Programs hear of every decision; people of the one that stands when they are told."""
    audience = Audience(one.image.team_id for one in decisions)
    told = told_before([one for one in decisions if one.verdict == Verdict.UNDONE])
    return [news for one in decisions for news in judged(one, audience, told)]


def judged(one: Decision, audience: Audience, told: set[str]) -> Iterator[News]:
    image = one.image
    stands = image.decision_id == one.pk and (one.verdict != Verdict.UNDONE or f"decided/{image.pk}/{one.number - 1}" in told)
    users = audience.people(image.team_id, [image.user_id], but=one.user_id) if stands else ()
    details = {"by": str(one.user), "verdict": one.verdict, "note": excerpt(one.note)}
    subject = None if image.private else partial(of_decision, one)
    yield News(Event.DECIDED, f"decided/{image.pk}/{one.number}", users, image.team, image.generation, image, details, subject=subject)


def told_before(undone: list[Decision]) -> set[str]:
    """That something was taken back matters to whoever knew of it."""
    if not undone:
        return set()
    keys = [f"decided/{one.image_id}/{one.number - 1}" for one in undone]
    authors = {one.image.user_id for one in undone}
    return set(Notice.objects.filter(user__in=authors, key__in=keys).values_list("key", flat=True))


# --- said ---


def said(comments: Sequence[Comment]) -> list[News]:
    comments = [one for one in comments if not one.removed_at]
    audience = Audience(one.image.team_id for one in comments)
    called: dict[int, list[int]] = defaultdict(list)
    rows = Comment.mentions.through.objects.filter(comment__in=[one.pk for one in comments])
    for comment, user in rows.values_list("comment", "user"):
        called[comment].append(user)
    return [news for one in comments for news in heard(one, called[one.pk], audience)]


def heard(one: Comment, called: list[int], audience: Audience) -> Iterator[News]:
    """Whoever is called by name is told of that alone. A guest's words also reach whoever let the guest in."""
    image, key = one.image, f"comment/{one.pk}"
    private = image.user_id if image.private else None
    details = {"by": str(one.user or one.guest), "guest": one.user_id is None, "text": excerpt(one.text)}
    subject = None if image.private else partial(of_comment, one)
    mine = [image.user_id, one.share.user_id if one.share else None]
    for event, users in ((Event.MENTIONED, called), (Event.COMMENTED, mine)):
        told = audience.people(image.team_id, users, but=one.user_id, author=private)
        yield News(event, key, told, image.team, image.generation, image, details)
        if event == Event.COMMENTED or called:
            yield News(event, f"{event}/{one.pk}", team=image.team, subject=subject)
