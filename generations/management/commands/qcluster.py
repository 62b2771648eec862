from generations import jobs, tasks

__all__ = ["Command", "tasks"]  # what workers run is read before the cluster forks: once, and not when their first work comes

Command = jobs.workers()
