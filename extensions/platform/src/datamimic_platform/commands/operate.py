"""`syndata audit`, `user`, `retention`: for whoever operates the platform."""

from __future__ import annotations

import sys

import click

from datamimic_platform.commands.desk import local_store
from datamimic_platform.jobs.retention import retain
from datamimic_platform.services import accounts, auditing, people
from datamimic_platform.services.signing_in import administrator_link, local_key
from datamimic_platform.store.auditing import verify as verify_chain


@click.group(short_help="The audit: verified, exported.")
def audit() -> None:
    """Every change and every download is a row of the audit, sealed with the row before it."""


@audit.command(short_help="Find out whether somebody changed it.")
@click.option("--head", help="A head that was noted earlier, which must be in it.")
def verify(head: str | None) -> None:
    """Read the whole chain. Exits with 1 at the first row that is not as it was written, or where a noted head is missing."""
    with local_store() as (store, _):
        found = verify_chain(store, head=head)
    if found.broken is not None:
        click.echo(f"broken at row {found.broken}: {found.reason}", err=True)
        sys.exit(1)
    click.echo(f"{found.rows} rows are as they were written\nhead {found.head}")


@audit.command(short_help="Print it as JSON lines or CSV.")
@click.option("--format", "form", type=click.Choice(["json", "csv"]), default="json", show_default=True, help="Form.")
def export(form: str) -> None:
    """Print the audit of all workspaces, oldest first. The export is a row itself."""
    from attrs import evolve

    with local_store() as (store, actor):
        for line in auditing.export(store, evolve(actor, workspace=0), form):
            click.echo(line, nl=False)


@click.group(short_help="People.")
def user() -> None:
    """People of the workspace main; others are managed by REST."""


@user.command(short_help="A link that signs an administrator in, once.")
@click.option("--email", default="admin@localhost", show_default=True, help="Who it signs in.")
def link(email: str) -> None:
    """Print a link that opens a session for the administrator, once, within half an hour."""
    with local_store() as (store, _):
        text = administrator_link(store, email)
        settings = store.settings
    click.echo(f"{settings.origin}:{settings.page_port}/login?link={text}")


@user.command(short_help="A key for programs, which is shown this once.")
@click.argument("name")
@click.option("--days", type=click.IntRange(1, 366), default=30, show_default=True, help="After which it ends.")
@click.option("--scope", "scopes", multiple=True, help="A right that it has; without any, all of the administrator's.")
def key(name: str, days: int, scopes: tuple[str, ...]) -> None:
    """Print a key of the administrator, for REST and for SYNDATA_API_KEY.

    \b
    export SYNDATA_API_KEY=$(syndata user key laptop)
    curl -H "X-API-Key: $SYNDATA_API_KEY" http://localhost:8000/stats
    """
    with local_store() as (store, actor):
        click.echo(local_key(store, actor, name, days, [*scopes] or None)["key"])


@user.command(short_help="Add somebody; the password is asked for.")
@click.argument("email")
@click.option("--name", required=True, help="As others see it.")
@click.option("--role", default="viewer", show_default=True, help="viewer, executor, developer or administrator.")
@click.password_option(help="Else it is asked for.")
def add(email: str, name: str, role: str, password: str) -> None:
    """Add EMAIL to the workspace main."""
    with local_store() as (store, actor):
        made = people.add_user(store, actor, email, name, role, password)
    click.echo(f"{made['email']}: {made['role']}")


@user.command(short_help="Set a password; it is asked for.")
@click.argument("email")
@click.password_option(help="Else it is asked for.")
def password(email: str, password: str) -> None:
    """Set the password of EMAIL, in whatever workspace; all sessions of theirs end."""
    with local_store() as (store, actor):
        accounts.set_password(store, actor, email, password)
    click.echo(f"{email.lower()}: the password is set")


@click.group(short_help="Workspaces.")
def workspace() -> None:
    """Tenants: what is in one is seen in no other."""


@workspace.command("add", short_help="Make one, with its first administrator.")
@click.argument("name")
@click.option("--administrator", required=True, metavar="EMAIL", help="Who is made where nobody has the address.")
def add_workspace(name: str, administrator: str) -> None:
    """Make the workspace NAME, and print a link that signs its administrator in, once, within half an hour.

    \b
    syndata workspace add acme --administrator ann@acme.example
    """
    with local_store() as (store, actor):
        made = accounts.add_workspace(store, actor, name, administrator)
        text = administrator_link(store, made["administrator"])
        settings = store.settings
    click.echo(f"{made['name']}: {made['administrator']}")
    click.echo(f"{settings.origin}:{settings.page_port}/login?link={text}")


@workspace.command("list", short_help="All of them.")
def list_workspaces() -> None:
    """Names, with the number of members of each."""
    with local_store() as (store, actor):
        for each in accounts.all_workspaces(store, actor):
            click.echo(f"{each['name']}: {each['members']} members")


@click.command(short_help="Remove jobs that are over their time.")
def retention() -> None:
    """Remove ended jobs older than SYNDATA_RETENTION_DAYS with their artefacts and logs; the scheduler does it by itself."""
    with local_store() as (store, _):
        click.echo(f"{len(retain(store))} jobs removed")
