"""Django's own administration, for emergencies, behind the studio's sign-in with its limits and second factors."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class StudioAdminConfig(AdminConfig):
    default_site = "studio.admin.StudioAdminSite"


class StudioAdminSite(AdminSite):
    site_header = site_title = "Seedbed"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.login = secure_admin_login(self.login)  # type: ignore[method-assign]
