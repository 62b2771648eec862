"""What was spent and what came of it, by day: counted from the rows of the requests, and kept for pages that must not wait for that."""

from generations.accounting.catch import behind, catch_up, differs, rebuild
from generations.accounting.days import Day, count, recount
from generations.accounting.sums import Sums, add_up, between, grouped, merged

__all__ = ["Day", "Sums", "add_up", "behind", "between", "catch_up", "count", "differs", "grouped", "merged", "rebuild", "recount"]
