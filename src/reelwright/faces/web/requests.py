"""What many operations take and give: ids in paths, pages, idempotency keys."""

import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Header, Path, Query, Response
from pydantic import AfterValidator, BaseModel
from starlette.datastructures import Headers
from starlette.types import Scope

from reelwright.ground.errors import InvalidInputError, MissingError
from reelwright.ground.ids import (
    AccountId,
    AssetId,
    CommentId,
    Id,
    JobId,
    LikenessId,
    NoticeId,
    ProductionId,
    ProjectId,
    ShareId,
    TakedownId,
    ThreadId,
    UploadId,
    UserId,
    WorkspaceId,
)
from reelwright.ground.paging import LARGEST, Page, Paging
from reelwright.ground.texts import NUL

API = "/api/v1"

PIECE = "application/offset+octet-stream"
FILES = frozenset({"multipart/form-data", PIECE})
"""What bodies are called that bring files: they may be large, and nobody holds them in memory."""

View = TypeVar("View")
Row = TypeVar("Row")


class PageView(BaseModel, Generic[View]):
    """Some rows, and the cursor to ask for the next with (null: these were the last)."""

    items: Sequence[View]
    next: str | None


def paged(page: Page[Row], view: Callable[[Row], View]) -> PageView[View]:
    """A page of rows as it is shown."""
    return PageView(items=[view(row) for row in page.rows], next=page.next)


def content_type(scope: Scope) -> str:
    """What the body is said to be, without more about it."""
    return Headers(scope=scope).get("content-type", "").partition(";")[0].strip().lower()


def locate(response: Response, *place: str) -> None:
    """Say in the answer where what was made, or is on its way, can be looked at."""
    response.headers["Location"] = "/".join([API, *place])


def _shown_once(response: Response) -> None:
    response.headers["Cache-Control"] = "no-store"


SHOWN_ONCE = Depends(_shown_once)
"""For operations whose answer holds a secret: neither browsers nor we keep it (`repeats.py`)."""


def _storable(value: Any) -> Any:
    """The value, if Postgres can keep it: no NUL, no half characters, no NaN."""
    try:
        written = json.dumps(value, ensure_ascii=False, allow_nan=False)
        written.encode()
    except (ValueError, RecursionError):
        raise ValueError("holds what JSON or UTF-8 cannot say") from None
    if NUL.search(written):
        raise ValueError("holds the character NUL")
    return value


PlainText = Annotated[str, AfterValidator(_storable)]
PlainObject = Annotated[dict[str, Any], AfterValidator(_storable)]
"""What came from outside and goes into the database."""


async def _paging(
    limit: Annotated[int, Query(ge=1, le=LARGEST, description="At most so many.")] = 50,
    cursor: Annotated[
        str | None,
        Query(
            max_length=2000,
            pattern=r"^[A-Za-z0-9_=-]+$",
            description="Where to go on: `next` of the page before.",
        ),
    ] = None,
) -> Paging:
    paging = Paging(limit, cursor)
    key = paging.after()
    if key is not None and not (key and all(_names_a_row(part) for part in key)):
        raise not_ours()
    return paging


def _names_a_row(part: Any) -> bool:
    if isinstance(part, str):
        return part.isprintable()
    return isinstance(part, int) and 0 <= part < 2**31


def not_ours() -> InvalidInputError:
    """A cursor that none of our pages has given."""
    return InvalidInputError("this cursor is not one of ours", way_out="leave it away")


Pages = Annotated[Paging, Depends(_paging)]
"""`?limit=&cursor=`."""


def in_path(name: str, kind: type[Id]) -> Any:
    """An id in a path; what cannot be one names nothing, so it is missing."""

    async def read(text: Annotated[str, Path(alias=name, max_length=100)]) -> Id:
        try:
            return kind.parse(text)
        except InvalidInputError as error:
            raise MissingError(error.message, way_out=error.way_out) from None

    return Depends(read)


AccountInPath = Annotated[AccountId, in_path("account_id", AccountId)]
CommentInPath = Annotated[CommentId, in_path("comment_id", CommentId)]
AssetInPath = Annotated[AssetId, in_path("asset_id", AssetId)]
FilmInPath = Annotated[ProductionId, in_path("film_id", ProductionId)]
JobInPath = Annotated[JobId, in_path("job_id", JobId)]
LikenessInPath = Annotated[LikenessId, in_path("likeness_id", LikenessId)]
NoticeInPath = Annotated[NoticeId, in_path("notice_id", NoticeId)]
TakedownInPath = Annotated[TakedownId, in_path("takedown_id", TakedownId)]
ShareInPath = Annotated[ShareId, in_path("link_id", ShareId)]
ProjectInPath = Annotated[ProjectId, in_path("project_id", ProjectId)]
ThreadInPath = Annotated[ThreadId, in_path("thread_id", ThreadId)]
UploadInPath = Annotated[UploadId, in_path("upload_id", UploadId)]
UserInPath = Annotated[UserId, in_path("user_id", UserId)]
WorkspaceInPath = Annotated[WorkspaceId, in_path("workspace_id", WorkspaceId)]

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="The same key of the same workspace gives the same thing, not a second one.",
    ),
]
