"""Accounts as people keep them: added, shared, changed, removed; and what others never see of them."""

import asyncio

import httpx2
import pytest
from sqlalchemy import text

from reelwright.app.settings import Settings
from reelwright.app.start import open_house
from reelwright.engines.database.failures import RightsError
from reelwright.engines.secrets.vault import SealBrokenError
from reelwright.engines.storage.home import home
from reelwright.faces.web.application import create_app
from reelwright.generation.accounts.account import Sharing
from reelwright.generation.accounts.errors import NoAccountError, TooManyAccountsError
from reelwright.generation.accounts.settings import AccountSettings
from reelwright.ground.errors import ConflictError, DeniedError, InvalidInputError, MissingError
from reelwright.ground.paging import Paging
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.users import UserService
from reelwright.identity.workspaces import WorkspaceService
from reelwright.providers.contract import Access
from reelwright.providers.errors import BadKeyError
from support.accounts import Pool
from support.people import join, new_person
from support.tenants import urls_of

pytestmark = pytest.mark.anyio
_ADD_FOR_EVERYONE = """
    INSERT INTO accounts (id, workspace_id, user_id, provider, name, access, sharing)
    VALUES ('acc_x', current_setting('app.workspace_id'), current_setting('app.user_id'),
        'fal', 'x', 'x', 'everyone')"""


@pytest.fixture
def pool(database):
    return Pool(database)


@pytest.fixture
async def who(database):
    return await new_person(database)


@pytest.fixture
async def operator(database):
    person = await new_person(database)
    async with database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(text("UPDATE users SET admin = true WHERE id = :id"), {"id": person.user})
    return person


@pytest.fixture
async def fellows(database, who):
    """The owner of a team and a member, in the team's workspace."""
    member = await new_person(database)
    made = await WorkspaceService(database).create(who, "Team")
    await join(database, member, made.id)
    return Principal(who.user, made.id), Principal(member.user, made.id)


async def seen(pool, who):
    return {account.id for account in (await pool.book.list(who)).rows}


async def test_each_sees_their_own_the_workspaces_and_the_operators_and_no_others(
    pool, database, fellows, operator
):
    owner, member = fellows
    private = await pool.add(member)
    shared = await pool.add(member, sharing=Sharing.WORKSPACE)
    everyone = await pool.add(operator, sharing=Sharing.EVERYONE)
    stranger = await new_person(database)
    assert await seen(pool, member) == {private.id, shared.id, everyone.id}
    assert await seen(pool, owner) == {shared.id, everyone.id}
    assert await seen(pool, stranger) == {everyone.id}
    for person in (owner, stranger):
        with pytest.raises(MissingError):
            await pool.book.get(person, private.id)
        with pytest.raises(MissingError):
            await pool.book.change(person, private.id, {"paused": True})
        with pytest.raises(MissingError):
            await pool.book.remove(person, private.id)
        with pytest.raises(MissingError):
            await pool.service.reserve_account(person, private.id, "sub-1")


async def test_the_database_itself_keeps_accounts_apart(pool, database, who, operator):
    mine = await pool.add(who)
    everyone = await pool.add(operator, sharing=Sharing.EVERYONE)
    await pool.take(operator, "sub-1")
    stranger = await new_person(database)
    async with database.transaction(stranger) as tx:
        assert (await tx.scalars(text("SELECT id FROM accounts"))).all() == [everyone.id]
        assert (await tx.scalars(text("SELECT id FROM account_reservations"))).all() == []
        for statement in ("UPDATE accounts SET paused = true", "DELETE FROM accounts"):
            changed = await tx.scalars(text(f"{statement} RETURNING id"))
            assert changed.all() == []
        assert not await tx.scalar(text("SELECT release_account('sub-1', 5, now())"))
        taken = "SELECT reserve_account('sub-9', '', 0, now(), '{}', ARRAY[:id])"
        assert await tx.scalar(text(taken), {"id": mine.id}) is None
    for forbidden in (
        "UPDATE users SET admin = true",
        "UPDATE account_reservations SET released_at = now()",
        _ADD_FOR_EVERYONE,
    ):
        with pytest.raises(RightsError):
            async with database.transaction(stranger) as tx:
                await tx.execute(text(forbidden))


