"""Asking whether an image is good, and answering. An answer belongs to the bytes it was given for, and is only ever added to."""

from generations.reviewing.ask import arrive, ask
from generations.reviewing.decide import Decided, Unfit, decide, standing, take_back
from generations.reviewing.line import waiting

__all__ = ["Decided", "Unfit", "arrive", "ask", "decide", "standing", "take_back", "waiting"]
