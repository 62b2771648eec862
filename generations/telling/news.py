"""Something that happened, on its way to those it concerns. Written once for each of them, by its key."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from generations.models import Delivery, Event, Generation, Image, Notice, Team, User, Webhook

TOGETHER = timedelta(minutes=5)  # what falls due meanwhile goes into the same letter
AT_ONCE = 500


@dataclass(frozen=True)
class News:
    event: Event
    key: str
    users: Sequence[User] = ()
    team: Team | None = None
    generation: Generation | None = None
    image: Image | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    grows: str = ""  # what it counts: while nobody has seen it, it may come to tell of more
    # What the team's programs are told; none: nothing. Made only for those that listen: links take all pages of the studio to make.
    subject: Callable[[], Mapping[str, Any]] | None = None


def tell(
    event: Event,
    users: Iterable[User],
    key: str,
    *,
    team: Team | None = None,
    generation: Generation | None = None,
    image: Image | None = None,
    **details: Any,
) -> None:
    """For what cannot be seen in rows; in the transaction of what is told. The caller sees to it that everybody may know."""
    publish([News(event, key, tuple(users), team, generation, image, details)])


@transaction.atomic
def publish(news: Sequence[News]) -> None:
    write_notices([(one, user) for one in news for user in one.users])
    write_deliveries([one for one in news if one.subject is not None and one.team is not None])


def write_notices(pairs: list[tuple[News, User]]) -> None:
    """The first of two with the same key counts: whoever is called by name is not told of the same comment again."""
    now, told = timezone.now(), known(pairs)
    new: dict[tuple[int, str], Notice] = {}
    for news, user in pairs:
        found = told.get((user.pk, news.key))
        if found is None:
            new.setdefault((user.pk, news.key), notice(news, user, now))
        elif news.grows and found.seen_at is None and news.details[news.grows] > found.details[news.grows]:
            Notice.objects.filter(pk=found.pk, seen_at=None).update(details=dict(news.details))
    Notice.objects.bulk_create(new.values(), ignore_conflicts=True, batch_size=AT_ONCE)


def known(pairs: list[tuple[News, User]]) -> dict[tuple[int, str], Notice]:
    """Asked first, because most of what is looked at was looked at a moment ago."""
    if not pairs:
        return {}
    users, keys = {user.pk for _news, user in pairs}, list({news.key for news, _user in pairs})
    some = (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
    found = (one for part in some for one in Notice.objects.filter(user__in=users, key__in=part))
    return {(one.user_id, one.key): one for one in found}


def notice(news: News, user: User, now: datetime) -> Notice:
    mailed = settings.MAIL and news.event in user.mails
    return Notice(
        user=user,
        team=news.team,
        event=news.event,
        key=news.key,
        generation=news.generation,
        image=news.image,
        details=dict(news.details),
        at=now,
        mail_at=now + TOGETHER if mailed else None,
    )


def write_deliveries(news: list[News]) -> None:
    hooks = list(Webhook.objects.filter(active=True, team__in={one.team.pk for one in news if one.team})) if news else []
    wanted = [(hook, one) for one in news for hook in hooks if one.team and hook.team_id == one.team.pk and one.event in hook.events]
    if not wanted:
        return
    keys = list({one.key for _hook, one in wanted})
    told = set(Delivery.objects.filter(webhook__in=hooks, key__in=keys).values_list("webhook", "key"))
    unheard = [(hook, one) for hook, one in wanted if (hook.pk, one.key) not in told]
    new = [delivery(hook, one.event, one.key, one.subject(), one.team) for hook, one in unheard if one.subject]
    Delivery.objects.bulk_create(new, ignore_conflicts=True, batch_size=AT_ONCE)


def delivery(hook: Webhook, event: str, key: str, subject: Mapping[str, Any], team: Team | None) -> Delivery:
    uid, now, named = uuid4(), timezone.now(), team or hook.team
    body = {
        "id": str(uid),
        "event": str(event),
        "at": now.isoformat(),
        "team": {"slug": named.slug, "name": named.name},
        "subject": subject,
    }
    return Delivery(uid=uid, webhook=hook, event=event, key=key, body=body, created_at=now, due_at=now)
