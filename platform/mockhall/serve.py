"""`mockhall serve`: a port, a database that is up to date, and uvicorn."""

import errno
import gc
import logging
import logging.config
import os
import re
import shutil
import signal
import socket
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import typer
import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from mockhall import startup
from mockhall.accounts import actions as accounts
from mockhall.app import create_app
from mockhall.db import Database
from mockhall.settings import Settings, SettingsError
from mockhall.web.connections import Connection
from mockhall.web.now import clock

log = logging.getLogger("mockhall")
KEEP_ALIVE = 75  # seconds: longer than the 60 of usual proxies, which else meet connections that we just closed
ANY_HOST = {"0.0.0.0": "localhost", "::": "localhost"}  # an address to listen on is none to go to


def run(settings: Settings) -> None:
    """Serve until told to stop. SettingsError, InUse, NewerDatabase or the database's own error when it can't be."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)  # uvicorn finishes what it does, then hands the signal on to this
    with listen(settings) as door:
        port = door.getsockname()[1]
        if settings.workers > 1:
            _several(settings, door, port)
        else:
            _one(settings, door, port)


def _stop(_number: int, _frame: Any) -> None:
    raise SystemExit(0)


def _one(settings: Settings, door: socket.socket, port: int) -> None:
    app = create_app(settings)
    database: Database = app.state.database
    with closing(database), startup.prepared(settings, database, clock()):
        app.state.prepared = True
        _greet(settings, database, port)
        leave_what_stays_unsearched()
        server = uvicorn.Server(uvicorn.Config(app, **_options(settings)))
        server.run(sockets=[door])
    if not server.started:
        raise SettingsError("the server did not start")


def _several(settings: Settings, door: socket.socket, port: int) -> None:
    database = Database(settings)
    with closing(database), startup.prepared(settings, database, clock()):
        _greet(settings, database, port)
    door.set_inheritable(True)
    os.environ["MOCKHALL_AUTOLOAD"] = "0"  # content is loaded: the workers, who read the settings anew, need not look
    config = uvicorn.Config("mockhall.serve:worker", factory=True, workers=settings.workers, **_options(settings))
    Multiprocess(config, sockets=[door]).run()


def worker() -> FastAPI:
    """The application of one of several processes."""
    app = create_app()
    leave_what_stays_unsearched()
    return app


def leave_what_stays_unsearched() -> None:
    """Keep Python's garbage collector off what was loaded, and have it come more rarely: a fifth of a save's time.

    What a request leaves behind is freed by its own reference counts; only cycles wait."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def listen(settings: Settings) -> socket.socket:
    """The port, taken before anything else is done; SettingsError when it can't be had."""
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        return socket.create_server(found[0][4][:2], family=found[0][0], backlog=2048)
    except OSError as error:
        where = f"{settings.host} port {settings.port}"
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(f"{where} is in use; stop what uses it or choose another MOCKHALL_PORT") from error
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror or error)
        raise SettingsError(f"{where} can't be listened on: {reason}; check MOCKHALL_HOST and MOCKHALL_PORT") from error


def address(settings: Settings, port: int = 0) -> str:
    """Where people find this site."""
    if settings.base_url:
        return settings.base_url
    host = ANY_HOST.get(settings.host, settings.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port or settings.port}"


def _greet(settings: Settings, database: Database, port: int) -> None:
    typer.echo(f"{settings.site_name} is at {address(settings, port)}")
    with database.reading() as db:
        if not accounts.is_anybody_here(db):
            typer.echo(
                f"Nobody has an account yet. The first admin: {_command()} users add you@example.org --role admin"
            )
    if not settings.is_https and not _is_loopback(settings.host):
        log.warning(
            "plain http: passwords and sessions can be read on the way. Put https in front and set MOCKHALL_BASE_URL"
        )


def _command() -> str:
    """How this program was called, as one can type it here: `make run` has it in .venv, off the search path."""
    called = Path(sys.argv[0])
    if called.name != "mockhall" or shutil.which("mockhall") == str(called):
        return "mockhall"
    return str(called.relative_to(Path.cwd())) if called.is_relative_to(Path.cwd()) else str(called)


def _is_loopback(host: str) -> bool:
    return host in {"localhost", "::1"} or re.fullmatch(r"127(\.\d+){3}", host) is not None


class _NoTokens(logging.Filter):
    """Takes the secrets out of addresses before they are logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_without_token(each) if isinstance(each, str) else each for each in record.args)
        return True


def _without_token(path: str) -> str:
    return re.sub(r"/(reset|shared|verify|join)/[^/?\s]+", r"/\1/...", path)


def _options(settings: Settings) -> dict[str, Any]:
    """What uvicorn is told. Its `auto` takes uvloop, which is installed with us on Linux and macOS."""
    return {
        "loop": "auto",
        "http": Connection,
        "ws": "none",
        "lifespan": "on",
        "timeout_keep_alive": KEEP_ALIVE,
        "timeout_graceful_shutdown": 10,  # a page that listens for events must not hold up the end
        "server_header": False,
        "access_log": settings.log_level == "debug",
        # Who says in a header where a request came from is believed only behind a proxy, and then only the addresses
        # in FORWARDED_ALLOW_IPS: else anyone could pick the address that limits count.
        "proxy_headers": bool(settings.base_url),
        "log_config": logging_plan(settings.log_level),
    }


def logging_plan(level: str) -> dict[str, Any]:
    """Plain lines on stderr; others' chatter only at debug."""
    quiet = level.upper() if level in {"debug", "error"} else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(message)s"}},
        "filters": {"no_tokens": {"()": _NoTokens}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stderr"},
        },
        "root": {"level": quiet, "handlers": ["stderr"]},
        "loggers": {
            "mockhall": {"level": level.upper()},
            "uvicorn": {"level": quiet},
            "uvicorn.access": {"level": quiet if level == "debug" else "WARNING", "filters": ["no_tokens"]},
        },
    }


def set_up_logging(settings: Settings) -> None:
    """For the verbs that don't serve."""
    logging.config.dictConfig(logging_plan(settings.log_level))
