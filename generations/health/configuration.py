"""Settings that are allowed, but rarely meant. What is plainly wrong does not start at all."""

import ipaddress
from difflib import get_close_matches

from django.conf import settings
from django.utils.translation import gettext as _

from generations.health.finding import Finding, bad, ok, warn
from studio.env import Environment
from studio.settings import env

OURS = "STUDIO_"


def slips(environment: Environment = env) -> list[Finding]:
    return [slip(name, list(environment.readings)) for name in environment.unknown(OURS)]


def slip(name: str, known: list[str]) -> Finding:
    sentence = _("{name} is set, but nothing reads it.").format(name=name)
    # the part all names share would make any two of them look alike
    near = get_close_matches(name.removeprefix(OURS), [other.removeprefix(OURS) for other in known], 1)
    fix = _("Did you mean {name}?").format(name=OURS + near[0]) if near else _("Unset it; .env.example lists all names.")
    return warn("settings", sentence, fix)


def address() -> list[Finding]:
    if settings.SECURE and not settings.PROXIES:
        return [alone()]
    if settings.SECURE:
        return [ok("settings", _("People reach the studio over https."))]
    if is_loopback(settings.HOST) and not settings.PUBLIC_URL:
        return [ok("settings", _("Only this machine reaches the studio."))]
    fix = _("Put a proxy with a certificate in front and set STUDIO_PUBLIC_URL=https://… and STUDIO_PROXIES=1.")
    return [warn("settings", _("The studio can be reached from elsewhere, and passwords travel unencrypted."), fix)]


def alone() -> Finding:
    """The studio itself speaks no https, so something in front of it does, and says in its headers what it was asked."""
    sentence = _("The address is https, and no proxy is believed: pages may redirect for ever, and all visitors look like one.")
    return warn("settings", sentence, _("Set STUDIO_PROXIES=1, or to how many proxies stand in front."))


def hosts() -> list[Finding]:
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    sentence = _("The studio answers to every host name, so links in its letters can be forged.")
    return [warn("settings", sentence, _("Name the hosts in STUDIO_HOSTS."))]


def debug() -> list[Finding]:
    if not settings.DEBUG:
        return []
    if is_loopback(settings.HOST):
        return [warn("settings", _("Debug mode is on: errors show source code."), _("Unset STUDIO_DEBUG unless you work on the code."))]
    return [bad("settings", _("Debug mode is on and shows source code to other machines."), _("Unset STUDIO_DEBUG."))]


def mail() -> list[Finding]:
    if settings.MAIL:
        return [ok("settings", _("Mail is sent."))]
    return [ok("settings", _("No mail is sent: whoever invites somebody gets the link to pass on."))]


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
