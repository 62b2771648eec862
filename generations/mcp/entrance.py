"""A call of a tool, from its token to its answer. Whatever goes wrong becomes one plain sentence."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import close_old_connections
from django.http import Http404, HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from pydantic import ValidationError

from generations.calling.caller import Unwelcome
from generations.calling.entry import enter
from generations.calling.waiting import Crowded
from generations.catalogue.problem import Problem
from generations.mcp.tools import TOOLS, Said
from generations.pipeline.start import KeyUsed, Refused
from generations.uploading.unfit import Unfit

PASSED = ("authorization", "accept-language", "x-forwarded-for")
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  where a server listens is no address to call

log = logging.getLogger("studio.mcp")


class Wrong(Exception):
    """Why a tool did not do it, said to the model and the person before it."""


def call(name: str, arguments: Mapping[str, Any], headers: Mapping[str, str], address: str = "127.0.0.1") -> Said:
    request = stand_in(headers, address)
    close_old_connections()
    try:
        with translation.override(translation.get_language_from_request(request)):
            return answer(name, arguments, request)
    finally:
        close_old_connections()


def answer(name: str, arguments: Mapping[str, Any], request: HttpRequest) -> Said:
    tool = TOOLS.get(name)
    if tool is None:
        raise Wrong(_("There is no tool called %(name)s. There are: %(known)s.") % {"name": name[:80], "known": ", ".join(TOOLS)})
    try:
        caller = enter(request, tool.scope, instead=tool.instead)
        return tool.does(request, caller, tool.takes.model_validate(dict(arguments)))
    except Exception as raised:
        raise Wrong(say(raised, name)) from raised


def say(raised: Exception, name: str) -> str:
    match raised:
        case Unwelcome() | KeyUsed() | Crowded():
            return raised.sentence
        case ValidationError():
            return misshapen(raised.errors())
        case Refused():
            return refused(raised.problems)
        case Http404() | FileNotFoundError():
            return _("There is nothing here with this id, or it is not for this token.")
        case Unfit() | PermissionDenied():
            return str(raised)
    log.error("The tool %s broke.", name, exc_info=raised)
    return _("Something broke on our side. What was ordered before goes on by itself.")


def misshapen(errors: Iterable[Mapping[str, Any]]) -> str:
    found = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}." for one in errors]
    return " ".join([*found[:5], _("Nothing was sent and nothing was charged.")])


def refused(problems: Iterable[Problem]) -> str:
    found = [f"{one.field}: {_(one.message).format(**one.values)}" for one in problems]
    return " ".join([*found, _("Nothing was sent and nothing was charged.")])


def stand_in(headers: Mapping[str, str], address: str) -> HttpRequest:
    """As the rooms know a request: with its token, and with where the studio's own pages are, for links."""
    request = HttpRequest()
    request.META = {f"HTTP_{name.upper().replace('-', '_')}": headers[name] for name in PASSED if name in headers}
    host = "127.0.0.1" if settings.HOST in EVERYWHERE else settings.HOST
    request.META |= {"REMOTE_ADDR": address, "SERVER_NAME": host, "SERVER_PORT": str(settings.PORT)}
    return request
