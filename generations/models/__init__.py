from generations.models.accounts import Dialect, EngineChoice, ProviderAccount
from generations.models.invitations import Invitation
from generations.models.people import User
from generations.models.teams import Membership, Role, Team
from generations.models.workers import Heartbeat

__all__ = ["Dialect", "EngineChoice", "Heartbeat", "Invitation", "Membership", "ProviderAccount", "Role", "Team", "User"]
