"""Who gets through which door: every operation, called by everybody, against one table.

The body of each call is said to be far too large: whoever is let in is told so (413) before anything
is read or done, so nothing happens, whatever the operation. Whoever is not let in is told that.
"""

import re
from dataclasses import dataclass, field

import pytest
from sqlalchemy import NullPool, create_engine, text, update

from reelwright.engines.database.database import Database
from reelwright.engines.database.failures import RightsError
from reelwright.faces.web.description import guarded
from reelwright.ground.ids import ReferenceId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.tables import UserRow
from support.access_table import SHARES, TABLE
from support.api import OPEN, routes_of, signed_up, whole_api

pytestmark = pytest.mark.anyio

API = "/api/v1"
HUGE = {"Content-Length": str(10**12)}
LET_IN = 413
UNDOCUMENTED = {
    "begin_oauth": "sends a browser on to who signs it in; both halves are bound by a cookie",
    "finish_oauth": "takes it back",
    "list_signing_keys": "public keys",
    "open_letter": "a page without anything in it: the code stands behind the # of its address",
    "read_media": "what a signed URL names, until it expires",
    "read_metrics": "for who may scrape: a token of its own, or from this machine",
    "ring": "a vendor's webhook: tells nothing, and only has a call looked at",
}
"""The operations that stand outside the description, and why anybody may call them."""
RANKS = ["owner", "admin", "editor", "commenter", "viewer", "guest"]
SCRIPT = "INT. HALL - DAY\n\nMARA stands in the hall.\n"
EXPECTED = {line.split()[0]: line.split()[1:] for line in TABLE.split("\n") if line}
OF_PROJECTS = (
    "project_id",
    "film_id",
    "job_id",
    "asset_id",
    "reference_id",
    "thread_id",
    "session_id",
)


@dataclass
class Team:
    """A workspace, a project of it with all that belongs to it, and everybody who may come."""

    api: object
    workspace: str
    ids: dict
    callers: dict = field(default_factory=dict)
    links: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    url: str = ""


@pytest.fixture(scope="module")
def anyio_backend():
    return "asyncio"


@pytest.fixture(scope="module")
async def team(server, tmp_path_factory, anyio_backend):
    url = server.create()
    limits = dict.fromkeys(("sign_up", "sign_in", "sign_in_account", "sign_in_address"), "none")
    told = {"identity": {"sign_up": "open"}, "limits": limits}
    async with whole_api(url, tmp_path_factory.mktemp("doors"), **told) as api:
        async with api.client("") as client:
            team = await gather(api, client)
            await let_in(team, client)
            await share(team, client)
        team.url = url
        yield team
    server.drop(url)


async def gather(api, client):
    owner = await signed_up(client, "owner")
    place = (await client.post(f"{API}/workspaces", json={"name": "Team"}, headers=owner)).json()
    here = owner | {"Reelwright-Workspace": place["id"]}

    async def made(path, body):
        answer = await client.post(API + path, json=body, headers=here)
        assert answer.status_code < 300, answer.text
        return answer.json()

    project = await made("/projects", {"script": SCRIPT})
    mine = {"project_id": project["id"]}
    film = await made(f"/projects/{project['id']}/films", {"options": {"size": "320x180"}})
    ids = mine | {"film_id": film["id"], "job_id": film["job_id"]}
    ids["asset_id"] = project["head"]["files"]["script.fountain"]
    ids["session_id"] = (await made("/music-sessions", mine | {"title": "Score"}))["id"]
    ids["thread_id"] = (await made("/threads", mine))["id"]
    ids["reference_id"] = ReferenceId.new()
    database = await api.opened.container.get(Database)
    me = await who_is(client, here)
    pin = (
        "INSERT INTO project_references (id, workspace_id, project_id, kind, name, asset_id)"
        " VALUES (:reference_id, :w, :project_id, 'character', 'MARA', :asset_id)"
    )
    async with database.transaction(me) as tx:
        await tx.execute(text(pin), ids | {"w": place["id"]})
    return Team(api, place["id"], ids, {"member owner": here}, people={"owner": me})


async def who_is(client, headers):
    """The principal a caller is."""
    said = (await client.get(f"{API}/auth/session", headers=headers)).json()
    place = headers.get("Reelwright-Workspace", said["workspace"])
    return Principal(said["user"]["id"], place)


