"""Two people make films at once, and one of them together, while the server is killed three times."""

import asyncio
import sys
import time

import pytest

from reelwright.client import ApiError, Client
from reelwright.client.failures import NoAnswerError
from reelwright.client.shapes import (
    FilmOrder,
    InvitationText,
    NewComment,
    ProjectOffer,
    ScriptText,
    SignUp,
)
from support.service import Service, kill

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]

FERRY = """Title: The Ferry

EXT. HARBOR - DAY

ADA (40s) looks at the water.

ADA
It never comes on time.

INT. KITCHEN - NIGHT

Ada pours tea. She laughs.
"""
STAIRS = """Title: The Stairs

INT. STAIRWELL - NIGHT

BO climbs. The light goes out.

BO
Hello?

EXT. STREET - DAY

Rain. Bo walks fast.
"""
REVISED = FERRY.replace("She laughs.", "She weeps.")
SMALL = FilmOrder(options={"size": "320x180"})


class House:
    """The server, killed and started again at its old address."""

    def __init__(self, service):
        self.service = service
        self.process = service.api(command="serve")
        self.port = int(service.base.rsplit(":", 1)[1])
        self.deaths = 0

    async def die(self):
        kill(self.process)
        self.deaths += 1
        self.process = await asyncio.to_thread(self.service.api, "serve", self.port)

    def client(self, token=None, workspace=None):
        return Client(self.service.base, token=token, workspace=workspace, attempts=9)


@pytest.fixture
def service(tmp_path):
    told = {"DURABLE__LEASE_S": "3", "IDENTITY__SIGN_UP": "open", "LIMITS__SIGN_UP": "none"}
    with Service(
        tmp_path / "home", **{f"REELWRIGHT_{name}": value for name, value in told.items()}
    ) as service:
        yield service


async def persistently(ask):
    """Ask until there is an answer: for what changes nothing when it is done twice."""
    until = time.monotonic() + 60
    while True:
        try:
            return await ask()
        except (ApiError, NoAnswerError) as error:
            if time.monotonic() > until or getattr(error, "status", 503) < 500:
                raise
        await asyncio.sleep(0.2)


async def made(client, film):
    """The film, when it is made."""
    until = time.monotonic() + 180
    while True:
        found = await persistently(lambda: client.films.get_film(film.id))
        if found.job_state in {"completed", "failed", "cancelled"}:
            assert found.job_state == "completed", found
            return found
        assert time.monotonic() < until, found
        await asyncio.sleep(0.3)


async def sign_up(house, name):
    async with house.client() as stranger:
        words = f"{name} by the water 7"
        order = SignUp(email=f"{name}@example.com", password=words, name=name, keep="text")
        return (await stranger.signing_in.sign_up(order)).session


async def everything(rows):
    return [one async for one in rows]


async def test_two_people_make_films_share_one_and_lose_nothing_though_the_server_dies(service):
    house = House(service)
    ada, bo = await sign_up(house, "ada"), await sign_up(house, "bo")
    async with house.client(ada) as hers, house.client(bo) as his:
        ferry = await hers.projects.create_project(ScriptText(name="Ferry", script=FERRY), key="f")
        stairs = await his.projects.create_project(ScriptText(name="Up", script=STAIRS), key="s")
        first = await asyncio.gather(
            hers.films.start_film(ferry.id, SMALL, key="first"),
            his.films.start_film(stairs.id, SMALL, key="first"),
        )
        await asyncio.sleep(1.5)
        await house.die()

        offer = ProjectOffer(email="bo@example.com", role="editor")
        offered = await hers.members.offer_project_place(ferry.id, offer)
        place = InvitationText(invitation=offered.invitation)
        joined = await his.members.accept_invitation(place, key="join")
        await asyncio.gather(made(hers, first[0]), made(his, first[1]))
        async with house.client(bo, joined.workspace) as together:
            said = NewComment(body="She should weep.")
            deaths = [
                asyncio.create_task(house.die()),
                asyncio.create_task(together.comments.add_comment(ferry.id, said, key="said")),
            ]
            await asyncio.gather(*deaths)
            revision = await persistently(
                lambda: together.projects.revise_project(
                    ferry.id, ScriptText(script=REVISED), expected=None
                )
            )
            assert revision.number == 2
            second = await together.films.start_film(ferry.id, SMALL, key="second")
            await asyncio.sleep(0.7)
            await house.die()
            again = await together.films.start_film(ferry.id, SMALL, key="second")
            assert again.id == second.id
            remade = await made(together, second)
            assert 1 <= remade.report["made"] < remade.report["shots"]
            seen = await everything(together.projects.list_projects())
            assert [one.id for one in seen] == [ferry.id]
        await judge(house, hers, his, ferry, stairs)
    assert house.deaths == 3


async def judge(house, hers, his, ferry, stairs):
    """Nothing is lost, nothing was made twice, and nobody sees what is not theirs."""
    threads = await everything(hers.comments.list_comments(ferry.id))
    assert [one.body for one in threads] == ["She should weep."]
    films = await everything(hers.films.list_films(ferry.id))
    assert len(films) == 2
    assert len(await everything(his.films.list_films(stairs.id))) == 1
    for client, mine in ((hers, ferry), (his, stairs)):
        assert [one.id for one in await everything(client.projects.list_projects())] == [mine.id]
        jobs = await everything(client.jobs.list_jobs())
        assert {one.state for one in jobs} == {"completed"}
        assets = await everything(client.assets.list_assets(limit=200))
        recipes = [one.origin.ref for one in assets if one.origin.kind == "recipe"]
        assert len(recipes) == len(set(recipes)) > 10
    assert house.service.base
