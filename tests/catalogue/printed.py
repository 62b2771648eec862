"""The size tables as the five documents print them, label by label. `MISPRINTS` are labels that contradict their own pixels."""

TWO = "1:1 2048x2048 4:3 2304x1728 3:4 1728x2304 16:9 2848x1600 9:16 1600x2848 3:2 2496x1664 2:3 1664x2496 21:9 3136x1344"
THREE = "1:1 3072x3072 4:3 3456x2592 3:4 2592x3456 16:9 4096x2304 9:16 2304x4096 3:2 3744x2496 2:3 2496x3744 21:9 4704x2016"
FOUR = "1:1 4096x4096 4:3 4704x3520 3:4 3520x4704 16:9 5504x3040 9:16 3040x5504 3:2 4992x3328 2:3 3328x4992 21:9 6240x2656"
ONE = "1:1 1024x1024 4:3 864x1152 3:4 1152x864 16:9 1280x720 9:16 720x1280 3:2 832x1248 2:3 1248x832 21:9 1512x648"

PRINTED = {
    ("apimart/seedream-5.0-lite", "2K"): TWO,  # 002, the full table
    ("apimart/seedream-5.0-lite", "3K"): THREE,
    ("apimart/seedream-5.0-lite", "4K"): FOUR,
    ("gateway/seedream-5.0", "2K"): TWO,  # 004
    ("gateway/seedream-5.0", "3K"): THREE,
    ("gateway/seedream-4.5", "2K"): TWO,
    ("gateway/seedream-4.5", "4K"): FOUR,
    ("gateway/seedream-4.0", "1K"): ONE,
    ("gateway/seedream-4.0", "2K"): TWO,
    ("gateway/seedream-4.0", "4K"): FOUR,
    ("gateway/seedream-3.0-t2i", "1K"): ONE,
}

# 004 prints portrait pixels beside these landscape ratios, and the other way round, in both of its tables of about 1024 pixels.
MISPRINTS = {"4:3": "3:4", "3:4": "4:3", "3:2": "2:3", "2:3": "3:2"}

# 003 prints no labels, only what `size` may be.
ANYFAST = """
2048x2048 1728x2304 2304x1728 2848x1600 1600x2848 2496x1664 1664x2496 3136x1344
3072x3072 2592x3456 3456x2592 4096x2304 2304x4096 2496x3744 3744x2496 4704x2016
"""

# 000 and 001 print no tables; their pixels are those of the same models in 004.
UNPRINTED = {
    ("tensorslab/seedream-5.0-lite", "2K"): TWO,
    ("tensorslab/seedream-4.5", "2K"): TWO,
    ("tensorslab/seedream-4.5", "4K"): FOUR,
}

# 004, the part of SeedEdit's table that it shows.
ADAPTIVE = """
0.33 512x1536 0.35 544x1536 0.38 576x1536 0.4 608x1536 0.42 640x1536 0.47 640x1376
0.51 672x1312 0.55 704x1280 0.56 736x1312 0.6 768x1280 0.63 768x1216
"""


def pairs(text: str) -> list[tuple[str, str]]:
    words = text.split()
    return list(zip(words[::2], words[1::2], strict=True))


def rows(tables: dict[tuple[str, str], str]) -> list[tuple[str, str, str, str]]:
    """Engine, tier, ratio, pixels."""
    return [(engine, tier, ratio, size) for (engine, tier), text in tables.items() for ratio, size in pairs(text)]
