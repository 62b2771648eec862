"""Backups, and the way back from one: docs/decisions/0014-backup.md says why they are as they are.

FOLDER/pictures/o/ab/cd/…             every picture once, however many backups name it
FOLDER/20261121T013000Z/              one backup: database, spool, secrets, and
    files.txt.gz                      what it consists of, with sizes and hashes
    manifest.json                     written last
"""


class Refusal(Exception):
    """Why it cannot be done, in a sentence or two. Nothing was changed."""
