from generations.models.accounts import Dialect, EngineChoice, ProviderAccount
from generations.models.attempts import Attempt, Charge, Outcome
from generations.models.drafts import Draft, PromptTemplate
from generations.models.drivers import Driver
from generations.models.gates import Gate
from generations.models.generations import AT_PROVIDER, RUNNING, Generation, Status
from generations.models.images import Image, ImageStatus
from generations.models.invitations import Invitation
from generations.models.journal import JournalLine
from generations.models.marks import Mark
from generations.models.money import Budget, Entry, Purse
from generations.models.people import User
from generations.models.placements import Collection, Placement
from generations.models.references import Reference, Upload
from generations.models.teams import Membership, Role, Team
from generations.models.workers import Heartbeat

__all__ = [
    "AT_PROVIDER",
    "RUNNING",
    "Attempt",
    "Budget",
    "Charge",
    "Collection",
    "Dialect",
    "Draft",
    "Driver",
    "EngineChoice",
    "Entry",
    "Gate",
    "Generation",
    "Heartbeat",
    "Image",
    "ImageStatus",
    "Invitation",
    "JournalLine",
    "Mark",
    "Membership",
    "Outcome",
    "Placement",
    "PromptTemplate",
    "ProviderAccount",
    "Purse",
    "Reference",
    "Role",
    "Status",
    "Team",
    "Upload",
    "User",
]
