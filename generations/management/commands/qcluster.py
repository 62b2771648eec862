import gc

from generations import jobs, tasks

__all__ = ["Command", "tasks"]  # what workers run is read before the cluster forks: once, and not when their first work comes

Command = jobs.workers()
gc.freeze()  # it stays for ever, and processes share it for as long as none of them looks for garbage in it
