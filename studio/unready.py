"""A database that was never set up, or not for this version: commands say that instead of which table they missed."""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor


def is_unready() -> bool:
    """False where the database does not even say that: then its own error does."""
    connection.close()  # what failed may have left a transaction open
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except Error:
        return False
