"""What is done to rows that come back from a backup, before anybody sees them.

What was in line, or being sent, when the backup was made may have been sent and paid since: nobody who reads the backup can know. So
none of it goes out by itself. It is unknown, its money stays held, and a person decides. An attempt that may have been sent has no
time any more, so the studio neither repeats it with its old key (`answers.repeatable`) nor believes an old refusal (`answers.hitch`).
What a provider has taken on goes on: asking about a task, and fetching its pictures, costs nothing.
"""

import json
from datetime import UTC, datetime

from generations.dialects.outcome import Next, Sent
from generations.models import Charge, Outcome, Status
from generations.pipeline.trouble import RESTORED, own, store

AT_RISK = (Status.ASKING, Status.QUEUED, Status.SENDING)


def statements(zone: str) -> list[str]:
    """Plain SQL for both databases, because it works on the tables of older versions too. No word of it comes from outside."""
    why = json.dumps(store(own(Next.ASK, Sent.UNKNOWN, RESTORED))).replace("'", "''")
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}{zone}"
    risky = ", ".join(f"'{status}'" for status in AT_RISK)
    unknown, at_stake = f"outcome = '{Outcome.UNKNOWN}'", f"charge = '{Charge.UNKNOWN}'"
    return [
        f"UPDATE generations_attempt SET {unknown}, {at_stake}, sent_at = NULL, trouble = '{why}' "  # noqa: S608
        f"WHERE outcome IN ('{Outcome.PLANNED}', '{Outcome.SENDING}') "
        f"AND generation_id IN (SELECT id FROM generations_generation WHERE status IN ({risky}))",
        f"UPDATE generations_attempt SET sent_at = NULL WHERE {unknown} AND {at_stake} AND task = ''",  # noqa: S608
        f"UPDATE generations_generation SET status = '{Status.UNKNOWN}', due_at = NULL, driver = NULL, fence = fence + 1, "  # noqa: S608
        f"trouble = '{why}', version = version + 1, changed_at = '{now}', finished_at = '{now}', "
        f"sent_at = COALESCE(sent_at, created_at) WHERE status IN ({risky})",
        f"UPDATE generations_generation SET due_at = NULL WHERE status = '{Status.UNKNOWN}'",  # noqa: S608
        "DELETE FROM generations_driver",
    ]
