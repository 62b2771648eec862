"""What a finished order looks like to whoever bought it."""

from math import ceil

from generations.dialects.outcome import Finished, Item, Trouble
from generations.sandbox.links import content, expiry, links
from generations.sandbox.order import Order
from generations.sandbox.world import World


def finished(world: World, order: Order, base: str) -> Finished | Trouble:
    if order.refused:
        return order.refused
    price = order.engine.price
    return Finished(
        items=items(world, order, base),
        billed=order.billed,
        cost=price.image * order.billed if price else None,
        expires_at=ceil(expiry(world, order)),
        engine=order.asked.wire_id,
        request_id=order.id,
    )


def items(world: World, order: Order, base: str) -> tuple[Item, ...]:
    found = []
    for place, (piece, link) in enumerate(zip(order.pieces, links(world, order, base), strict=True)):
        if piece.trouble:
            found.append(Item(trouble=piece.trouble))
        elif order.asked.inline:
            found.append(Item(content=content(world, order, piece, f"{order.id}-{place}"), size=piece.size))
        else:
            found.append(Item(link, size=piece.size))
    return tuple(found)
