"""Whatever is sent to the API is taken, or refused in plain words: never a fault, and nothing stays behind.

Scripts, bodies and uploads are whole ones that something happened to, by chance and the same each time.
"""

import base64
import json
import os
import random
from collections import Counter

import pytest

from reelwright.engines.storage.objects import Objects
from reelwright.faces.web.problems import MEDIA_TYPE
from reelwright.film.screenplay.formats import WRITERS
from reelwright.film.screenplay.fountain.reader import read_fountain
from reelwright.ground.paging import Paging
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import AssetFilter
from support.api import whole_api
from support.malformed import malformed, whole_files
from support.pdfs import make_pdf

pytestmark = pytest.mark.anyio
API = "/api/v1"
HOW_MANY = int(os.environ.get("MALFORMED", "150"))  # of each; 2000 were sent once
SCRIPT = (
    "Title: Rain\n\nINT. HALL - DAY\n\nMARA (30s) stands in the hall.\n\nMARA\nHello?\n\nCUT TO:\n"
)
SENT = (
    ("PATCH", "/projects/{project}", {"name": "The Hall"}),
    ("POST", "/projects/{project}/duplicate", {"name": "Again"}),
    ("POST", "/projects/{project}/quotes", {"options": {"size": "320x180"}}),
    (
        "PUT",
        "/projects/{project}/state",
        {"notes": ["a"], "timeline": [], "data": {"x": {"y": [1]}}},
    ),
    ("PATCH", "/projects/{project}/state", [{"op": "add", "path": "/data/z", "value": 1}]),
    ("POST", "/projects/{project}/comments", {"body": "Good.", "about": "project", "at_ms": 4}),
    ("POST", "/projects/{project}/shares", {"scope": "view", "expires_at": "2030-01-01T00:00:00Z"}),
    ("PUT", "/projects/{project}/presence", {"where": "scene", "at_ms": 1}),
    ("POST", "/projects/{project}/references", {"kind": "character", "name": "MARA"}),
    ("POST", "/invitations", {"email": "ada@example.com", "role": "viewer"}),
    ("POST", "/workspaces", {"name": "Ada's"}),
    ("POST", "/music-sessions", {"title": "Score", "project_id": "x"}),
    ("POST", "/threads", {"title": "Words"}),
    ("POST", "/me/tokens", {"name": "one", "scopes": ["read"], "expires_at": None}),
    ("PATCH", "/me", {"name": "Ada", "time_zone": "Europe/Berlin"}),
    ("POST", "/jobs", {"kind": "nothing", "params": {"a": 1}, "priority": 3}),
    ("POST", "/accounts", {"provider": "openai", "name": "mine", "keys": {"api_key": "sk-1"}}),
    ("POST", "/media/operations", {"operation": "trim", "assets": ["x"], "options": {"from": 1}}),
    ("POST", "/auth/login", {"email": "ada@example.com", "password": "a lighthouse 7"}),
    (
        "POST",
        "/auth/sign-up",
        {"email": "a@example.com", "password": "a lighthouse 7", "name": "A"},
    ),
)


@pytest.fixture(scope="module")
def anyio_backend():
    return "asyncio"


@pytest.fixture(scope="module")
async def api(server, tmp_path_factory, anyio_backend):
    url, home = server.create(), tmp_path_factory.mktemp("malformed")
    limits = dict.fromkeys(("sign_up", "sign_in", "sign_in_account", "sign_in_address"), "none")
    async with whole_api(url, home, limits=limits, identity={"sign_up": "open"}) as api:
        yield api
    server.drop(url)


