"""Doors that answer with a task at once, and are asked how it is.

Nobody waits in them for a provider. But a large body, and references that have to be fetched, take their time in a place for those who
wait: the threads for pages are left alone.
"""

from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from time import time

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from generations.calling import room
from generations.calling.caller import Caller
from generations.calling.line import gone
from generations.calling.links import LASTS, link
from generations.calling.ordering import order
from generations.calling.outcome import outcome
from generations.calling.routing import called
from generations.calling.waiting import place
from generations.catalogue import by_wire_id
from generations.catalogue.settle import complete
from generations.compat import body
from generations.compat.counter import Door, Gone, come_in, hand_over, ignored, lighter, named, passed, read_request, receive, wish
from generations.compat.denial import misread
from generations.compat.task import STYLES
from generations.dialects import get_asking
from generations.dialects.dialect import Asked
from generations.dialects.faults import EMPTY, failed
from generations.dialects.outcome import Accepted, Finished, Next, Pending, Sent, Trouble
from generations.models import Generation, Role, Scope, Status

REPLAYED = "Idempotency-Replayed"
OVER = (Next.WAIT, Next.REPORT)  # a program would ask on and on: for it this is over
PROGRESS = {Status.SENDING: 10, Status.WAITING: 50, Status.COLLECTING: 90}


def submit(door: Door, request: HttpRequest) -> HttpResponse:
    began, caller = timezone.now(), come_in(door, request, Scope.GENERATE)
    large = body.announced(request) > room.SMALL
    with place(caller.user.pk) if large else nullcontext():
        received = receive(door, request)
        asked = read_request(door, received)
        with place(caller.user.pk) if asked.references and not large else nullcontext():
            generation = order(caller, wish(door, received, documented(door, asked)), partial(stay, request))
    task = STYLES[door.dialect.NAME].write(generation.uid)
    response = passed(door.dialect.write_answer(lighter(asked), Accepted(task), int(time())))
    if generation.created_at < began:
        response[REPLAYED] = "true"
    return named(hand_over(response, generation, request), generation, ignored(door, received))


def stay(request: HttpRequest) -> None:
    """References may have taken longer than a program waits. Nothing is begun for one that has hung up, and may be calling again."""
    if gone(request):
        raise Gone


def documented(door: Door, asked: Asked) -> Asked:
    """What a program leaves out is what its provider's documents say, whoever makes it."""
    engine = by_wire_id(door.dialect.NAME, asked.wire_id, len(asked.references))
    return replace(asked, request=complete(asked.request, engine)) if engine else asked


def ask(door: Door, request: HttpRequest) -> HttpResponse:
    """A program that only makes images may ask for its own; for those of others it has to be allowed to look at them."""
    caller = come_in(door, request, Scope.READ, instead=Scope.GENERATE)
    dialect = get_asking(door.dialect.NAME)
    task = dialect.read_question(receive(door, request))
    if isinstance(task, Trouble):
        raise misread(task)
    generation = find(caller, door.dialect.NAME, task)
    if generation is None:
        return passed(dialect.write_status(task, unheard(), int(time())))
    now = outcome(generation, partial(link, request), called(generation.engine, door.dialect.NAME))
    return named(passed(dialect.write_status(task, told(generation, now), int(time()))), generation)


def find(caller: Caller, dialect: str, task: str) -> Generation | None:
    uid = STYLES[dialect].read(task)
    found = Generation.objects.seen_by(caller.user, caller.team, administrates=caller.membership.may(Role.ADMIN))
    if not caller.may(Scope.READ):
        found = found.filter(token=caller.token)
    return found.filter(uid=uid).first() if uid else None


def unheard() -> Trouble:
    return Trouble(Next.REPORT, Sent.NO, _("There is no such task."))


def told(generation: Generation, now: Pending | Finished | Trouble) -> Pending | Finished | Trouble:
    """To a program the studio is the provider: whatever became of its task, it was taken on, and has failed or is done.

    Some pictures of several are a success with fewer, or it would throw away what was paid for.
    """
    if isinstance(now, Pending):
        return replace(now, progress=PROGRESS.get(Status(generation.status), 0))
    if isinstance(now, Trouble):
        return over(now)
    if not now.pictures:
        return over(next((item.trouble for item in now.items if item.trouble), failed(EMPTY, False)))
    return replace(now, items=now.pictures, expires_at=int(time() + LASTS.total_seconds()))


def over(trouble: Trouble) -> Trouble:
    said = " ".join(filter(None, [trouble.sentence, trouble.said]))
    next = Next.RUN_AGAIN if trouble.next in OVER else trouble.next
    return replace(trouble, next=next, sent=Sent.YES, free=trouble.charged is False, said=said)
