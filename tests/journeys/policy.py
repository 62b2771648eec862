"""A team looks at every image from now on: `python -m tests.journeys.policy "Studio 3"`, inside the studio's own settings. With `sealed`
it also keeps originals closed until they are approved.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
django.setup()

from generations.models import Reviewing, Team  # noqa: E402

if __name__ == "__main__":
    Team.objects.filter(name=sys.argv[1]).update(review=Reviewing.EVERY, sealed="sealed" in sys.argv)
