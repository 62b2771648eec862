from django.db import models

from generations.models.accounts import ProviderAccount


class Gate(models.Model):
    """Whether requests to an account may go out now. Its row is also the lock that makes the limits hold across all workers."""

    account = models.OneToOneField(ProviderAccount, on_delete=models.CASCADE, primary_key=True, related_name="gate")
    wait_until = models.DateTimeField(null=True, blank=True)  # the provider asked for so much patience
    closed_until = models.DateTimeField(null=True, blank=True)  # too much went wrong; then one request tries whether it is over
    paused = models.CharField(max_length=300, blank=True)  # refused for a reason that only an administrator can mend
    counted_from = models.DateTimeField(null=True, blank=True)  # failures before this are forgiven

    def __str__(self) -> str:
        return f"gate of {self.account_id}"
