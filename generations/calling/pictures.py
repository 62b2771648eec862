"""What a program gets of a picture: the original, or where it is sealed the largest copy that is open to its person."""

from generations.access import largest_copy, sees_original
from generations.calling.caller import Caller
from generations.media import names
from generations.media.names import Name
from generations.media.store import store
from generations.models import Image, Membership


def best(membership: Membership, image: Image) -> Name:
    if sees_original(membership, image):
        return names.original(image.sha256, image.format)
    return names.derived(image.sha256, largest_copy(image.width, image.height))


def content(caller: Caller, image: Image) -> bytes:
    """For an answer that carries its pictures. They came through the way out, which lets nothing in that is larger than a picture."""
    with store().open(best(caller.membership, image)) as file:
        return file.read()
