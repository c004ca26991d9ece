"""Projects with all they may have, and projects' files that somebody has tampered with."""

import hashlib
import io
import json
import re
import struct
import warnings
import zipfile

from support.pictures import picture_bytes

SCRIPT = """Title: Small

EXT. BEACH - DAY

MARA (30s) walks along the water.

MARA
Is anybody there?
"""


def entries(file):
    """What a project's file holds, by the names of its entries."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


def manifest(file):
    return json.loads(entries(file)["project.json"])


def packed(held, more=()):
    """A file that holds these entries; `more` are (entry, bytes) on top of them, whatever they are."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, data in [*held.items(), *more]:
            archive.writestr(name, data)
    return buffer.getvalue()


def told(file, change):
    """The file with a manifest that `change` has been at."""
    held = entries(file)
    one = json.loads(held["project.json"])
    change(one)
    held["project.json"] = json.dumps(one).encode()
    return packed(held)


def with_content(file, data, **asset):
    """The file with one asset more."""
    sha256 = hashlib.sha256(data).hexdigest()

    def add(one):
        known = one["assets"][0] | {"id": "ast_" + "0" * 26, "sha256": sha256, "marks": []}
        one["assets"].append(known | {"size": len(data)} | asset)

    held = entries(told(file, add))
    return packed(held | {f"files/{sha256}": data})


def _symlink():
    link = zipfile.ZipInfo("files/" + "a" * 64)
    link.external_attr = 0o120777 << 16
    return link


def _deep_file(file):
    held = entries(file)
    text = held["project.json"].decode()
    state = (
        '{"editor":"film","version":9,"at":"2026-01-01T00:00:00Z","restored":null,"data":{"data":'
    )
    state += '{"a":' * 3000 + "1" + "}" * 3000 + "}}"
    text = text.replace('"states":[', f'"states":[{state},', 1)
    text = text.replace(f"{state},]", f"{state}]")
    return packed(held | {"project.json": text.encode()})


def _encrypted(file):
    """The flag that says so, set in the list of entries."""
    data = bytearray(file)
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def _lying_size(file):
    """A list of entries that says the last one unpacks to a hundred gigabytes."""
    data = bytearray(file)
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 0xFFFFFFF0)
    return bytes(data)


