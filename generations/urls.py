"""The table of contents of the product."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView

from generations.account.entry import join, set_up
from generations.account.views import account, preferences
from generations.administration.accounts import account_page, add_account, choose_engines, switch_account, try_key
from generations.administration.views import administration
from generations.collection.views import collections
from generations.compose.views import compose
from generations.gallery.views import gallery
from generations.review.views import review
from generations.team.views import switch, team, withdraw
from generations.usage.views import usage

urlpatterns = [
    path("", compose, name="compose"),
    path("gallery/", gallery, name="gallery"),
    path("collections/", collections, name="collections"),
    path("review/", review, name="review"),
    path("usage/", usage, name="usage"),
    # people
    path("team/", team, name="team"),
    path("team/switch/", switch, name="switch_team"),
    path("team/invitations/<int:pk>/withdraw/", withdraw, name="withdraw_invitation"),
    path("join/<str:token>/", join, name="join"),
    path("set-up/<str:token>/", set_up, name="set_up"),
    path("account/", account, name="account"),
    path("account/preferences/", preferences, name="preferences"),
    # whoever let a person in vouches for their address, so it is not theirs to change
    path("account/email/", RedirectView.as_view(pattern_name="account"), name="account_email"),
    path("account/", include("allauth.urls")),
    path("favicon.ico", login_not_required(lambda request: redirect(static("mark.svg")))),
    # those who hold keys, users and teams
    path("administration/", administration, name="administration"),
    path("administration/accounts/new/", add_account, name="add_account"),
    path("administration/accounts/<int:pk>/", account_page, name="account_page"),
    path("administration/accounts/<int:pk>/switch/", switch_account, name="switch_account"),
    path("administration/accounts/<int:pk>/test/", try_key, name="try_key"),
    path("administration/accounts/<int:pk>/engines/", choose_engines, name="choose_engines"),
]
