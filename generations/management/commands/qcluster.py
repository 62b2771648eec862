from django_q.management.commands.qcluster import Command

from generations import tasks  # read before the cluster forks: once, not by every worker when its first work comes

__all__ = ["Command", "tasks"]
