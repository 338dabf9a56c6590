"""`paperboy demo`: the bot against a Discord of its own."""

import asyncio
import sys
from collections.abc import Sequence

import click

from bot import demo as demo_bot
from bot.cli import browser
from bot.cli.failures import complain
from bot.cli.live import PORT, addresses
from bot.cli.options import Shared, pass_shared, print_json, shared_options
from bot.cli.progress import Progress
from bot.demo_stage import DemoRequest, Stage
from bot.stopping import until_told_to_stop
from papers.editions import EditionReport


@click.command()
@click.option("--once", is_flag=True, help="One daily job, then show what it posted.")
@click.option(
    "--source",
    type=click.Choice(["sample", "huggingface"]),
    default="sample",
    show_default=True,
    help="The edition that ships with Paperboy, or today's.",
)
@click.option("--keep", is_flag=True, help="Go on where the last demo with --keep stopped.")
@PORT
@click.option("--no-browser", is_flag=True, help="Do not open the page, only print its address.")
@shared_options
@pass_shared
def demo(shared: Shared, *, once: bool, source: str, keep: bool, port: int, no_browser: bool) -> None:
    """Run the bot against a Discord of its own: no token, no account, no network."""
    live = source == "huggingface"
    request = DemoRequest(database=shared.database, live=live, keep=keep, port=port)
    if once:
        posted = asyncio.run(demo_bot.once(request))
        print_json(posted) if shared.json else click.echo(demo_bot.as_text(posted))
    else:
        _Host(shared, may_open=not no_browser).receive(request)


class _Host:
    """Tells whoever runs the demo what there is to see; with --json on stderr."""

    def __init__(self, shared: Shared, *, may_open: bool) -> None:
        self._json = shared.json
        self._may_open = may_open
        self._stage: Stage | None = None

    def receive(self, request: DemoRequest) -> None:
        """Runs the demo until it is stopped."""
        file = sys.stderr if self._json else sys.stdout
        with Progress(file, self._say_what_came) as progress:
            asyncio.run(until_told_to_stop(demo_bot.forever(request, opened=self._welcome, tell=progress)))
        self._say("\nStopped." if file.isatty() else "Stopped.")

    def _welcome(self, stage: Stage) -> None:
        self._stage = stage
        if self._json:
            print_json(addresses(stage.playground))
        self._say(f"The page is at {stage.playground.page_url} (Ctrl-C ends the demo).")
        if stage.kept_in is not None:
            self._say(f"What happens here is kept in {stage.kept_in} and beside it.")
        if self._may_open:
            browser.show(stage.playground.page_url)

    def _say_what_came(self, reports: Sequence[EditionReport]) -> None:
        assert self._stage is not None  # noqa: S101 - a job runs on a stage
        for reason in dict.fromkeys(each.reason for report in reports for each in report.problems):
            complain(reason)
        cards = {name: number for name, number in self._stage.cards().items() if number}
        places = ", ".join(f"{number} in #{name}" for name, number in cards.items())
        self._say(f"New cards: {places}." if cards else "There are no new cards.")
        self._say("In the page, type /papers in #lounge, or press a button under a card.")

    def _say(self, line: str) -> None:
        click.echo(line, err=self._json)
