from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from generations.models import Invitation


def send_invitation(invitation: Invitation, link: str) -> bool:
    """By e-mail where the studio can; False means that the link has to travel another way."""
    if not settings.MAIL:
        return False
    subject = _("%(name)s invites you to %(team)s") % {"name": invitation.invited_by, "team": invitation.team}
    body = render_to_string("team/invitation.txt", {"invitation": invitation, "link": link})
    try:
        return send_mail(subject, body, None, [invitation.email]) == 1
    except OSError:  # the mail server is away: the page shows the link instead
        return False
