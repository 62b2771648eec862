"""Colours that belong together, by what they are for. A scene asks for a purpose, never for a colour."""

from dataclasses import dataclass, replace

from generations.sandbox.easel.colour import Colour, lightness, rgb


@dataclass(frozen=True)
class Palette:
    name: str
    high: Colour  # the sky above
    low: Colour  # the sky at the horizon, and mist
    glow: Colour  # sun, moon, lamps
    far: Colour
    near: Colour
    accents: tuple[Colour, Colour, Colour]  # the lead, a golden one, a cool one
    paper: Colour
    ink: Colour

    @property
    def dark(self) -> bool:
        return lightness(self.high) < 0.45

    def led_by(self, colour: Colour) -> "Palette":
        """The same palette with another first accent."""
        return replace(self, accents=(colour, *self.accents[1:]))


def _palette(name: str, sky: str, land: str, accents: str, print_: str) -> Palette:
    high, low, glow = (rgb(code) for code in sky.split())
    far, near = (rgb(code) for code in land.split())
    first, second, third = (rgb(code) for code in accents.split())
    paper, ink = (rgb(code) for code in print_.split())
    return Palette(name, high, low, glow, far, near, (first, second, third), paper, ink)


PALETTES = {
    palette.name: palette
    for palette in (
        #         name       high   low    glow     far    near     accents                paper  ink
        _palette("dawn", "e6b4a2 fbe8d0 fff3dc", "c9a6a6 5b4654", "cf4b55 ecae52 41688a", "f7efe2 2b2530"),
        _palette("mist", "bcd6dc eef1e2 fff6de", "b4cdc6 1d594d", "d8432f e3b04b 2f7468", "f4efe2 15302b"),
        _palette("dusk", "43507f f4ab8c ffe6c4", "9f7f9c 2b2b4e", "ef6b4c f5c568 6482bb", "f6e9db 1d1c35"),
        _palette("night", "0d1f3b 37617d fbedc6", "38607f 0a1a2e", "f0b246 d85b3d 64a3ba", "f1e9d6 081220"),
        _palette("desert", "f2b98a fbe2c0 fff2d4", "e5ab7c 8f4f30", "c64a31 efb24c 2f7377", "faefde 3b2119"),
        _palette("noon", "5aa9bb e2f1e6 fff7df", "a6c9bb 2c6a50", "e2583a f1b530 2f62a8", "f6f2e5 17323a"),
        _palette("autumn", "e7c7a2 f9eacf fff1cf", "d5a871 6a3122", "b43d24 e09f3f 3c6458", "f7edda 2d1a15"),
        _palette("winter", "a5bedb f5e4d9 fff2dc", "b5c2d6 23425e", "c8583f e8b868 5a83aa", "f4f4f1 15263b"),
        _palette("lagoon", "1c7c85 bfe4d4 fdf3d0", "6fb7a9 0c424f", "f06d4e f6c860 2a9187", "f1f0e0 082f38"),
        _palette("rose", "f2b3ad fbe5d9 fff1de", "dd9a96 74394a", "c5424f f1a75e 345a6e", "fbefe6 2e1a26"),
        _palette("olive", "d7dcb6 f5f1d6 fff4cf", "b5bd88 3c4b29", "b84a30 d9a341 6d8140", "f4f0dd 21270f"),
        _palette("cobalt", "2c52a0 a4c5e6 fff0c9", "6f97cd 172f66", "ee5435 f6c544 3f7fc4", "f5efe0 121f49"),
        _palette("plum", "6d4d7a f1bba8 ffe9c9", "a77d99 36233f", "e8714e f2be5c 6f9a8c", "f6e9df 221529"),
        _palette("linen", "dfd8c6 f5f0e4 fffaf0", "c9c1b0 403e3a", "b5472f c8a163 627a7e", "f4efe4 2b2a28"),
        _palette("citrus", "f5d37a fdf0c6 fffbe6", "e6b754 2f6152", "e86134 f2a92f 2c9486", "fcf4de 233f4a"),
        _palette("cedar", "86aeb0 f3e3c6 fff2d3", "8aa79b 173c3d", "cb5434 e5ad4e 3b6f80", "f3ecdb 102a2c"),
    )
}
