"""What letters prove: a forgotten password, an address, another address."""

import asyncio
import email
import time
from datetime import timedelta
from email import policy

import pytest
from sqlalchemy import select, text, update

from reelwright.engines.limits.limiter import RateLimitedError
from reelwright.engines.mail.contract import MailDelayedError, MailRefusedError
from reelwright.engines.storage.home import home
from reelwright.ground.errors import ConflictError, InvalidInputError, UnauthenticatedError
from reelwright.ground.principals import Activity
from reelwright.identity.auth_service import SignInRefusedError
from reelwright.identity.mail_codes import CodeRefusedError
from reelwright.identity.passwords import PasswordRefusedError
from reelwright.identity.tables import UserRow
from reelwright.identity.tokens import TokenService
from support.api import signed_up, whole_api
from support.identity import AT_HOME, WORDS, Desk, code_in

pytestmark = pytest.mark.anyio

ADA, NEW = "ada@example.com", "another keeper 8"


@pytest.fixture
def desk(database):
    desk = Desk(database)
    yield desk
    desk.passwords.close()


async def test_whoever_reads_the_letters_of_an_address_sets_a_new_password(desk):
    made = await desk.ada()
    await desk.recovery.ask_reset(" ADA@example.com", AT_HOME)
    (letter,) = await desk.mails()
    assert letter.to == ADA
    assert "Hello Ada" in letter.text
    assert "https://film.example/letters/reset#rw_mlc_" in letter.text
    assert "$" not in letter.text
    await desk.recovery.reset(code_in(letter), NEW, AT_HOME)
    with pytest.raises(UnauthenticatedError):
        await desk.sessions.admit(made.token)
    with pytest.raises(SignInRefusedError):
        await desk.auth.login(ADA, WORDS)
    assert (await desk.auth.login(ADA, NEW)).user.email_verified_at is not None
    (notice,) = await desk.mails()
    assert "has a new password" in notice.text


async def test_asking_has_one_answer_in_one_time_whether_the_address_is_known_or_not(desk):
    await desk.ada()
    times = []
    for address in (ADA, "bo@example.com", "no address", ""):
        begun = time.monotonic()
        assert await desk.recovery.ask_reset(address) is None
        times.append(time.monotonic() - begun)
    assert min(times) >= 0.24
    assert len(await desk.mails()) == 1


async def test_a_code_is_good_once_for_one_purpose_and_for_some_hours(desk):
    await desk.ada()
    await desk.recovery.ask_reset(ADA)
    await desk.recovery.ask_reset(ADA)
    first, second = map(code_in, await desk.mails())
    for wrong in ("", "nonsense", first[:-1], first[:-1] + ("0" if first[-1] != "0" else "1")):
        with pytest.raises(CodeRefusedError):
            await desk.recovery.reset(wrong, NEW)
    for other in (desk.recovery.verify, desk.recovery.change):
        with pytest.raises(CodeRefusedError):
            await other(first)
    with pytest.raises(PasswordRefusedError):
        await desk.recovery.reset(first, "password1")
    await desk.recovery.reset(first, NEW)
    for used in (first, second):
        with pytest.raises(CodeRefusedError):
            await desk.recovery.reset(used, WORDS)
    await desk.mails()
    await desk.recovery.ask_reset(ADA)
    late = await desk.code()
    desk.clock.time += timedelta(hours=2)
    with pytest.raises(CodeRefusedError):
        await desk.recovery.reset(late, WORDS)


async def test_a_letter_that_is_written_twice_says_the_same_and_one_that_is_late_is_not(desk):
    await desk.ada()
    await desk.recovery.ask_reset(ADA)
    (event,) = await desk.asked()
    desk.box.failures = [MailDelayedError("busy")]
    with pytest.raises(MailDelayedError):
        await desk.writer.write(event)
    await desk.writer.write(event)
    await desk.writer.write(event)
    first, second = desk.box.letters
    assert first == second
    desk.box.failures = [MailRefusedError("no such address")]
    await desk.writer.write(event)
    desk.clock.time += timedelta(hours=3)
    await desk.writer.write(event)
    assert len(desk.box.letters) == 2
    assert code_in(first) not in str(event)


