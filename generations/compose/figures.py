"""The composer's figures, in words."""

from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from generations.catalogue.problem import number
from generations.catalogue.sizes import AUTO
from generations.compose import choices
from generations.compose.composer import Composer
from generations.compose.said import run
from generations.pipeline.money import format_money
from generations.web.words import pixels

NEAR = 0.8  # of a limit: from here on it is said


class Figures:
    def __init__(self, composer: Composer) -> None:
        self.composer, self.filled, self.engine = composer, composer.filled, composer.engine

    @property
    def length(self) -> str:
        """Of the longest prompt."""
        count = max(map(len, self.filled.lines()))
        limit = self.engine.prompt_limit if self.engine else 0
        if count > limit * NEAR:
            return _("%(count)s of %(most)s characters") % {"count": number(count), "most": number(limit)}
        return ngettext("%(n)s character", "%(n)s characters", count) % {"n": number(count)}

    @property
    def multiplied(self) -> str:
        prompts, count = len(self.composer.requests), self.composer.count
        if count is None:
            return ngettext("%(n)s prompt", "%(n)s prompts", prompts) % {"n": prompts}
        figures = {"n": prompts, "each": self.filled.images.strip(), "count": count}
        return ngettext("%(n)s prompt × %(each)s = %(count)s images", "%(n)s prompts × %(each)s = %(count)s images", prompts) % figures

    @property
    def times(self) -> str:
        """How the total comes about, where it is that simple."""
        offer, count = self.composer.offer, self.composer.count or 0
        if offer is None or self.composer.total is None:
            return _("no price set") if offer and offer.price is None else ""
        if self.composer.plain_price:
            return f"{count} × {format_money(offer.price)}"
        return ngettext("%(n)s image at most", "%(n)s images at most", count) % {"n": count}

    @property
    def left(self) -> str:
        return format_money(self.composer.left.left)

    @property
    def short(self) -> str:
        """All of it in one line, for a phone."""
        count = len(self.composer.references)
        references = ngettext("%(n)s reference", "%(n)s references", count) % {"n": count} if count else ""
        total = "" if self.composer.total is None else format_money(self.composer.total)
        return " · ".join(filter(None, [f"{self.filled.images} × {self.shape}", references, total]))

    @property
    def shape(self) -> str:
        if self.filled.exact:
            return self.composer.size
        ratio = _("auto") if self.filled.ratio == AUTO else self.filled.ratio
        return " ".join(filter(None, [ratio, self.filled.tier]))

    @property
    def calls(self) -> str:
        """What the sheet of what will be sent begins with."""
        offer, count = self.composer.offer, len(self.composer.requests)
        if offer is None:
            return ""
        figures = {"n": count, "account": offer.account, "engine": offer.engine.wire_id}
        one, more = _("One call to %(account)s, %(engine)s."), _("%(n)s calls to %(account)s, %(engine)s. This is the first.")
        calls = (one if count == 1 else more) % figures
        total = self.composer.total
        return run([calls, "" if total is None else _("At most %(total)s.") % {"total": format_money(total)}])

    @property
    def range(self) -> str:
        """Exact pixels, from the smallest square to the most."""
        free = self.engine.free if self.engine else None
        if free is None:
            return ""
        figures = {"least": number(free.least), "most": number(free.most), "side": self.square(free.least)}
        return _("%(least)s to %(most)s pixels in all; the smallest square is %(side)s.") % figures

    @staticmethod
    def square(least: int) -> str:
        side = int(least**0.5)
        side += side * side < least
        return pixels(side, side)

    @property
    def guidance(self) -> dict[str, str]:
        rule = self.engine.guidance if self.engine else None
        return {name: f"{getattr(rule, name):g}" for name in ("least", "most", "usual")} if rule else {}

    @property
    def seed_note(self) -> str:
        return _(self.engine.seed_note) if self.engine and self.engine.seed_note else ""

    @property
    def format(self) -> str:
        return self.filled.format or (self.engine.formats[0] if self.engine else "")

    @property
    def has_finer(self) -> bool:
        engine = self.engine
        chosen = engine and (len(engine.formats) > 1 or engine.watermark is not None or engine.free)
        return bool(chosen or (engine and (engine.seed or engine.guidance or engine.logo or engine.web_search)))

    @cached_property
    def finer_points(self) -> str:
        return " · ".join(choices.finer_points(self.filled, self.engine)) if self.engine else ""