def hostile(file):
    """(what is wrong with it, the file), of a good file with a film project in it."""
    held = entries(file)
    content = next(name for name in held if name != "project.json")
    less = {name: data for name, data in held.items() if name != content}
    wrong = held | {content: b"x" + held[content][1:]}
    yield "nothing", b""
    yield "no archive", b"Title: Small\n\nEXT. BEACH - DAY\n" * 9
    yield "cut off", file[: len(file) // 2]
    yield "cut off in the list", file[:-30]
    yield "a comment behind", file[:-2] + b"\x05\0hello"
    yield "the middle is missing", file[:200] + file[400:]
    yield "no manifest", packed({n: d for n, d in held.items() if n != "project.json"})
    yield "a way out", packed(held, [("../../../etc/passwd", b"x")])
    yield "an absolute way", packed(held, [("/etc/cron.d/x", b"x")])
    yield "another's way", packed(held, [("files\\..\\x", b"x")])
    yield "a folder", packed(held, [("files/", b"")])
    yield "a link", packed(held, [(_symlink(), b"/etc/passwd")])
    yield "a content too many", packed(held, [("files/" + "a" * 64, b"x")])
    yield "a content twice", packed(held, [(content, held[content])])
    yield "a manifest twice", packed(held, [("project.json", held["project.json"])])
    yield "a content too few", packed(less)
    yield "other bytes than the digest says", packed(wrong)
    yield "a locked entry", _encrypted(file)
    yield "a size that is a lie", _lying_size(file)
    yield "a bomb", packed(held | {content: b"\0" * 300_000_000})
    yield "a manifest of a hundred MB", packed(held | {"project.json": b" " * 100_000_000})
    yield "a manifest that is no JSON", packed(held | {"project.json": b"{"})
    yield "a manifest that is a list", packed(held | {"project.json": b"[]"})
    yield "a manifest that is not UTF-8", packed(held | {"project.json": b'{"a":"\xff"}'})
    yield "deep JSON", _deep_file(file)
    yield from ((what, told(file, change)) for what, change in _TOLD.items())
    yield "a picture that is none", with_content(file, b"\x89PNG\r\n\x1a\n" + b"no" * 99)
    yield "a film that is none", with_content(file, b"\0\0\0\x18ftypmp42" + b"no" * 99)


def _leads_out(one):
    revision = one["parts"]["revisions"][-1]
    revision["files"][".."] = revision["files"].pop(revision["script"])
    revision["script"] = ".."


_TOLD = {
    "a newer version": lambda one: one.update(version=2),
    "no version": lambda one: one.pop("version"),
    "another format": lambda one: one.update(format="something else"),
    "a field too many": lambda one: one.update(members=["usr_x"]),
    "a part too many": lambda one: one["parts"].update(share_links=[]),
    "a part too few": lambda one: one["parts"].pop("comments"),
    "a type there is not": lambda one: one["project"].update(type="opera"),
    "a name of two lines": lambda one: one["project"].update(name="a\nb"),
    "a NUL": lambda one: one["project"].update(name="a\0b"),
    "a head there is not": lambda one: one["project"].update(head=7),
    "no revision": lambda one: one["parts"].update(revisions=[]),
    "a revision twice": lambda one: one["parts"]["revisions"].append(one["parts"]["revisions"][0]),
    "a film without a script": lambda one: one["parts"]["revisions"][-1].update(script=None),
    "a script there is not": lambda one: one["parts"]["revisions"][-1].update(script="x.fountain"),
    "a script that leads out": _leads_out,
    "an id that is none": lambda one: one["assets"][0].update(id="mine"),
    "an asset twice": lambda one: one["assets"].append(one["assets"][0]),
    "a size below nothing": lambda one: one["assets"][0].update(size=-1),
    "another size": lambda one: one["assets"][0].update(size=one["assets"][0]["size"] + 1),
    "a digest that leads out": lambda one: one["assets"][0].update(sha256="../" * 21 + "x"),
    "a mark that is none": lambda one: one["assets"][0].update(
        marks=[{"recipe": "x", "family": None, "operation": "still"}]
    ),
    "a state of no editor": lambda one: one["parts"]["states"].append(_state(editor="opera")),
    "a state of unknown parts": lambda one: one["parts"]["states"].append(_state(data={"x": 1})),
    "a state twice": lambda one: one["parts"]["states"].extend([_state(), _state()]),
    "a number beyond all": lambda one: one["parts"]["states"].append(
        _state(data={"data": {"n": float("inf")}})
    ),
    "an answer to nothing": lambda one: one["parts"]["comments"].append(_comment(thread=77)),
    "a comment of nobody": lambda one: one["parts"]["comments"].append(_comment(author="")),
    "a comment nowhere": lambda one: one["parts"]["comments"].append(_comment(about="shot")),
    "a pin on no picture": lambda one: one["parts"]["references"].append(
        {"kind": "character", "name": "MARA", "asset": one["assets"][0]["id"]}
    ),
    "music of nothing": lambda one: one["parts"]["music"].append({"title": "x"}),
}
_AT = "2026-01-01T00:00:00Z"


def _state(**more):
    return {"editor": "film", "version": 9, "data": {}, "at": _AT, "restored": None} | more


def _comment(**more):
    said = {"number": 9, "thread": None, "author": "Ada", "about": "project", "anchor": None}
    said |= {"label": None, "at_ms": None, "body": "hm", "at": _AT, "edited_at": None}
    return said | {"resolved_at": None, "deleted_at": None} | more


_IDS = re.compile(r"\b(?:ast|prj)_[0-9a-hjkmnp-tv-z]{26}\b")
_DATES = re.compile(r'"\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|[+-]\d\d:\d\d)"')


def but_for_ids_and_dates(one):
    """A manifest in which ids are numbers in the order they come in, and dates are gone."""
    one["assets"].sort(key=lambda asset: (asset["sha256"], asset["name"]))
    numbers = {}
    text = json.dumps(one, sort_keys=True)
    text = _IDS.sub(lambda found: f"id {numbers.setdefault(found[0], len(numbers))}", text)
    return json.loads(_DATES.sub('"then"', text))


async def anything(house, chance):
    """A project with whatever a project may have, by chance."""
    colour = chance.choice(["red", "teal"])
    pictures = {
        "mara.png": picture_bytes("PNG", (40, 30), colour),
        "beach.jpg": picture_bytes("JPEG", (64, 48), colour, quality=chance.randint(40, 95)),
    }
    sent = [("media", (name, data, "image/x")) for name, data in pictures.items()]
    sent.append(("script", ("my small.fountain", SCRIPT.encode(), "text/plain")))
    sent.append(("notes", ("notes", b"# by hand\n", "text/plain")))
    made = await house.ask("POST", "/projects", 201, files=sent, data={"name": "Ünïcode ☂"})
    project = made.json()
    at = f"/projects/{project['id']}"
    mara, beach = (project["head"]["files"][name] for name in pictures)
    for _ in range(chance.randint(0, 3)):
        script = f"{SCRIPT}\nShe waits for {chance.randint(1, 99)} days.\n"
        form = {"script": ("my small.fountain", script, "text/plain")}
        await house.ask("PUT", f"{at}/revision", 200, files=form)
    for number in range(chance.randint(0, 4)):
        state = {"data": _json(chance, 3, [mara, project["id"]]), "ui": {"zoom": number}}
        await house.ask("PUT", f"{at}/state?expected={number}", 200, json=state)
    await _talk(house, at, chance)
    await house.ask(
        "PATCH", f"/assets/{beach}", 200, json={"tags": ["Sea", "blue"], "favourite": True}
    )
    pin = {"name": "MARA", "asset_id": mara}
    await house.ask("POST", f"{at}/references", 201, json=pin)
    tried = {"title": "Waves", "style": "slow", "lyrics": "la", "project_id": project["id"]}
    await house.ask("POST", "/music-sessions", 201, json=tried)
    return project


def _json(chance, depth, ids):
    """Any JSON object."""
    some = [None, True, 1, -2.5, 10**18, "☂\n", *ids, [], "\\u00e9"]
    if depth:
        some += [_json(chance, depth - 1, ids), [chance.choice(some), chance.choice(some)]]
    return {f"k{n}": chance.choice(some) for n in range(chance.randint(1, 5))}


async def _talk(house, at, chance):
    """What people say: threads, answers, some settled, some taken back."""
    for number in range(chance.randint(1, 4)):
        said = {"body": f"Why?\n☂ {number}"} | chance.choice([{}, {"about": "time", "at_ms": 1500}])
        first = (await house.ask("POST", f"{at}/comments", 201, json=said)).json()
        here = f"{at}/comments/{first['id']}"
        for _ in range(chance.randint(0, 2)):
            await house.ask("POST", f"{here}/replies", 201, json={"body": "Because."})
        if chance.random() < 0.5:
            await house.ask("POST", f"{here}/resolve", 200)
        if chance.random() < 0.3:
            await house.ask("DELETE", here, 204)
