"""Tokens from service to service: for whom, for what, how long, and what becomes of keys."""

import asyncio
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from reelwright.engines.database.failures import RightsError
from reelwright.engines.secrets.keyring import GivenKeys
from reelwright.engines.secrets.vault import Vault
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.principals import Activity
from reelwright.identity.audit import AuditLog
from reelwright.identity.service_tokens import ServiceTokenRefusedError, ServiceTokens
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.site import Site
from reelwright.identity.tables import SigningKeyRow
from reelwright.identity.tokens import TokenService
from support.identity import Clock
from support.people import new_person
from support.ways_in import calling, open_doors

pytestmark = pytest.mark.anyio

SITE = Site("https://film.example")


@pytest.fixture
def clock():
    return Clock()


def services(database, clock, site=SITE):
    async def vault():
        return Vault(GivenKeys([b"v" * 32]))

    return ServiceTokens(database, clock, vault, site)


async def refused(tokens, token, audience="render", scope=None):
    with pytest.raises(ServiceTokenRefusedError):
        await tokens.verify(token, audience, scope)
    return True


async def test_a_token_is_good_for_its_audience_its_scopes_and_its_minutes(database, clock):
    signer, checker = services(database, clock), services(database, clock)
    signing = TokenService(database, clock, AuditLog(database, clock), IdentitySettings(), signer)
    checking = TokenService(database, clock, AuditLog(database, clock), IdentitySettings(), checker)
    token = await signing.issue_service_token("cut", "render", ["frames:read", "frames:write"])
    visitor = await checking.verify_service_token(token, "render", "frames:read")
    assert (visitor.service, visitor.audience) == ("cut", "render")
    assert visitor.scopes == {"frames:read", "frames:write"}
    assert visitor.expires_at == clock.time + timedelta(minutes=15)
    assert await refused(checker, token, "other")
    assert await refused(checker, token, "render", "frames:delete")
    assert await refused(services(database, clock, Site("https://evil.example")), token)
    clock.time -= timedelta(minutes=1)
    assert await refused(checker, token)
    clock.time += timedelta(minutes=16)
    assert await refused(checker, token)


async def test_what_others_have_signed_or_changed_is_not_believed(database, clock):
    tokens = services(database, clock)
    token = await tokens.issue("cut", "render", ["read"])
    kid = jwt.get_unverified_header(token)["kid"]
    claims = jwt.decode(token, options={"verify_signature": False})
    key = Ed25519PrivateKey.generate()
    head = {"kid": kid, "typ": "service+jwt"}
    (public,) = await tokens.public_keys()
    forged = [
        jwt.encode(claims, key, algorithm="EdDSA", headers=head),
        jwt.encode(claims, "", algorithm="none", headers=head),
        jwt.encode(claims, public["x"] * 2, algorithm="HS256", headers=head),
        jwt.encode(claims, key, algorithm="EdDSA", headers=head | {"kid": "another"}),
        jwt.encode(claims, key, algorithm="EdDSA"),
        token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB"),
        "",
        "a.b.c",
    ]
    for one in forged:
        assert await refused(tokens, one)
    kept = await tokens._signing()  # what we sign for something else is no service's token
    for lacking in ("sub", "aud", "exp", "iat", "scope", "iss"):
        less = {name: value for name, value in claims.items() if name != lacking}
        assert await refused(tokens, jwt.encode(less, kept.key, algorithm="EdDSA", headers=head))
    other = jwt.encode(claims, kept.key, algorithm="EdDSA", headers=head | {"typ": "JWT"})
    assert await refused(tokens, other)


@pytest.mark.parametrize(
    ("service", "audience", "scopes", "lasts"),
    [
        ("", "render", ["read"], 1),
        ("cut", "", ["read"], 1),
        ("cut", "render", [], 1),
        ("cut", "render", ["two words"], 1),
        ("cut", "render", ["read"], 16),
        ("cut", "render", ["read"], 0),
    ],
)
async def test_a_token_says_who_to_whom_for_what_and_not_for_long(
    service, audience, scopes, lasts, clock
):
    with pytest.raises(InvalidInputError):
        await services(None, clock).issue(service, audience, scopes, timedelta(minutes=lasts))


async def test_keys_change_by_themselves_and_old_tokens_last_until_they_end(database, clock):
    tokens = services(database, clock)
    clock.time += timedelta(seconds=1)
    first = await tokens.issue("cut", "render", ["read"])
    clock.time += timedelta(days=30) - timedelta(minutes=5)
    late = await tokens.issue("cut", "render", ["read"])
    clock.time += timedelta(minutes=5)
    new = await tokens.issue("cut", "render", ["read"])
    kids = [jwt.get_unverified_header(one)["kid"] for one in (first, late, new)]
    assert kids[0] == kids[1] != kids[2]
    assert [one["kid"] for one in await tokens.public_keys()] == [kids[2], kids[1]]
    await tokens.verify(late, "render")
    clock.time += timedelta(minutes=16)
    assert [one["kid"] for one in await tokens.public_keys()] == [kids[2]]


async def test_a_key_that_is_put_aside_signs_no_more_and_one_that_is_lost_is_worth_nothing(
    database, clock
):
    tokens, others = services(database, clock), services(database, clock)
    old = await tokens.issue("cut", "render", ["read"])
    await others.verify(old, "render")
    new = await tokens.rotate()
    await tokens.verify(old, "render")
    assert jwt.get_unverified_header(await tokens.issue("a", "b", ["c"]))["kid"] == new
    await tokens.rotate(at_once=True)
    assert await refused(tokens, old)
    clock.time += timedelta(minutes=1)
    assert await refused(others, old)


async def test_many_who_begin_at_once_make_one_key_which_nobody_can_read(database, clock):
    signers = [services(database, clock) for _ in range(4)]
    made = await asyncio.gather(*(one.issue("cut", "render", ["read"]) for one in signers))
    assert len({jwt.get_unverified_header(one)["kid"] for one in made}) == 1
    async with database.transaction(Activity.SIGN_IN) as tx:
        row = (await tx.scalars(select(SigningKeyRow))).one()
    assert row.sealed.startswith("v1|")
    assert set(row.public) == {"kty", "crv", "x", "kid", "alg", "use"}
    with pytest.raises(RightsError):
        async with database.transaction(await new_person(database)) as tx:
            await tx.execute(text("SELECT * FROM signing_keys"))


async def test_our_public_keys_are_told_to_anybody(database_url):
    async with open_doors(database_url) as opened, calling(opened) as client:
        tokens = await opened.container.get(TokenService)
        token = await tokens.issue_service_token("cut", "render", ["read"])
        told = (await client.get("/.well-known/jwks.json")).json()
    (key,) = jwt.PyJWKSet.from_dict(told).keys
    read = jwt.decode(token, key.key, algorithms=["EdDSA"], audience="render")
    assert (read["sub"], key.key_id) == ("cut", jwt.get_unverified_header(token)["kid"])


@given(st.one_of(st.text(), st.from_regex(r"[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*")))
def test_whatever_is_sent_as_a_token_is_refused_in_one_way(said):
    tokens = services(None, Clock())

    async def no_key(kid):
        return None

    tokens._public = no_key
    with pytest.raises(ServiceTokenRefusedError):
        tokens.verify(said, "render").send(None)  # it never gets so far as to wait
