"""What a driver works with: its threads, and its ways to the providers."""

from dataclasses import dataclass, field

from generations.connecting import client_of
from generations.models import ProviderAccount
from generations.pipeline.crew import Crew
from generations.providers.client import Client


@dataclass
class Hand:
    crew: Crew = field(default_factory=Crew)
    clients: dict[int, tuple[object, Client]] = field(default_factory=dict)
    elsewhere: set[int] = field(default_factory=set)  # generations whose pictures lie on another node: that one is to have its turn

    def client(self, account: ProviderAccount) -> Client:
        """Kept while the account stays as it is: so are its connections for questions."""
        shape = (account.base, account.sealed_key, account.bearer, account.private)
        known = self.clients.get(account.pk)
        if known and known[0] == shape:
            return known[1]
        if known:
            known[1].way.close()
        client = client_of(account)
        self.clients[account.pk] = (shape, client)
        return client

    def close(self) -> None:
        """Waits for what is under way."""
        self.crew.close()
        for _shape, client in self.clients.values():
            client.way.close()