async def let_in(team, client):
    """Members and guests of every kind, a stranger, an operator, and sessions and tokens of all sorts."""
    here = team.callers["member owner"]
    for kind, path, roles in (
        ("member", "/invitations", ("admin", "editor", "commenter", "viewer")),
        (
            "guest",
            f"/projects/{team.ids['project_id']}/invitations",
            ("owner", "editor", "commenter", "viewer"),
        ),
    ):
        for role in roles:
            name = f"{kind}-{role}"
            who = await signed_up(client, name)
            asked = {"email": f"{name}@example.com", "role": role}
            offer = await client.post(API + path, json=asked, headers=here)
            taken = {"invitation": offer.json()["invitation"]}
            answer = await client.post(f"{API}/invitations/accept", json=taken, headers=who)
            assert answer.status_code == 200, answer.text
            team.callers[f"{kind} {role}"] = who | {"Reelwright-Workspace": team.workspace}
    stranger = await signed_up(client, "stranger")
    team.people["stranger"] = await who_is(client, stranger)
    operator = await signed_up(client, "operator")
    database = await team.api.opened.container.get(Database)
    for name, changes in (
        ("revoked", "revoked_at = now()"),
        ("expired", "expires_at = now()"),
        ("idle", "seen_at = now() - interval '30 days'"),
    ):
        team.callers[name] = await signed_up(client, name)
        async with database.transaction(Activity.SIGN_IN) as tx:
            await tx.execute(
                text(
                    f"UPDATE sessions SET {changes} WHERE user_id ="  # noqa: S608  # our own words
                    " (SELECT id FROM users WHERE name = :name)"
                ),
                {"name": name},
            )
    async with database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(update(UserRow).where(UserRow.name == "operator").values(admin=True))
    for scope in ("read", "write", "spend", "manage"):
        asked = {"name": scope, "scopes": [scope]}
        token = (await client.post(f"{API}/me/tokens", json=asked, headers=here)).json()["token"]
        team.callers[f"token {scope}"] = {"Authorization": f"Bearer {token}"}
    team.callers |= {
        "nobody": {},
        "stranger": stranger,
        "stranger here": stranger | {"Reelwright-Workspace": team.workspace},
        "operator": operator,
    }


async def share(team, client):
    """Links of all kinds to the project; and who brings one's text as a token."""
    here = team.callers["member owner"]
    shares = f"{API}/projects/{team.ids['project_id']}/shares"
    for kind, asked in (
        ("view", {}),
        ("comment", {"scope": "comment"}),
        ("download", {"scope": "download"}),
        ("locked", {"scope": "comment", "password": "let me in"}),
        ("expired", {"scope": "comment"}),
        ("revoked", {"scope": "comment"}),
    ):
        made = (await client.post(shares, json=asked, headers=here)).json()
        team.links[kind] = made["token"]
        if kind == "revoked":
            answer = await client.delete(f"{shares}/{made['id']}", headers=here)
            assert answer.status_code < 300, answer.text
        if kind == "expired":
            database = await team.api.opened.container.get(Database)
            sooner = text("UPDATE share_links SET expires_at = now() WHERE id = :id")
            async with database.transaction(team.people["owner"]) as tx:
                await tx.execute(sooner, {"id": made["id"]})
    team.links["unknown"] = team.links["view"][:-4] + "aaaa"
    team.links["locked-opened"] = team.links["locked"]
    team.callers["share link"] = {"Authorization": f"Bearer {team.links['download']}"}


def filled(team, path):
    """The path with real ids; what the door does not look at is anything."""
    return re.sub(r"\{(\w+)(?::path)?\}", lambda m: team.ids.get(m[1], "x"), path)


def expected(caller, operation, path):
    """The answer the table has for a caller: a status."""
    role, scope, *elsewhere = EXPECTED[operation]
    kind, _, what = caller.partition(" ")
    inside = not elsewhere and any(f"{{{name}}}" in path for name in OF_PROJECTS)
    if caller in {"nobody", "revoked", "expired", "idle", "share link"}:
        return 401
    if caller == "stranger here":
        return 404
    if kind == "token":
        return LET_IN if what == scope else 403
    if role in {"anybody", "operator"} or kind in {"stranger", "operator"}:
        return LET_IN  # the service itself asks further
    if kind == "guest":
        if scope == "spend":
            return 403
        if not inside:
            return LET_IN if role == "guest" else 403
    return LET_IN if RANKS.index(what) <= RANKS.index(role) else 403


def test_the_table_names_every_operation_there_is_and_no_other(team):
    assert {name for name, _, _, _ in guarded(team.api.app)} == set(EXPECTED)
    everything = set(routes_of(team.api.app))
    assert sorted(everything - set(EXPECTED) - OPEN) == list(UNDOCUMENTED)
    assert set(EXPECTED) | OPEN <= everything


