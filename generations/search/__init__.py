"""Finding pictures. What a picture shows and what it is are words of one index, so every question is one look into it.

A filter and a word of the prompt are the same kind of thing here, which keeps any combination of them as quick as one alone.
The index only proposes: whoever shows a picture reads its row, and asks there whether it may be seen.
"""

from generations.search.find import find
from generations.search.keep import index, rebuild, renew

__all__ = ["find", "index", "rebuild", "renew"]
