"""What people say of an image, perhaps of one place in it, and whom they call."""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from generations import journal
from generations.journal import Deed
from generations.models import Comment, Image, Membership, Notice, Role, Share, User

LONGEST = 2000  # letters
MOST = 200  # of one image: all of them are on its page
SIDE = 1000  # a place is said in thousandths from the left and from the top
HAN = "\u3400"  # from here on names are written without a space after them

Place = tuple[int, int]


class Unfit(ValueError):
    """Why it cannot be said, told to whoever tries."""


@transaction.atomic
def say(
    image: Image, text: str, by: User | None = None, share: Share | None = None, guest: str = "", place: Place | None = None
) -> Comment:
    """By a member, who may call others with @name, or by a guest, who may not: guests do not learn who is in the team."""
    text = fit(image, text)
    x, y = within(place)
    comment = Comment.objects.create(image=image, user=by, share=share, guest=guest.strip()[:80], text=text, x=x, y=y)
    called = [member.user for member in mentioned(text, members(image))] if by else []
    comment.mentions.set(called)
    said = {"comment": comment.pk, "mentions": len(called)} | ({"link": share.pk} if share else {})
    journal.write(Deed.COMMENT_ADD, actor=by, team=image.team, subject=image, **said)
    return comment


def fit(image: Image, text: str) -> str:
    text = text.replace("\0", "").strip()
    if not text:
        raise Unfit(_("Write what you want to say."))
    if len(text) > LONGEST:
        raise Unfit(_("The comment has %(n)s letters, %(most)s fit.") % {"n": len(text), "most": LONGEST})
    if Comment.objects.filter(image=image, removed_at=None).count() >= MOST:
        raise Unfit(_("An image takes %(most)s comments, and this one has them.") % {"most": MOST})
    return text


def within(place: Place | None) -> tuple[int | None, int | None]:
    if place is None:
        return None, None
    x, y = (min(max(one, 0), SIDE) for one in place)
    return x, y


def resolve(comment: Comment, by: User) -> bool:
    return settle(comment, by, resolved=True)


def reopen(comment: Comment, by: User) -> bool:
    return settle(comment, by, resolved=False)


@transaction.atomic
def settle(comment: Comment, by: User, *, resolved: bool) -> bool:
    """False: it is so already."""
    now = {"resolved_at": timezone.now(), "resolved_by": by} if resolved else {"resolved_at": None, "resolved_by": None}
    if not Comment.objects.filter(pk=comment.pk, removed_at=None, resolved_at__isnull=resolved).update(**now):
        return False
    journal.write(Deed.COMMENT_RESOLVE, actor=by, team=comment.image.team, subject=comment.image, comment=comment.pk, resolved=resolved)
    return True


@transaction.atomic
def remove(comment: Comment, by: User) -> bool:
    """Its words go for good, also from what people were told of them. Where others answered or settled it, its place stays."""
    found = Comment.objects.select_for_update(no_key=True).filter(pk=comment.pk, removed_at=None).first()
    if found is None:
        return False
    Notice.objects.filter(image=comment.image_id, key=f"comment/{found.pk}").delete()
    journal.write(Deed.COMMENT_REMOVE, actor=by, team=comment.image.team, subject=comment.image, comment=found.pk)
    if found.resolved_at or answered(found):
        found.mentions.clear()
        Comment.objects.filter(pk=found.pk).update(text="", guest="", removed_at=timezone.now())
    else:
        found.delete()
    return True


def answered(comment: Comment) -> bool:
    """The next thing said is somebody else's. Of a row by one author only the last needs its place."""
    after = Comment.objects.filter(image=comment.image_id, pk__gt=comment.pk).order_by("pk").first()
    return after is not None and (after.user_id, after.share_id) != (comment.user_id, comment.share_id)


def of(image: Image) -> QuerySet[Comment]:
    """In the order they were said."""
    return Comment.objects.filter(image=image).select_related("user", "share", "resolved_by").order_by("pk")


def members(image: Image) -> QuerySet[Membership]:
    """Who may see it, and so may be called to it."""
    found = Membership.objects.filter(team=image.team_id, user__is_active=True).select_related("user").order_by("user__name", "pk")
    return found.filter(Q(user=image.user_id) | Q(role=Role.ADMIN)) if image.private else found


def mentioned(text: str, members: Iterable[Membership]) -> list[Membership]:
    """By the whole name, or by the first word of it where only one person bears that."""
    people = list(members)
    said = [part for part in text.casefold().split("@")[1:] if part]
    return [member for member in people if any(means(part, member, people) for part in said)]


def means(part: str, member: Membership, people: list[Membership]) -> bool:
    """The longest name that fits is the one meant."""
    longest = max((name for one in people for name in names(one, people) if begins(part, name)), key=len, default="")
    return longest in names(member, people)


def names(member: Membership, people: list[Membership]) -> Iterator[str]:
    whole = member.user.name.casefold()
    yield whole
    first = whole.split(" ")[0]
    if sum(one.user.name.casefold().split(" ")[0] == first for one in people) == 1:
        yield first


def begins(part: str, name: str) -> bool:
    """As whole words; a Chinese name needs no space after it."""
    return bool(name) and part.startswith(name) and (name[-1] >= HAN or not part[len(name) : len(name) + 1].isalnum())
