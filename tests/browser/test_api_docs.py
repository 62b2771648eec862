"""The API's page in a real browser: read, copied from, by keyboard and on a phone."""

import pytest
from playwright.sync_api import expect

from generations.models import User
from tests.browser.axe import serious
from tests.browser.conftest import sign_in
from tests.servers.chromium import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
