"""What Alembic runs. `storydiff.store.migrate` gives the connection; `alembic -x db=URL` opens one for developers."""

from alembic import context
from sqlalchemy.engine import Connection

from storydiff.store.engine import Database
from storydiff.store.schema import metadata


def run(connection: Connection) -> None:
    """Run the steps on this connection, inside the transaction that it is in."""
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with Database(context.get_x_argument(as_dictionary=True)["db"]).writing() as opened:
        run(opened)
