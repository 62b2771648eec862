"""What visitors say of a picture. They see what came by their own link, never what the team says among itself."""

from allauth.core import ratelimit
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from generations import commenting
from generations.models import Comment, Image
from generations.outside.forms import GuestForm
from generations.outside.pocket import Link

LIMIT = "share_comment"  # in ACCOUNT_RATE_LIMITS
MOST = 50  # of one image by one link: the team wants to say something too


def said(link: Link, image: Image) -> list[Comment]:
    return list(Comment.objects.filter(image=image, share=link.share, removed_at=None).order_by("pk"))


def add(request: HttpRequest, link: Link, image: Image) -> tuple[GuestForm, int]:
    """The form as it is now, and what to answer; below 400 it was said."""
    if not link.share.commenting:
        raise Http404
    form = GuestForm(request.POST)
    if not form.is_valid():
        return form, 422
    if len(said(link, image)) >= MOST:
        form.add_error("text", _("An image takes %(most)s comments by one link, and this one has them.") % {"most": MOST})
        return form, 422
    if not ratelimit.consume(request, action=LIMIT, key=str(link.share.pk)):
        form.add_error("text", _("At most 10 comments a minute from one place, and 100 an hour by one link. Send it again later."))
        return form, 429
    try:
        commenting.say(image, form.cleaned_data["text"], share=link.share, guest=form.cleaned_data["guest"])
    except commenting.Unfit as why:
        form.add_error("text", str(why))
        return form, 422
    return form, 200