async def test_a_private_account_pays_only_in_the_workspace_it_was_added_to(
    pool, database, who, fellows
):
    owner, _ = fellows
    await pool.add(who)
    assert owner.user == who.user
    with pytest.raises(NoAccountError):
        await pool.take(owner, "sub-1")


async def test_the_owner_of_a_workspace_looks_after_what_is_shared_with_it_members_do_not(
    pool, fellows
):
    owner, member = fellows
    shared = await pool.add(member, sharing=Sharing.WORKSPACE)
    assert (await pool.book.change(owner, shared.id, {"paused": True})).paused
    with pytest.raises(DeniedError, match="whoever added it"):
        await pool.book.change(owner, shared.id, {"sharing": Sharing.PRIVATE})
    of_owner = await pool.add(owner, sharing=Sharing.WORKSPACE)
    with pytest.raises(DeniedError):
        await pool.book.change(member, of_owner.id, {"paused": True})
    with pytest.raises(DeniedError):
        await pool.book.remove(member, of_owner.id)
    with pytest.raises(DeniedError):
        await pool.book.test(member, of_owner.id)
    await pool.book.remove(owner, shared.id)


async def test_only_an_admin_shares_with_everyone(pool, who, operator):
    with pytest.raises(DeniedError, match="admin"):
        await pool.add(who, sharing=Sharing.EVERYONE)
    account = await pool.add(who)
    with pytest.raises(DeniedError, match="admin"):
        await pool.book.change(who, account.id, {"sharing": Sharing.EVERYONE})
    account = await pool.add(operator)
    changed = await pool.book.change(operator, account.id, {"sharing": Sharing.EVERYONE})
    assert changed.sharing is Sharing.EVERYONE
    assert (await pool.take(who, "sub-1")).id != account.id  # their own is nearer


async def test_what_is_changed_is_changed_and_the_rest_stays(pool, who):
    account = await pool.add(who, requests_per_minute=5, credits=10)
    change = {"name": " New  name ", "priority": 1, "requests_per_minute": None}
    changed = await pool.book.change(who, account.id, change)
    assert (changed.name, changed.priority, changed.requests_per_minute) == ("New name", 1, None)
    assert (changed.credits, changed.max_concurrent_jobs) == (10, 5)
    assert await pool.events(who) == ["added", "changed"]


async def test_a_new_key_comes_with_its_address_and_forgets_troubles(pool, who):
    account = await pool.add(who, access=Access("old", "https://old.example"))
    await pool.service.record_failure(account.id, BadKeyError("no"))
    await pool.book.change(who, account.id, {}, Access("new"))
    taken = await pool.take(who, "sub-1")
    assert pool.service.access_of(taken) == Access("new")
    assert taken.base_url == ""
    assert await pool.events(who) == ["added", "disabled", "healed", "changed"]


async def test_a_key_does_not_open_in_another_row_nor_go_to_another_address(pool, who, database):
    one = await pool.add(who, "key-of-one")
    other = await pool.add(who, "key-of-other")
    async with database.transaction(who) as tx:
        moved = {"sealed": one.sealed, "other": other.id, "one": one.id}
        await tx.execute(text("UPDATE accounts SET access = :sealed WHERE id = :other"), moved)
        await tx.execute(
            text("UPDATE accounts SET base_url = 'https://thief.example' WHERE id = :one"), moved
        )
    with pytest.raises(SealBrokenError):
        pool.service.access_of(await pool.look(other))
    assert pool.service.access_of(await pool.look(one)) == Access("key-of-one")


async def test_an_account_in_use_cannot_be_removed(pool, who):
    account = await pool.add(who)
    await pool.take(who, "sub-1")
    with pytest.raises(ConflictError, match="1 calls run"):
        await pool.book.remove(who, account.id)
    await pool.release(who, "sub-1")
    await pool.book.remove(who, account.id)
    assert await seen(pool, who) == set()
    assert await pool.events(who) == ["added", "removed"]


