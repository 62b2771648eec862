"""Who is told of what: in the page, by letter, and programs by signed calls.

Nobody has to say that something happened. `watch` looks at the rows that have changed since it last looked, a minute twice because
transactions end in another order than they began, and writes what is to be told. Keys make it once, whoever looks, and however often.
"""

from generations.telling.news import News, publish, tell
from generations.telling.watch import purge, watch

__all__ = ["News", "publish", "purge", "tell", "watch"]
