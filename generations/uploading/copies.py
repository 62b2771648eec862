"""A picture of the gallery as a reference: cleaned like anybody's file, so that labels of the provider do not travel on.

Also where its team keeps the original closed: as a reference its pixels go to a provider, and people see a small copy of it, never the
file. Whether somebody may see it at all is for whoever asks for the copy.
"""

from django.utils.translation import gettext as _

from generations.media import names
from generations.media.store import store
from generations.models import Image, Team, Upload, User
from generations.uploading.keep import keep
from generations.uploading.unfit import Unfit


def copy(image: Image, user: User, team: Team) -> Upload:
    try:
        with store().open(names.original(image.sha256, image.format)) as file:
            upload = keep(file, image.generation.prompt[:80].replace("/", " "), user, team)
    except FileNotFoundError:
        raise Unfit(_("The file of this picture is missing. Tell whoever runs the studio."), 404) from None
    return come_from(upload, image.pk)


def come_from(upload: Upload, image: int | None) -> Upload:
    """What it was made of, so that the image can tell where it was used; who gave it first is believed."""
    Upload.objects.filter(pk=upload.pk, image=None).update(image=image)
    return upload