async def test_letters_are_counted_and_so_are_codes(database):
    desk = Desk(database, {"letter": "2/hour", "sign_in_address": "5/hour"})
    for address in (ADA, ADA):
        await desk.recovery.ask_reset(address, AT_HOME)
    with pytest.raises(RateLimitedError):
        await desk.recovery.ask_reset(ADA, AT_HOME)
    for _ in range(3):
        with pytest.raises(CodeRefusedError):
            await desk.recovery.verify("wrong", AT_HOME)
    with pytest.raises(RateLimitedError):
        await desk.recovery.verify("wrong", AT_HOME)
    desk.passwords.close()


async def test_somebody_who_is_suspended_gets_no_letter_and_no_password(desk, database):
    await desk.ada()
    await desk.recovery.ask_reset(ADA)
    code = await desk.code()
    await desk.recovery.ask_reset(ADA)
    async with database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(update(UserRow).values(suspended_at=text("now()")))
    assert await desk.mails() == []
    with pytest.raises(CodeRefusedError):
        await desk.recovery.reset(code, NEW)


async def test_the_tokens_of_whoever_signed_up_with_anothers_address_end_when_its_owner_comes(
    desk, database
):
    tokens = TokenService(database, desk.clock, desk.audit, desk.settings)
    _, kept = await tokens.create(await desk.who(await desk.ada()), "theirs")
    await desk.recovery.ask_reset(ADA)
    await desk.recovery.reset(await desk.code(), NEW)
    with pytest.raises(UnauthenticatedError):
        await tokens.admit(kept)
    # Later the address is known to be theirs: what they made since stays.
    who = await desk.who(await desk.auth.login(ADA, NEW))
    _, mine = await tokens.create(who, "mine")
    await desk.mails()
    await desk.recovery.ask_reset(ADA)
    await desk.recovery.reset(await desk.code(), WORDS)
    assert (await tokens.admit(mine)).principal == who


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("J. R. Hartley", "Hello J. R. Hartley,"),
        ("Win at evil.example", "Hello,"),
        ("a@b", "Hello,"),
        ("W " * 49 + "W", "Hello " + "W " * 29 + "W…,"),
    ],
)
async def test_a_stranger_cannot_write_in_the_letters_of_others(desk, name, greeting):
    await desk.auth.sign_up(ADA, WORDS, name)
    (letter,) = await desk.mails()
    assert letter.text.splitlines()[0] == greeting


async def test_an_address_is_proved_by_a_letter_to_it(desk):
    who = await desk.who(await desk.ada())
    await desk.recovery.ask_verification(who)
    code = await desk.code()
    assert (await desk.recovery.verify(code)).email_verified_at == desk.clock.time
    with pytest.raises(CodeRefusedError):
        await desk.recovery.verify(code)
    with pytest.raises(ConflictError):
        await desk.recovery.ask_verification(who)


async def test_whoever_signs_up_is_asked_by_letter_whether_the_address_is_theirs(desk):
    made = await desk.auth.sign_up(ADA, WORDS, "Ada", AT_HOME)
    assert made.user.email_verified_at is None
    (letter,) = await desk.mails()
    assert (letter.to, letter.subject) == (ADA, "Is this your address?")
    assert "https://film.example/letters/verify#rw_mlc_" in letter.text
    assert (await desk.recovery.verify(code_in(letter))).email_verified_at is not None


async def test_nobody_is_kept_from_signing_up_by_letters_that_others_had_sent(database):
    desk = Desk(database, {"letter": "1/hour"})
    await desk.recovery.ask_reset(ADA)
    await desk.auth.sign_up(ADA, WORDS, "Ada", AT_HOME)
    assert await desk.mails() == []
    desk.passwords.close()


async def test_a_sign_up_that_fails_sends_no_letter(desk):
    await desk.ada()
    with pytest.raises(ConflictError):
        await desk.ada()
    assert await desk.mails() == []


