"""`steadyhand playbooks`: playbooks are checked, tested and tried on recorded chats before they go live."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli_io import PackOption, ReaderOption, TeamsOption, opened, quietly, written
from app.settings import ReaderName, listed, resource

playbooks_app = typer.Typer(no_args_is_help=True, help="Work on playbooks.")


@playbooks_app.command("check")
def check(folder: Path, teams: TeamsOption = None) -> None:
    """Find every mistake in a folder of playbooks, its packs and the sets of teams, each with file and line."""
    from app.playbook_files import load, load_all
    from app.teams import read_teams
    from assist.errors import PlaybookProblems

    try:
        playbooks, packs = load_all(folder)
        spoken = read_teams(teams, folder) if teams else {}
        for laid in dict.fromkeys(spoken.values()):
            load(folder, laid)
    except PlaybookProblems as error:
        print(error)
        raise typer.Exit(1) from None
    entries = [entry for playbook in playbooks.all for entry in playbook.entries]
    phrases = sum(1 for playbook in playbooks.all for _ in playbook.phrases)
    counts = f"{len(playbooks.all)} playbooks, {len(entries)} steps, {phrases} phrases"
    counts += f", {len(packs)} packs" if packs else ""
    counts += f", {len(spoken)} teams with packs of their own" if spoken else ""
    print(f"{counts}, no problems (version {playbooks.version})")


@playbooks_app.command("test")
def run_cases(folder: Path, pack: PackOption = "", reader: ReaderOption = ReaderName.LINEAR) -> None:
    """Run the cases of a folder of playbooks and of its packs, one line each; exit code 1 where one fails."""
    from assist.errors import PlaybookProblems

    cases = failed = 0
    with quietly():
        from app.casebook import run_folder

        try:
            for outcome in run_folder(reader, folder, listed(pack)):
                print(outcome, flush=True)
                cases, failed = cases + 1, failed + bool(outcome.failures)
        except PlaybookProblems as error:
            print(error)
            raise typer.Exit(1) from None
    if not cases:
        print(f"no cases in {folder}: they stand under `cases:` in a playbook")
        return
    print(f"{cases} case{'s' if cases != 1 else ''}, {failed} failed")
    raise typer.Exit(int(failed > 0))


@playbooks_app.command("backtest")
def backtest(
    folder: Path,
    on: Annotated[str, typer.Option("--on", help="Recorded chats, lines as for `read`; `-` is standard input.")],
    pack: Annotated[str, typer.Option(help="Pack over the playbooks in FOLDER; several with commas.")] = "",
    against: Annotated[
        Path | None, typer.Option(help="The set to compare with; the one that ships by default.")
    ] = None,
    against_pack: Annotated[str, typer.Option(help="Pack over that one.")] = "",
    html: Annotated[Path | None, typer.Option(help="Write a page with every turn that differs here.")] = None,
    most: Annotated[int, typer.Option(min=0, help="Turns shown in the terminal.")] = 20,
    reader: ReaderOption = ReaderName.ENCODER,
) -> None:
    """Show what a folder of playbooks would have suggested on recorded chats, beside another set."""
    with opened(on) as lines, quietly():
        from app.backtest import Source, open_backtest
        from app.backtest_report import report
        from app.lines import looks

        before = Source(against or resource("playbooks"), listed(against_pack))
        compared = open_backtest(reader, before, Source(folder, listed(pack)))
        with written(html) as page:
            raws = (raw for look in looks(lines) for raw in look.lines)
            whole = report(compared, raws, on=on, most=most, html=page)
    raise typer.Exit(int(not whole))
