"""A palette taken from somebody's pictures."""

from collections.abc import Sequence

from PIL import Image

from generations.sandbox.easel.colour import Colour, at, chroma, distance, lightness, mix, tame
from generations.sandbox.easel.palette import Palette

PAPER, INK = (246, 241, 230), (26, 26, 32)


def flat(picture: Image.Image, longest: int = 1024) -> Image.Image:
    """Small enough to work with, without transparency, eight bits deep."""
    if picture.mode[0] in "IF":
        picture = picture.convert("F").point(lambda value: value * (1 / 256) + 0).convert("L")
    small = picture.convert("RGBA")
    small.thumbnail((longest, longest), Image.Resampling.BICUBIC)
    sheet = Image.new("RGB", small.size, (255, 255, 255))
    sheet.paste(small, mask=small.getchannel("A"))
    return sheet


def dominant(picture: Image.Image, count: int = 8) -> list[Colour]:
    """The commonest colours, the commonest first."""
    few = picture.resize((72, 72), Image.Resampling.BOX).quantize(count, Image.Quantize.MEDIANCUT)
    table, counts = few.getpalette() or [], few.getcolors() or []
    order = [int(i) for _, i in sorted(counts, reverse=True) if isinstance(i, int)]
    return [(table[3 * i], table[3 * i + 1], table[3 * i + 2]) for i in order]


def borrowed(pictures: Sequence[Image.Image]) -> Palette:
    """The strongest colours lead; the others set the light and the dark."""
    found = [colour for picture in pictures for colour in dominant(picture)]
    strong = _apart(sorted(found, key=lambda colour: -chroma(colour)))
    main, dark, pale = found[0], min(found, key=lightness), max(found, key=lightness)
    accents = tuple(at(colour, min(max(lightness(colour), 0.5), 0.78)) for colour in (*strong, *strong, *strong)[:3])
    sky = at(main, 0.82) if lightness(main) > 0.42 else at(main, 0.38)
    return Palette(
        name="borrowed",
        high=sky,
        low=at(mix(tame(pale, 0.8), strong[-1], 0.12), 0.92 if lightness(main) > 0.42 else 0.7),
        glow=mix(at(pale, 0.96), (255, 240, 205), 0.6),
        far=at(mix(main, strong[0], 0.25), 0.68),
        near=at(mix(dark, strong[0], 0.2), 0.34),
        accents=(accents[0], accents[1], accents[2]),
        paper=at(mix(PAPER, pale, 0.2), 0.95),
        ink=at(mix(INK, dark, 0.5), 0.2),
    )


def _apart(colours: list[Colour]) -> list[Colour]:
    kept: list[Colour] = []
    for colour in colours:
        if all(distance(colour, other) > 0.12 for other in kept):
            kept.append(colour)
    return kept[:3]
