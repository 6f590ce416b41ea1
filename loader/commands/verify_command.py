"""`nbkg verify`: checks that a release is complete and describes itself correctly."""

from __future__ import annotations

from pathlib import Path

import click

from loader.commands.terminal import Bars, print_message
from loader.validate.profiles import profiles_folder
from loader.verify.verify import VerifySettings, verify_release

_PATH = click.Path(path_type=Path, file_okay=False, exists=True)


@click.command()
@click.argument("location", metavar="DIR|URL")
@click.option(
    "--work", type=_PATH, metavar="DIR", help="The folder for fetched and sorted files. Default: the system's."
)
@click.option("--profiles", type=_PATH, metavar="DIR", help="A folder to use instead of data/profiles.")
@click.pass_context
def verify(ctx: click.Context, location: str, work: Path | None, profiles: Path | None) -> None:
    """Check the release in DIR or at URL: every file, format, hash, count, licence and rule.

    Exit codes: 0 all is good, 1 something is wrong, 2 there is no release, 3 it cannot be fetched.
    """
    with Bars() as bars:
        verdict = verify_release(location, VerifySettings(work, profiles_folder(profiles)), bars.advance_to)
    for check, wrong in verdict.checks.items():
        click.echo(f"{'wrong' if wrong else 'good '}  {check}{f': {wrong}' if wrong else ''}")
    for finding in verdict.findings:
        click.echo(f"  {finding}")
    for left in verdict.left_out:
        print_message(f"not checked: {left}")
    release = verdict.release
    print_message(f"release {release.name}: {'good' if verdict.good else f'{len(verdict.findings)} findings'}")
    ctx.exit(0 if verdict.good else 1)
