from django.utils.translation import gettext as _


def reasons() -> list[str]:
    """Why images are rejected most, each one key away. They go into the decision as they are read here."""
    return [
        _("Not what was asked for"),
        _("Bodies, hands or objects are wrong"),
        _("Words or letters are wrong"),
        _("Not our style"),
        _("Blurred, noisy or cut off"),
    ]
