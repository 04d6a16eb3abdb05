"""Write the next migration from the difference between the tables and the newest schema.

python tools/new_migration.py 0002 "Attempts can be paused"    then read it, mend it, and test both databases.
"""

import re
import sys
import tempfile
from pathlib import Path

from alembic import command

from mockhall import migrations
from mockhall.db import Database
from mockhall.settings import Settings

# A migration must go on meaning the same when our types change: it names plain ones.
PLAIN = {
    r"sqlmodel\.sql\.sqltypes\.AutoString": "sa.String",
    r"mockhall\.db\.UtcDateTime": "sa.DateTime",
    r"mockhall\.db\.Exact": "sa.String",
    r" +# ### .*\n": "",
}


def main() -> None:
    """Make the file and print where it is."""
    number, message = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Settings(data_dir=Path(folder)))
        if number != "0001":
            migrations.upgrade(database)
        config = migrations.alembic_config()
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        with database.engine.connect() as connection, connection.begin():
            config.attributes["connection"] = connection
            script = command.revision(config, message=message, autogenerate=True, rev_id=number)
        database.close()
    path = Path(getattr(script, "path"))  # noqa: B009  (alembic types it as a list too)
    text = path.read_text()
    for pattern, plain in PLAIN.items():
        text = re.sub(pattern, plain, text)
    path.write_text(text)
    print(path)


if __name__ == "__main__":
    main()