async def test_another_address_takes_the_password_and_a_letter_and_the_old_one_is_told(desk):
    who = await desk.who(await desk.ada())
    with pytest.raises(SignInRefusedError):
        await desk.recovery.ask_change(who, "ada@new.org", "wrong")
    for bad in ("nonsense", ADA):
        with pytest.raises(InvalidInputError):
            await desk.recovery.ask_change(who, bad, WORDS)
    await desk.recovery.ask_reset(ADA)
    old_code = await desk.code()
    await desk.recovery.ask_change(who, "Ada@New.org", WORDS)
    (letter,) = await desk.mails()
    assert letter.to == "ada@new.org"
    assert (await desk.recovery.change(code_in(letter))).email == "ada@new.org"
    (notice,) = await desk.mails()
    assert (notice.to, "#rw_" in notice.text) == (ADA, False)
    assert (await desk.auth.login("ada@new.org", WORDS)).user.id == who.user
    with pytest.raises(CodeRefusedError):
        await desk.recovery.reset(old_code, NEW)


async def test_an_address_that_belongs_to_another_is_told_only_to_its_reader(desk):
    await desk.auth.sign_up("bo@example.com", WORDS, "Bo")
    who = await desk.who(await desk.ada())
    await desk.recovery.ask_change(who, "bo@example.com", WORDS)
    code = await desk.code()
    with pytest.raises(ConflictError):
        await desk.recovery.change(code)
    async with desk.database.transaction(Activity.SIGN_IN) as tx:
        emails = set(await tx.scalars(select(UserRow.email).where(UserRow.email.is_not(None))))
    assert emails == {"ada@example.com", "bo@example.com"}


async def test_what_happened_to_the_account_is_written_down_without_any_secret(desk):
    who = await desk.who(await desk.ada())
    await desk.recovery.ask_reset(ADA)
    code = await desk.code()
    await desk.recovery.reset(code, NEW)
    deeds = (await desk.audit.list(who)).rows
    assert [one.action for one in deeds][:2] == ["password:reset", "password:asked"]
    assert code.rpartition("_")[2] not in str(deeds)


async def test_over_http_a_letter_comes_once_its_asking_is_committed_and_opens_the_account(
    database_url,
):
    api, words = "/api/v1/auth", {"password": NEW}
    people = {"sign_up": "open", "remember_s": 0}
    async with (
        whole_api(database_url, home(), worker=True, identity=people) as whole,
        whole.client("") as client,
    ):
        ada = await signed_up(client, "ada")
        asked = await client.post(f"{api}/password/forgotten", json={"email": ADA})
        nobody = await client.post(f"{api}/password/forgotten", json={"email": "bo@b.org"})
        assert (asked.status_code, asked.content) == (nobody.status_code, nobody.content)
        code = await _laid("asked for a new password")
        reset = await client.post(f"{api}/password/reset", json=words | {"code": code})
        assert reset.status_code == 204, reset.text
        again = await client.post(f"{api}/password/reset", json=words | {"code": code})
        assert (again.status_code, again.json()["code"]) == (422, "code_refused")
        assert (await client.get("/api/v1/me", headers=ada)).status_code == 401
        entered = await client.post(f"{api}/login", json=words | {"email": ADA, "keep": "text"})
        now = {"Authorization": f"Bearer {entered.json()['session']}"}
        me = "/api/v1/me/email"
        assert (await client.post(f"{me}/verification", headers=now)).status_code == 409
        wanted = words | {"email": "ada@new.org"}
        assert (await client.post(f"{me}/change", headers=now, json=wanted)).status_code == 202
        change = {"code": await _laid("to use ada@new.org")}
        assert (await client.post(f"{api}/email/change", json=change)).json() == {
            "email": "ada@new.org"
        }
        used = await client.post(f"{api}/email/verify", json=change)
        assert used.json()["code"] == "code_refused"


async def _laid(words):
    """The code in the letter with these words, when it has come."""
    async with asyncio.timeout(20):
        while True:
            for path in (home() / "letters").glob("*.eml"):
                text = email.message_from_bytes(path.read_bytes(), policy=policy.default)
                body = text.get_content()
                if words in body:
                    return next(word for word in body.split() if word.startswith("rw_mlc_"))
            await asyncio.sleep(0.05)
