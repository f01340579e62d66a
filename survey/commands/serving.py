"""Commands that run the product: serve it, and fill an empty data folder with the demo."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import click

from survey.commands.options import data_option
from survey.settings import settings_from


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64), help="Worker threads.")
@data_option
def serve(host: str, port: int, threads: int, data: Path) -> None:
    """Serve the application (waitress)."""
    import os

    from waitress import serve as run

    from survey.app import create_app
    from survey.demo.people import read_passwords
    from survey.warming import warm_up

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    people = read_passwords(data)
    settings = replace(settings_from(os.environ), data=data, demo=bool(people))
    app = create_app(settings)
    warm_up(app)
    click.echo(f"Sát Cánh: http://{host}:{port}   (data: {data.resolve()})")
    for person in people:
        click.echo(f"  {person.login:<8}{person.password:<16}{person.role:<10}{person.name}")
    run(app, host=host, port=port, threads=threads, ident=None, max_request_body_size=settings.max_request_mb << 20)


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
