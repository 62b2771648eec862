from generations.models.accounts import Dialect, EngineChoice, ProviderAccount
from generations.models.attempts import Attempt, Charge, Outcome
from generations.models.drafts import Draft, PromptTemplate
from generations.models.drivers import Driver
from generations.models.gates import Gate
from generations.models.generations import AT_PROVIDER, RUNNING, UNSENT, Generation, Status
from generations.models.images import Image, ImageStatus, Review
from generations.models.invitations import Invitation
from generations.models.journal import JournalLine
from generations.models.marks import Mark
from generations.models.money import Budget, Entry, Purse
from generations.models.notices import Bookmark, Delivery, Event, Notice, Webhook
from generations.models.people import User
from generations.models.placements import Collection, Placement
from generations.models.references import Reference, Upload
from generations.models.reviews import Comment, Decision, Verdict
from generations.models.shares import Share, Shown
from generations.models.stock import Stock
from generations.models.tallies import Tally
from generations.models.teams import Membership, Reviewing, Role, Team
from generations.models.tokens import Scope, Token
from generations.models.workers import Heartbeat

__all__ = [
    "AT_PROVIDER",
    "RUNNING",
    "UNSENT",
    "Attempt",
    "Bookmark",
    "Budget",
    "Charge",
    "Collection",
    "Comment",
    "Decision",
    "Delivery",
    "Dialect",
    "Draft",
    "Driver",
    "EngineChoice",
    "Entry",
    "Event",
    "Gate",
    "Generation",
    "Heartbeat",
    "Image",
    "ImageStatus",
    "Invitation",
    "JournalLine",
    "Mark",
    "Membership",
    "Notice",
    "Outcome",
    "Placement",
    "PromptTemplate",
    "ProviderAccount",
    "Purse",
    "Reference",
    "Review",
    "Reviewing",
    "Role",
    "Scope",
    "Share",
    "Shown",
    "Status",
    "Stock",
    "Tally",
    "Team",
    "Token",
    "Upload",
    "User",
    "Verdict",
    "Webhook",
]