async def test_a_person_has_at_most_so_many_accounts_also_when_they_add_several_at_once(
    database, who
):
    pool = Pool(database, settings=AccountSettings(most_per_user=3))
    told = await asyncio.gather(*(pool.add(who) for _ in range(6)), return_exceptions=True)
    assert sum(isinstance(one, TooManyAccountsError) for one in told) == 3
    async with database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(text("UPDATE users SET max_accounts = 4 WHERE id = :id"), {"id": who.user})
    await pool.add(who)
    with pytest.raises(TooManyAccountsError, match="you have 4 accounts"):
        await pool.add(who)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"access": Access("")}, "needs a key"),
        ({"access": Access("a\nb")}, "no key"),
        ({"access": Access("k", "ftp://x")}, "no address"),
        ({"access": Access("k", "https://user:pass@x")}, "no address"),
        ({"access": Access("k", "https://x/\0")}, "no address"),
        ({"priority": 11}, "priority"),
        ({"max_concurrent_jobs": 0}, "max_concurrent_jobs"),
        ({"requests_per_minute": 0}, "requests_per_minute"),
        ({"credits": float("nan")}, "credits"),
        ({"name": "x" * 101}, "name"),
    ],
)
async def test_what_no_account_can_be_is_refused_before_anything_is_kept(more, words):
    nobody = Pool(database=None)
    with pytest.raises(InvalidInputError, match=words):
        await nobody.add(None, **more)


async def test_the_environments_account_cannot_be_removed_but_paused(database):
    pool = Pool(database, environ={"FAL_KEY": "k"})
    owner = await UserService(database).local_owner()
    (account,) = (await pool.book.list(owner)).rows
    with pytest.raises(ConflictError, match="FAL_KEY"):
        await pool.book.remove(owner, account.id)
    with pytest.raises(ConflictError, match="FAL_KEY"):
        await pool.book.change(owner, account.id, {}, Access("other"))
    assert (await pool.book.change(owner, account.id, {"paused": True})).paused


async def test_pages_follow_each_other(pool, who):
    added = [(await pool.add(who)).id for _ in range(3)]
    first = await pool.book.list(who, Paging(2))
    rest = await pool.book.list(who, Paging(2, first.next))
    assert [one.id for one in (*first.rows, *rest.rows)] == sorted(added, reverse=True)
    assert rest.next is None


async def test_over_http_keys_go_in_and_never_come_out(database_url):
    urls = urls_of(database_url)
    given = {"url": urls.owner, "app_url": urls.app, "system_url": urls.system}
    settings = Settings.model_validate({"home": home(), "database": given})
    async with open_house(settings, web=True) as opened:
        app = create_app(opened.container, opened.settings.web, opened.checks())
        token = (home() / "token").read_text(encoding="utf-8").strip()
        async with httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app, client=("127.0.0.1", 1)),
            base_url="http://test/api/v1",
            headers={"Authorization": f"Bearer {token}"},
        ) as client:
            said = await walk(client)
    assert not any("top-secret" in one for one in said)


async def walk(client):
    """Through all operations; the texts of all answers."""
    order = {"provider": "sketch", "key": "top-secret", "more": {"token": "top-secret-too"}}
    made = await client.post("/accounts", json=order | {"sharing": "everyone"})
    assert made.status_code == 201, made.text
    account = made.json()["id"]
    assert made.headers["location"] == f"/api/v1/accounts/{account}"
    listed = await client.get("/accounts", params={"provider": "sketch"})
    assert [one["id"] for one in listed.json()["items"]] == [account]
    paused = await client.patch(f"/accounts/{account}", json={"paused": True, "name": "Mine"})
    assert (paused.json()["paused"], paused.json()["name"]) == (True, "Mine")
    key = {"access": {"key": "top-secret-3", "base_url": "https://v.example"}}
    changed = await client.patch(f"/accounts/{account}", json=key)
    assert changed.json()["base_url"] == "https://v.example"
    wrong = await client.patch(f"/accounts/{account}", json={"base_url": "https://thief.example"})
    assert wrong.status_code == 422
    wrong_key = await client.post("/accounts", json=order | {"key": "top-secret\n-4"})
    assert wrong_key.status_code == 422
    tried = await client.post(f"/accounts/{account}/test")
    assert (tried.status_code, tried.json()["tried"]) == (200, False)
    got = await client.get(f"/accounts/{account}")
    assert got.json()["source"] == "stored"
    gone = await client.delete(f"/accounts/{account}")
    assert gone.status_code == 204
    missing = await client.get(f"/accounts/{account}")
    assert missing.status_code == 404
    answers = (made, listed, paused, changed, wrong, wrong_key, tried, got, gone, missing)
    return [one.text for one in answers]
