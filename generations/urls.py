"""The table of contents of the product."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from generations.account.entry import join, set_up
from generations.account.views import account, preferences
from generations.administration.accounts import account_page, add_account, reopen, switch_account, try_key
from generations.administration.engines import choose_engines
from generations.administration.unknown import decide, failures, raw_answer, unknown
from generations.administration.views import administration
from generations.collection.collect import collect, move_image, take_out
from generations.collection.views import change_collection, collections, delete_collection
from generations.compose.actions import came, check_again, missing, not_came, rerun, resend, stop
from generations.compose.feed import feed
from generations.compose.generate import generate
from generations.compose.prompts import prompts
from generations.compose.templates import delete_template, template, templates, use_template
from generations.compose.uploads.library import forget_upload, library, share_upload, upload_picture
from generations.compose.uploads.views import upload
from generations.compose.views import compose, composer
from generations.gallery.actions import collect_all, count_all, download_zip, restore_all, star_all, trash_all
from generations.gallery.collected import collection
from generations.gallery.compare import compare
from generations.gallery.download import download
from generations.gallery.files import original, picture
from generations.gallery.inspector import inspector
from generations.gallery.lightbox import image
from generations.gallery.marks import mark
from generations.gallery.sharing import share
from generations.gallery.variations import variations
from generations.gallery.views import gallery, trash
from generations.review.views import review
from generations.team.views import switch, team, withdraw
from generations.usage.views import usage

urlpatterns = [
    path("", compose, name="compose"),
    path("composer/", composer, name="composer"),
    path("generate/", generate, name="generate"),
    path("prompts/", prompts, name="prompts"),
    path("templates/", templates, name="templates"),
    path("templates/<slug:pk>/", template, name="template"),
    path("templates/<slug:pk>/use/", use_template, name="use_template"),
    path("templates/<slug:pk>/delete/", delete_template, name="delete_template"),
    # requests and what became of them
    path("feed/", feed, name="feed"),
    path("generations/<uuid:uid>/rerun/", rerun, name="rerun"),
    path("generations/<uuid:uid>/missing/", missing, name="missing"),
    path("generations/<uuid:uid>/stop/", stop, name="stop"),
    path("generations/<uuid:uid>/check-again/", check_again, name="check_again"),
    path("generations/<uuid:uid>/resend/", resend, name="resend"),
    path("generations/<uuid:uid>/came/", came, name="came"),
    path("generations/<uuid:uid>/not-came/", not_came, name="not_came"),
    # pictures that go in
    path("references/", library, name="library"),
    path("uploads/", upload, name="upload"),
    re_path(r"^uploads/(?P<sha256>[0-9a-f]{64})\.webp$", upload_picture, name="upload_picture"),
    re_path(r"^uploads/(?P<sha256>[0-9a-f]{64})/share/$", share_upload, name="share_upload"),
    re_path(r"^uploads/(?P<sha256>[0-9a-f]{64})/forget/$", forget_upload, name="forget_upload"),
    path("gallery/", gallery, name="gallery"),
    path("gallery/trash/", trash, name="trash"),
    # what is done with chosen pictures
    path("gallery/count/", count_all, name="count_all"),
    path("gallery/zip/", download_zip, name="zip"),
    path("gallery/star/", star_all, name="star_all"),
    path("gallery/collect/", collect_all, name="collect_all"),
    path("gallery/discard/", trash_all, name="trash_all"),
    path("gallery/restore/", restore_all, name="restore_all"),
    # one image
    path("images/<uuid:uid>/<int:side>.webp", picture, name="picture"),
    path("images/<uuid:uid>/original", original, name="original"),
    path("images/<uuid:uid>/", image, name="image"),
    path("images/<uuid:uid>/inspector/", inspector, name="inspector"),
    path("images/<uuid:uid>/mark/", mark, name="mark"),
    path("images/<uuid:uid>/download/", download, name="download"),
    path("compare/", compare, name="compare"),
    path("generations/<uuid:uid>/variations/", variations, name="variations"),
    path("generations/<uuid:uid>/share/", share, name="share"),
    path("collections/", collections, name="collections"),
    path("collections/collect/", collect, name="collect"),
    path("collections/<uuid:uid>/", collection, name="collection"),
    path("collections/<uuid:uid>/change/", change_collection, name="change_collection"),
    path("collections/<uuid:uid>/delete/", delete_collection, name="delete_collection"),
    path("collections/<uuid:uid>/remove/", take_out, name="take_out"),
    path("collections/<uuid:uid>/move/", move_image, name="move_image"),
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
    path("administration/unknown/", unknown, name="unknown"),
    path("administration/unknown/<int:pk>/answer.txt", raw_answer, name="raw_answer"),
    path("administration/unknown/<int:pk>/<slug:choice>/", decide, name="decide"),
    path("administration/failures/", failures, name="failures"),
    path("administration/accounts/new/", add_account, name="add_account"),
    path("administration/accounts/<int:pk>/", account_page, name="account_page"),
    path("administration/accounts/<int:pk>/switch/", switch_account, name="switch_account"),
    path("administration/accounts/<int:pk>/reopen/", reopen, name="reopen_account"),
    path("administration/accounts/<int:pk>/test/", try_key, name="try_key"),
    path("administration/accounts/<int:pk>/engines/", choose_engines, name="choose_engines"),
]