def in_plain_words(answer, seen):
    """Counts the answer: done, or a problem that says what is wrong."""
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        problem = answer.json()
        assert answer.headers["content-type"] == MEDIA_TYPE
        assert problem["detail"]
    seen[answer.status_code // 100] += 1


async def nothing_but_assets(api):
    """The storage holds the files of assets and no others, and no draft of one."""
    library, objects = [await api.opened.container.get(one) for one in (AssetService, Objects)]
    keys, paging = set(), Paging(200)
    while paging is not None:
        page = await library.list(api.opened.owner, AssetFilter(), paging)
        keys |= {asset.key for asset in page.rows}
        paging = Paging(200, page.next) if page.next else None
    assert {found.key async for found in objects.list()} == keys
    assert list(objects.drafts.iterdir()) == []


def broken(chance, data):
    """Text or bytes that something happened to."""
    return malformed(chance, [data])


async def test_malformed_scripts(api):
    seen, wholes = Counter(), whole_scripts()
    async with api.client(api.session) as client:
        for seed in range(HOW_MANY):
            chance = random.Random(seed)
            name, data = chance.choice(wholes)
            form = {"script": (name, broken(chance, data))}
            answer = await client.post(f"{API}/projects", files=form, data={"name": f"{seed}"})
            in_plain_words(answer, seen)
            if answer.status_code == 201:  # then it can be read
                made = answer.json()["id"]
                quoted = await client.post(f"{API}/projects/{made}/quotes", json={})
                in_plain_words(quoted, Counter())
        assert min(seen[2], seen[4]) > HOW_MANY / 50
    await nothing_but_assets(api)


async def test_malformed_bodies(api):
    seen = Counter()
    async with api.client(api.session) as client:
        made = await client.post(f"{API}/projects", json={"script": SCRIPT})
        project = made.json()["id"]
        for seed in range(HOW_MANY):
            chance = random.Random(seed)
            method, path, body = chance.choice(SENT)
            data = broken_body(chance, body)
            headers = {
                "Content-Type": chance.choice(("application/json",) * 9 + ("text/plain", "x"))
            }
            where = API + path.format(project=project)
            answer = await client.request(method, where, content=data, headers=headers)
            in_plain_words(answer, seen)
        assert seen[4] > HOW_MANY / 3
    await nothing_but_assets(api)


async def test_malformed_uploads(api):
    seen, wholes = Counter(), whole_files()
    async with api.client(api.session) as client:
        made = (await client.post(f"{API}/projects", json={"script": SCRIPT})).json()
        for seed in range(HOW_MANY):
            chance = random.Random(seed)
            data = malformed(chance, wholes)
            begun = await client.post(
                f"{API}/uploads", headers=announced(chance, len(data), made["id"])
            )
            in_plain_words(begun, Counter())
            if begun.status_code != 201:
                seen[4] += 1
                continue
            url, at = begun.headers["Location"], chance.choice((0, 0, 0, 0, 1, -1, 10**12))
            headers = {
                "Tus-Resumable": "1.0.0",
                "Upload-Offset": str(at),
                "Content-Type": "application/offset+octet-stream",
            }
            sent = await client.patch(url, content=data[max(0, min(at, 1)) :], headers=headers)
            in_plain_words(sent, seen)
            if sent.status_code >= 400:
                ended = await client.delete(url, headers={"Tus-Resumable": "1.0.0"})
                in_plain_words(ended, Counter())
        assert min(seen[2], seen[4]) > HOW_MANY / 20
    await nothing_but_assets(api)


def whole_scripts():
    """A small script in each format that is read."""
    script = read_fountain(SCRIPT)
    written = {"fountain": "a.fountain", "fdx": "a.fdx", "text": "a.txt"}
    found = [(name, WRITERS[form](script).encode()) for form, name in written.items()]
    page = [(108, 72 + 12 * row, line) for row, line in enumerate(SCRIPT.split("\n"))]
    return [*found, ("a.pdf", make_pdf([page]))]


def broken_body(chance, body):
    """A body of the wrong shape, or bytes that are no body."""
    match chance.randrange(6):
        case 0:
            return broken(chance, json.dumps(body).encode())
        case 1:
            return chance.choice(ODD)
        case 2 if isinstance(body, dict):
            return json.dumps(body | {chance.choice([*body, "more"]): any_value(chance)}).encode()
        case 3 if isinstance(body, dict):
            left = dict(body)
            left.pop(chance.choice(list(left)))
            return json.dumps(left).encode()
        case 4:
            return json.dumps(any_value(chance)).encode()
        case _:
            return (
                json.dumps(body)
                .replace("a", chance.choice(("\\u0000", "\\ud800", "é" * 500)))
                .encode()
            )


ODD = (
    b"", b"{", b"null", b"[]" * 9, b"[" * 5000, b'{"a":' * 3000, b"\xff\xfe{\0}\0", b"NaN", b"1e999",
    b'{"name": "a", "name": 1}', b"9" * 6000, b"\xef\xbb\xbf{}",
)  # fmt: skip


def any_value(chance):
    return chance.choice(VALUES)


VALUES = (
    None, True, -1, 2**63, 10**400, 0.1, "", "\0", "\ud800", "x" * 100_000, [], [[]] * 50, {},
    {"": None}, {"__proto__": {}}, "2030-99-01", "../../etc/passwd", "' OR 1=1 --", [None] * 2000,
)  # fmt: skip


def announced(chance, size, project):
    """The headers of an upload that begins, wrong in one of four."""
    names = {"project_id": project, "filename": chance.choice(("a.png", "../a", "\0", "a" * 300))}
    pairs = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in names.items())
    right = {"Tus-Resumable": "1.0.0", "Upload-Length": str(size), "Upload-Metadata": pairs}
    if chance.randrange(4):
        return right
    wrong = {
        "Tus-Resumable": ("0.2.2", ""),
        "Upload-Length": ("-1", "x", "1e9", str(10**18), ""),
        "Upload-Metadata": ("a", "a b c", "project_id cHJq", "filename ????", "," * 50),
    }
    name = chance.choice(list(wrong))
    return right | {name: chance.choice(wrong[name])}
