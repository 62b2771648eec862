"""The table of contents of the product."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from generations.account.entry import join, set_up
from generations.account.tokens import revoke_token, tokens
from generations.account.views import account, mails, preferences
from generations.administration.accounts import account_page, add_account, pause, reopen, switch_account, try_key
from generations.administration.chronicle import export_journal, journal_page
from generations.administration.engines import choose_engines
from generations.administration.health import health
from generations.administration.members import change_member
from generations.administration.overview import administration
from generations.administration.people import people
from generations.administration.person import change_person, join_team, person
from generations.administration.prices import export_prices
from generations.administration.storage import count_now, storage
from generations.administration.teams import add_to_team, close_team, team_budget, team_record, teams
from generations.administration.tokens import end_token
from generations.administration.turns import place_account
from generations.administration.unknown import decide, failures, raw_answer, unknown
from generations.api.signed import signed_picture
from generations.collection.collect import collect, move_image, take_out
from generations.collection.views import change_collection, collections, delete_collection
from generations.compat import addresses as compat
from generations.compose.about import generation
from generations.compose.actions import came, check_again, missing, not_came, rerun, resend, stop
from generations.compose.feed import feed
from generations.compose.generate import generate
from generations.compose.prompts import prompts
from generations.compose.templates import delete_template, template, templates, use_template
from generations.compose.uploads.library import forget_upload, library, share_upload, upload_picture
from generations.compose.uploads.views import upload
from generations.compose.views import compose, composer
from generations.gallery.actions import collect_all, count_all, download_zip, restore_all, share_all, star_all, trash_all
from generations.gallery.collected import collection
from generations.gallery.compare import compare
from generations.gallery.download import download
from generations.gallery.files import original, picture
from generations.gallery.inspector import inspector
from generations.gallery.lightbox import image
from generations.gallery.marks import mark
from generations.gallery.news import news
from generations.gallery.reviewed import ask_all, badges_all, review_of
from generations.gallery.sharing import share
from generations.gallery.variations import variations
from generations.gallery.views import gallery, trash
from generations.notices.views import notice, notices, see, see_all
from generations.notices.webhooks import delete_webhook, switch_webhook, test_webhook, webhook, webhooks
from generations.notices.webhooks import resend as resend_delivery
from generations.outside.files import shared_original, shared_picture
from generations.outside.links import extend_link, links, revoke_link
from generations.outside.making import new_link
from generations.outside.pages import shared, shared_image
from generations.review.deciding import decide as decide_image
from generations.review.deciding import take_back
from generations.review.talking import names, remove, say, settle
from generations.review.views import review
from generations.team.budgets import budgets, set_budget
from generations.team.invitations import withdraw
from generations.team.members import change_role, leave_team, remove_member
from generations.team.policies import policies
from generations.team.spending import allow_spending, decline_spending, spending
from generations.team.tokens import end_team_token, team_tokens
from generations.team.views import switch, team
from generations.usage.dispute import dispute
from generations.usage.files import table as usage_table
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
    path("generations/<uuid:uid>/", generation, name="generation"),
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
    path("gallery/news/", news, name="gallery_news"),
    path("gallery/trash/", trash, name="trash"),
    # what is done with chosen pictures
    path("gallery/count/", count_all, name="count_all"),
    path("gallery/zip/", download_zip, name="zip"),
    path("gallery/ask/", ask_all, name="ask_all"),
    path("gallery/badges/", badges_all, name="badges_all"),
    path("gallery/star/", star_all, name="star_all"),
    path("gallery/collect/", collect_all, name="collect_all"),
    path("gallery/share/", share_all, name="share_all"),
    path("gallery/discard/", trash_all, name="trash_all"),
    path("gallery/restore/", restore_all, name="restore_all"),
    # one image
    path("images/<uuid:uid>/<int:side>.webp", picture, name="picture"),
    path("images/<uuid:uid>/original", original, name="original"),
    path("pictures/<str:signed>", signed_picture, name="signed_picture"),
    path("images/<uuid:uid>/", image, name="image"),
    path("images/<uuid:uid>/inspector/", inspector, name="inspector"),
    path("images/<uuid:uid>/review/", review_of, name="review_of"),
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
    # links for people outside, and what those see
    path("links/", links, name="links"),
    path("links/new/", new_link, name="new_link"),
    path("links/<uuid:uid>/revoke/", revoke_link, name="revoke_link"),
    path("links/<uuid:uid>/extend/", extend_link, name="extend_link"),
    path("s/<str:token>/", shared, name="shared"),
    path("s/<str:token>/<uuid:uid>/", shared_image, name="shared_image"),
    path("s/<str:token>/<uuid:uid>/<int:side>.webp", shared_picture, name="shared_picture"),
    path("s/<str:token>/<uuid:uid>/original", shared_original, name="shared_original"),
    re_path(r"^s/(?P<token>.*/)?$", shared),  # no token looks like this, so it is one that nobody has
    path("review/", review, name="review"),
    path("review/decide/", decide_image, name="decide_image"),
    path("review/take-back/", take_back, name="take_back"),
    # what is said of an image
    path("images/<uuid:uid>/comments/", say, name="say"),
    path("images/<uuid:uid>/names/", names, name="names"),
    path("comments/<uuid:uid>/settle/", settle, name="settle"),
    path("comments/<uuid:uid>/remove/", remove, name="remove_comment"),
    path("usage/", usage, name="usage"),
    path("usage/dispute.zip", dispute, name="dispute"),
    path("usage/<slug:name>.csv", usage_table, name="usage_table"),
    # people
    path("team/", team, name="team"),
    path("team/switch/", switch, name="switch_team"),
    path("team/invitations/<int:pk>/withdraw/", withdraw, name="withdraw_invitation"),
    path("team/members/<int:pk>/role/", change_role, name="change_role"),
    path("team/members/<int:pk>/remove/", remove_member, name="remove_member"),
    path("team/leave/", leave_team, name="leave_team"),
    path("team/policies/", policies, name="policies"),
    path("team/budgets/", budgets, name="budgets"),
    path("team/budgets/<int:pk>/", set_budget, name="set_budget"),
    path("team/spending/", spending, name="spending"),
    path("team/spending/<uuid:uid>/allow/", allow_spending, name="allow_spending"),
    path("team/spending/<uuid:uid>/decline/", decline_spending, name="decline_spending"),
    path("team/tokens/", team_tokens, name="team_tokens"),
    path("team/tokens/<uuid:uid>/revoke/", end_team_token, name="end_team_token"),
    path("team/webhooks/", webhooks, name="webhooks"),
    path("team/webhooks/<uuid:uid>/", webhook, name="webhook"),
    path("team/webhooks/<uuid:uid>/test/", test_webhook, name="test_webhook"),
    path("team/webhooks/<uuid:uid>/switch/", switch_webhook, name="switch_webhook"),
    path("team/webhooks/<uuid:uid>/delete/", delete_webhook, name="delete_webhook"),
    path("team/webhooks/<uuid:uid>/deliveries/<uuid:delivery>/resend/", resend_delivery, name="resend_delivery"),
    path("join/<str:token>/", join, name="join"),
    path("set-up/<str:token>/", set_up, name="set_up"),
    path("account/", account, name="account"),
    path("account/preferences/", preferences, name="preferences"),
    path("account/mails/", mails, name="mails"),
    path("account/tokens/", tokens, name="tokens"),
    path("account/tokens/<uuid:uid>/revoke/", revoke_token, name="revoke_token"),
    # what a person is told
    path("notices/", notices, name="notices"),
    path("notices/seen/", see_all, name="see_all"),
    path("notices/<int:pk>/", notice, name="notice"),
    path("notices/<int:pk>/seen/", see, name="see"),
    # whoever let a person in vouches for their address, so it is not theirs to change
    path("account/email/", RedirectView.as_view(pattern_name="account"), name="account_email"),
    path("account/confirm-email/", RedirectView.as_view(pattern_name="account"), name="account_email_verification_sent"),
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
    path("administration/accounts/<int:pk>/pause/", pause, name="pause_account"),
    path("administration/accounts/<int:pk>/reopen/", reopen, name="reopen_account"),
    path("administration/accounts/<int:pk>/place/", place_account, name="place_account"),
    path("administration/accounts/<int:pk>/test/", try_key, name="try_key"),
    path("administration/accounts/<int:pk>/engines/", choose_engines, name="choose_engines"),
    path("administration/engines.csv", export_prices, name="export_prices"),
    path("administration/teams/", teams, name="teams"),
    path("administration/teams/<int:pk>/", team_record, name="team_record"),
    path("administration/teams/<int:pk>/budget/", team_budget, name="team_budget"),
    path("administration/teams/<int:pk>/close/", close_team, name="close_team"),
    path("administration/teams/<int:pk>/add/", add_to_team, name="add_to_team"),
    path("administration/members/<int:pk>/", change_member, name="change_member"),
    path("administration/people/", people, name="people"),
    path("administration/people/<int:pk>/", person, name="person"),
    path("administration/people/<int:pk>/team/", join_team, name="join_team"),
    path("administration/people/<int:pk>/<slug:deed>/", change_person, name="change_person"),
    path("administration/tokens/<uuid:uid>/revoke/", end_token, name="end_token"),
    path("administration/storage/", storage, name="storage"),
    path("administration/storage/count/", count_now, name="count_now"),
    path("administration/health/", health, name="health"),
    path("administration/journal/", journal_page, name="journal"),
    path("administration/journal.<slug:format>", export_journal, name="export_journal"),
    # doors for scripts that were written for somebody else
    path("v1/", include(compat.V1)),
    path("compat/", include(compat.COMPAT)),
    # our own JSON API
    path("api/", include("generations.api.addresses")),
]
