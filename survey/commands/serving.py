"""Commands that run the product: serve it, and fill an empty data folder with the demo."""

from __future__ import annotations

import gc
import logging
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click
from flask import Flask

from survey.commands.options import data_option
from survey.settings import Settings, settings_from
from survey.web.workers import Workers

BACKLOG = 1024  # connections that may wait until a process takes them: thousands of tablets come back in one evening
CONNECTIONS = 800  # of one process at a time; below the usual limit of open files
PARALLEL = click.IntRange(1, 64)
FORM = 1 << 20  # bytes of a form around the file in it
IDLE = 60  # seconds after which a connection without a request is closed


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--processes", default=3, show_default=True, type=PARALLEL, help="Worker processes: the cores and one.")
@click.option("--threads", default=8, show_default=True, type=PARALLEL, help="Threads of each process.")
@data_option
def serve(host: str, port: int, processes: int, threads: int, data: Path) -> None:
    """Serve the application (waitress)."""
    import os

    from survey.app import create_app
    from survey.demo.people import read_passwords
    from survey.web.warming import warm_up

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # else a line for each call that waits its turn
    for library in ("weasyprint", "fontTools"):
        logging.getLogger(library).setLevel(logging.ERROR)  # else a line for each page of each document
    people = read_passwords(data)
    settings = replace(settings_from(os.environ), data=data, demo=bool(people))
    app = create_app(settings)
    warm_up(app)
    listening = listen(host, port)
    click.echo(f"Sát Cánh: http://{host}:{port}   (data: {data.resolve()})")
    for person in people:
        click.echo(f"  {person.login:<8}{person.password:<16}{person.role:<10}{person.name}")

    def work() -> None:
        serve_here(app, listening, threads, settings.max_request_mb << 20, settings.max_copy_mb << 20)

    if not hasattr(os, "fork"):  # documents are then made while their reader waits
        work()
        return
    gc.collect()
    gc.freeze()  # what is there already stays shared between the processes: nobody looks through it for garbage
    Workers([*[work] * processes, keeper_of(app, settings)]).run()


def keeper_of(app: Flask, settings: Settings) -> Callable[[], None]:
    """The work of the process that lets documents be made, which those that answer requests only nudge."""
    from survey.documents.rendering_process import Keeper, Nudges

    nudges = Nudges()
    app.extensions["make_document"] = nudges.give
    return Keeper(settings, nudges).run


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections; ClickException when the address cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError as error:
        raise click.ClickException(f"{host}:{port}: {error.strerror or error}") from error
    listening.listen(BACKLOG)
    return listening


def serve_here(app: Flask, listening: socket.socket, threads: int, largest_body: int, largest_copy: int) -> None:
    """Answer requests in this process until it is told to end."""
    from waitress import serve as run

    from survey.checklists.drafts import LARGEST_CHECKLIST
    from survey.map.boundary_file import LARGEST_FILE
    from survey.web.large_body import take_larger_body
    from survey.web.quiet_channel import sleep_while_others_send

    take_larger_body("/sync/copies", largest_copy)
    take_larger_body("/map/boundaries", LARGEST_FILE + FORM)
    take_larger_body("/publishing/drafts", LARGEST_CHECKLIST << 20)
    sleep_while_others_send()
    run(
        app,
        sockets=[listening],
        threads=threads,
        ident=None,
        max_request_body_size=largest_body,
        backlog=BACKLOG,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE,
        asyncore_use_poll=True,
    )


@click.command("demo")
@click.option("--visits", default=500, show_default=True, type=click.IntRange(0, 100_000), help="Fictitious visits.")
@click.option("--seed", default=1, show_default=True, help="Seed of the fictitious values.")
@click.option("--if-empty", is_flag=True, help="Do nothing when the folder already holds data.")
@data_option
def demo(visits: int, seed: int, if_empty: bool, data: Path) -> None:
    """Fill an empty data folder with the demo story and N fictitious visits."""
    from survey.demo.filling import fill_demo

    for line in fill_demo(data, visits=visits, seed=seed, if_empty=if_empty):
        click.echo(line)
