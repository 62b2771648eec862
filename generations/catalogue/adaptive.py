"""SeedEdit's sizes: it takes the one whose ratio is nearest to the reference's.

The first eleven rows are from seed document 004, which breaks off there; the rest is from Ark's page. The order is theirs,
1.82 before 1.78 included: of equally near ones the first wins.
"""

from generations.catalogue.sizes import Size, known

PRINTED = """
0.33 512x1536 0.35 544x1536 0.38 576x1536 0.4 608x1536 0.42 640x1536 0.47 640x1376 0.51 672x1312 0.55 704x1280 0.56 736x1312
0.6 768x1280 0.63 768x1216 0.66 800x1216 0.67 832x1248 0.7 832x1184 0.72 832x1152 0.75 864x1152 0.78 896x1152 0.82 896x1088
0.85 928x1088 0.88 960x1088 0.91 992x1088 0.94 1024x1088 0.97 1024x1056 1 1024x1024 1.06 1056x992 1.1 1088x992 1.17 1120x960
1.24 1152x928 1.29 1152x896 1.33 1152x864 1.42 1184x832 1.46 1216x832 1.5 1248x832 1.56 1248x800 1.62 1248x768 1.67 1280x768
1.74 1280x736 1.82 1280x704 1.78 1312x736 1.86 1312x704 1.95 1312x672 2 1344x672 2.05 1376x672 2.1 1408x672 2.2 1408x640
2.25 1440x640 2.3 1472x640 2.35 1504x640 2.4 1536x640 2.53 1536x608 2.67 1536x576 2.82 1536x544 3 1536x512
"""

WORDS = PRINTED.split()
ADAPTIVE = tuple((float(ratio), known(size)) for ratio, size in zip(WORDS[::2], WORDS[1::2], strict=True))


def adapted(aspect: float) -> Size:
    """What comes back for a reference of this width by height."""
    return min(ADAPTIVE, key=lambda row: abs(row[0] - aspect))[1]
