"""Who may do what. Views ask here and nowhere else."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from generations.media.names import SIDES
from generations.models import Collection, Comment, Generation, Image, Membership, Review, Role, Share, User

View = TypeVar("View", bound=Callable[..., HttpResponseBase])  # a page, or a file that is written while it is sent


def site_administrator(view: View) -> View:
    @wraps(view)
    def guarded(request: Any, *args: Any, **options: Any) -> HttpResponseBase:
        if not request.user.is_superuser:
            raise PermissionDenied(_("This page is for site administrators."))
        return view(request, *args, **options)

    return cast(View, guarded)


def team_role(needed: Role) -> Callable[[View], View]:
    """The view is for members of the current team whose role covers the one needed."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **options: Any) -> HttpResponseBase:
            if not request.membership.may(needed):
                raise PermissionDenied(_("In %(team)s this needs the role: %(role)s.") % {"team": request.team, "role": needed.label})
            return view(request, *args, **options)

        return cast(View, guarded)

    return decorate


def teams_of(user: User) -> list[Membership]:
    return list(user.memberships.select_related("team").order_by("team__name", "team_id"))


def decides(membership: Membership, generation: Generation) -> bool:
    """Over somebody else's request only team administrators."""
    return membership.may(Role.DESIGNER) and (generation.user_id == membership.user_id or membership.may(Role.ADMIN))


def puts_away(membership: Membership, author: int) -> bool:
    """Into the trash: one's own, and as a team administrator also what others made."""
    return author == membership.user_id or membership.may(Role.ADMIN)


def deletes(membership: Membership, collection: Collection) -> bool:
    """Whoever made it, and team administrators; its images stay."""
    return membership.may(Role.DESIGNER) and (collection.user_id == membership.user_id or membership.may(Role.ADMIN))


def settles(membership: Membership, comment: Comment) -> bool:
    """What was said on an image is for those who make them to settle; viewers settle what they said themselves."""
    return comment.user_id == membership.user_id or membership.may(Role.DESIGNER)


def removes(membership: Membership, comment: Comment) -> bool:
    """One's own; what others and guests said only team administrators."""
    return comment.user_id == membership.user_id or membership.may(Role.ADMIN)


def sees_original(membership: Membership, image: Image) -> bool:
    """Where a team seals its originals, only those who decide see one before it is approved; everybody else sees the smaller copies."""
    return not membership.team.sealed or image.review == Review.APPROVED or membership.may(Role.REVIEWER)


def largest_copy(width: int | None, height: int | None) -> int:
    """While an original stays closed: the side of the largest copy that is smaller than it. One as large would be the original itself."""
    return max((side for side in SIDES if side < max(width or 0, height or 0)), default=min(SIDES))


def leaves(share: Share, image: Image) -> bool:
    """Whether people outside get its original: if whoever made the link chose so, and where originals are sealed, once it is approved."""
    return share.originals and (not share.team.sealed or image.review == Review.APPROVED)
