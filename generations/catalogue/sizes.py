"""Sizes in pixels, and the tables that the family shares.

Orientation always follows from the numbers: seed document 004 prints portrait pixels under landscape labels for 3.0 and for
1K of 4.0, and WxH is what a server obeys.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

RATIOS = ("1:1", "4:3", "3:4", "16:9", "9:16", "3:2", "2:3", "21:9")
AUTO = "auto"  # the engine chooses the ratio, from the prompt or the references

LONGEST = 99_999  # of a side that can be written
WRITTEN = re.compile(r"([1-9][0-9]{0,4})[x×]([1-9][0-9]{0,4})")


@dataclass(frozen=True)
class Size:
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"

    @property
    def pixels(self) -> int:
        return self.width * self.height

    @property
    def aspect(self) -> float:
        return self.width / self.height

    @staticmethod
    def read(text: str) -> "Size | None":
        found = WRITTEN.fullmatch(text)
        return Size(int(found[1]), int(found[2])) if found else None


Table = Mapping[str, Size]


def known(text: str) -> Size:
    width, _, height = text.partition("x")
    return Size(int(width), int(height))


def table(*sizes: str) -> Table:
    """Sizes in the order of RATIOS."""
    return dict(zip(RATIOS, map(known, sizes), strict=True))


# Seed documents 002, 003 and 004; 1K stands only in 004, its mixed-up labels put right as on Ark's own page.
K1 = table("1024x1024", "1152x864", "864x1152", "1280x720", "720x1280", "1248x832", "832x1248", "1512x648")
K2 = table("2048x2048", "2304x1728", "1728x2304", "2848x1600", "1600x2848", "2496x1664", "1664x2496", "3136x1344")
K3 = table("3072x3072", "3456x2592", "2592x3456", "4096x2304", "2304x4096", "3744x2496", "2496x3744", "4704x2016")
K4 = table("4096x4096", "4704x3520", "3520x4704", "5504x3040", "3040x5504", "4992x3328", "3328x4992", "6240x2656")

# 5.0 pro and flash, from the Ark and BytePlus pages; 5.5 is taken to be the same.
PRO_K1 = table("1024x1024", "1152x864", "864x1152", "1424x800", "800x1424", "1248x832", "832x1248", "1568x672")
PRO_K15 = table("1536x1536", "1792x1344", "1344x1792", "2048x1152", "1152x2048", "1872x1248", "1248x1872", "2352x1008")
PRO_K2 = table("2048x2048", "2368x1776", "1776x2368", "2816x1584", "1584x2816", "2496x1664", "1664x2496", "3136x1344")