async def test_everybody_gets_through_the_doors_the_table_opens_to_them_and_no_other(team):
    wrong = []
    async with team.api.client("") as client:
        for name, method, path, _ in guarded(team.api.app):
            for caller, headers in team.callers.items():
                answer = await client.request(method, filled(team, path), headers=headers | HUGE)
                if answer.status_code != expected(caller, name, path):
                    wrong.append((name, caller, answer.status_code, expected(caller, name, path)))
    assert not wrong


async def test_what_is_anothers_is_missing_to_strangers_and_to_operators_alike(team):
    async with team.api.client("") as client:
        for name, method, path, _ in guarded(team.api.app):
            if method != "GET" or not any(f"{{{one}}}" in path for one in OF_PROJECTS):
                continue
            for caller in ("stranger", "operator"):
                answer = await client.get(filled(team, path), headers=team.callers[caller])
                nothing = answer.status_code == 200 and answer.json() in (
                    [],
                    {"items": [], "next": None},
                )
                assert answer.status_code in {404, 422} or nothing, (name, caller, answer.text)


async def test_only_operators_see_what_operators_see(team):
    async with team.api.client("") as client:
        for name, method, path, _ in guarded(team.api.app):
            if EXPECTED[name][0] != "operator" or method != "GET" or "{" in path:
                continue
            for caller, headers in team.callers.items():
                answer = await client.get(path, headers=headers)
                assert (answer.status_code == 200) == (caller == "operator"), (name, caller)


@pytest.mark.parametrize("kind", [line.split()[0] for line in SHARES.split("\n") if line])
async def test_a_share_link_opens_what_its_kind_opens_and_nothing_else(team, kind):
    row = next(line for line in SHARES.split("\n") if line.split()[:1] == [kind])
    door = f"{API}/shares/{team.links[kind]}"
    passwords = {"locked-opened": ["let me in"], "locked": ["", "let me in!"]}.get(kind, [""])
    said = {"guest": "Ida", "body": "Lovely."}
    async with team.api.client("") as client:
        for password in passwords:
            headers = {"Reelwright-Share-Password": password} if password else {}
            answers = [
                await client.get(door, headers=headers),
                await client.get(f"{door}/comments", headers=headers),
                await client.post(f"{door}/comments", json=said, headers=headers),
            ]
            assert [str(answer.status_code) for answer in answers] == row.split()[1:]


def rows_of_the_team(connection, team):
    """How many rows of the team's workspace each table has, as the owner of the tables sees it."""
    names = connection.scalars(
        text(
            "SELECT c.table_name FROM information_schema.columns c"
            " JOIN information_schema.tables t USING (table_schema, table_name)"
            " WHERE c.table_schema = 'public' AND c.column_name = 'workspace_id'"
            " AND t.table_type = 'BASE TABLE'"
        )
    )
    return {
        name: connection.scalar(text(COUNT.format(name)), {"w": team.workspace}) for name in names
    }


COUNT = "SELECT count(*) FROM {} WHERE workspace_id = :w"


async def test_a_raw_query_of_the_application_sees_nothing_of_another_tenant(team):
    with create_engine(team.url, poolclass=NullPool).connect() as connection:
        there = rows_of_the_team(connection, team)
    full = {name for name, rows in there.items() if rows}
    assert {"projects", "jobs", "assets", "productions", "share_links", "events"} <= full
    database = await team.api.opened.container.get(Database)
    seen = {}
    for name in there:
        for who in ("owner", "stranger"):
            async with database.read(team.people[who]) as tx:
                count = await tx.scalar(text(COUNT.format(name)), {"w": team.workspace})
            seen[who, name] = count
    assert {name for name in there if seen["stranger", name]} == set()
    # What the application may read at all, the owner of the workspace sees.
    assert {"projects", "jobs", "assets", "productions", "share_links"} <= {
        name for name in there if seen["owner", name]
    }
    async with database.read(team.people["stranger"]) as tx:
        workspaces = await tx.scalars(text("SELECT id FROM workspaces"))
        assert team.workspace not in set(workspaces)
        users = await tx.scalars(text("SELECT id FROM users"))
        assert team.people["owner"].user not in set(users)


async def test_a_raw_query_of_the_application_sees_nothing_of_the_job_engine(team):
    with create_engine(team.url, poolclass=NullPool).connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM dbos.workflow_status")) > 0
        engine = connection.scalars(
            text(
                "SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v')"
                " AND c.relnamespace = 'dbos'::regnamespace"
            )
        ).all()
    assert len(engine) > 3
    database = await team.api.opened.container.get(Database)
    for name in engine:
        for who in ("owner", "stranger"):
            with pytest.raises(RightsError):
                async with database.read(team.people[who]) as tx:
                    await tx.execute(text(f"SELECT * FROM dbos.{name} LIMIT 1"))  # noqa: S608
