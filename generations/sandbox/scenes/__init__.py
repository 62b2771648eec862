"""Every picture the sandbox can paint, and how far it can be stretched before it is better painted twice."""

from collections.abc import Callable
from dataclasses import dataclass

from generations.sandbox.easel.brief import Brief
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.scenes.arcade import arcade
from generations.sandbox.scenes.botany import botany
from generations.sandbox.scenes.coast import coast
from generations.sandbox.scenes.cutouts import cutouts
from generations.sandbox.scenes.desert import desert
from generations.sandbox.scenes.harbour import harbour
from generations.sandbox.scenes.hills import hills
from generations.sandbox.scenes.mountains import mountains
from generations.sandbox.scenes.pond import pond
from generations.sandbox.scenes.stairs import stairs
from generations.sandbox.scenes.still import still
from generations.sandbox.scenes.tiles import tiles
from generations.sandbox.scenes.tin import tin
from generations.sandbox.scenes.waves import waves
from generations.sandbox.scenes.window import window

ANY = ()


@dataclass(frozen=True)
class Scene:
    draw: Callable[[Canvas, Brief], None]
    narrow: float  # the smallest and the largest width divided by height that one picture of it can carry
    broad: float
    palettes: tuple[str, ...] = ANY  # where it looks its best


SCENES = {
    "hills": Scene(hills, 0.5, 4.5, ("mist", "dawn", "dusk", "noon", "autumn", "olive", "rose", "cedar", "plum")),
    "mountains": Scene(mountains, 0.5, 4, ("winter", "dusk", "dawn", "noon", "cedar", "plum", "rose")),
    "desert": Scene(desert, 0.5, 4.5, ("desert", "rose", "dusk", "plum", "dawn", "autumn", "night")),
    "coast": Scene(coast, 0.5, 3.2, ("dusk", "cobalt", "dawn", "mist", "lagoon", "cedar", "rose", "plum")),
    "waves": Scene(waves, 0.36, 5, ("cobalt", "cedar", "mist", "dawn", "night", "winter", "lagoon", "rose")),
    "tiles": Scene(tiles, 0.06, 17),
    "cutouts": Scene(cutouts, 0.06, 17),
    "harbour": Scene(harbour, 0.5, 5, ("night", "dusk", "plum", "cobalt", "dawn", "winter")),
    "pond": Scene(pond, 0.3, 3.5, ("cedar", "lagoon", "mist", "night", "dusk", "olive", "noon")),
    "botany": Scene(botany, 0.4, 5),
    "still": Scene(still, 0.55, 2.1),
    "tin": Scene(tin, 0.55, 1.9),
    "arcade": Scene(arcade, 0.5, 4, ("dusk", "rose", "mist", "cobalt", "plum", "desert", "citrus", "dawn")),
    "stairs": Scene(stairs, 0.45, 1.9, ("noon", "cobalt", "dusk", "rose", "plum", "desert", "dawn")),
    "window": Scene(window, 0.5, 1.8),
}
