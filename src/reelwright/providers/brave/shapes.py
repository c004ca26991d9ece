"""What Brave's image search answers."""

from pydantic import BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Thumbnail(_Shape):
    """Brave's own small copy."""

    src: str = ""
    width: int | None = None
    height: int | None = None


class Properties(_Shape):
    """The picture where it is."""

    url: str = ""
    width: int | None = None
    height: int | None = None


class Hit(_Shape):
    """One picture; `url` is the page it stands on, `source` that page's host."""

    title: str = ""
    url: str = ""
    source: str = ""
    thumbnail: Thumbnail = Thumbnail()
    properties: Properties = Properties()


class Query(_Shape):
    """What was asked, and what Brave made of it (`altered`: after its spelling was mended)."""

    original: str = ""
    altered: str | None = None


class Extra(_Shape):
    """Of all pictures together."""

    might_be_offensive: bool = False


class Found(_Shape):
    """The answer to a search."""

    query: Query = Query()
    results: list[Hit]
    extra: Extra = Extra()


class Fault(_Shape):
    """One thing that is wrong with a parameter; `loc` is as `["query", "count"]`."""

    loc: list[str | int] = Field(default_factory=list)


class Meta(_Shape):
    """More about a trouble."""

    errors: list[Fault] = Field(default_factory=list)


class Error(_Shape):
    """A trouble, by its code."""

    code: str = ""
    detail: str = ""
    meta: Meta = Meta()


class Trouble(_Shape):
    """The answer when there is a trouble: the reference page shows a list, the service sends one."""

    error: Error | None = None
    errors: list[Error] = Field(default_factory=list)

    @property
    def first(self) -> Error:
        """What is to be told."""
        return self.error or next(iter(self.errors), Error())
