"""Alembic's entry point: runs the migrations on the connection it is handed."""

from alembic import context

import mockhall.accounts.models
import mockhall.attempts.models
import mockhall.bank.models
import mockhall.papers.models
import mockhall.results.models  # noqa: F401  (each import registers its tables)
from mockhall.db import metadata

connection = context.config.attributes["connection"]
is_sqlite = connection.dialect.name == "sqlite"
if not is_sqlite:
    # Several servers may start at once: the second waits here, then finds nothing to do.
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(6023)")
context.configure(connection=connection, target_metadata=metadata, render_as_batch=is_sqlite)
with context.begin_transaction():
    context.run_migrations()
