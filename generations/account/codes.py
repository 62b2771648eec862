"""The second factor: a wrong code is a sign-in that failed, and is written down like a wrong password."""

from allauth.mfa.base.forms import AuthenticateForm
from django.core.exceptions import ValidationError

from generations.account import arrivals


class CodeForm(AuthenticateForm):
    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()
        except ValidationError:
            arrivals.failed(self.user)
            raise
        return code
