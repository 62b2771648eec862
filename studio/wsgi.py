import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
gc.disable()  # nothing of what is read now ever goes again
application = get_wsgi_application()
reverse("compose")  # reads all pages: once, before the web server forks, and not while somebody waits for the first of them
gc.freeze()
gc.enable()
