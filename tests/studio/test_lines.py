import logging

import pytest

from generations.models import User
from tests.cast import client_of

pytestmark = pytest.mark.django_db


def test_a_refusal_is_one_line_of_the_log(designer: User, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING, "django.request"):
        assert client_of(designer).get("/team/policies/").status_code == 403
    (line,) = (record for record in caplog.records if record.name == "django.request")
    assert (line.getMessage(), line.exc_info) == ("Forbidden (Permission denied): /team/policies/", None)
