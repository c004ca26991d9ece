"""Arguments that several commands take, with the words that explain them."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

Script = Annotated[Path, Parameter(help="a screenplay: .fountain, .fdx, .pdf or .txt")]
Json = Annotated[bool, Parameter(name="--json", negative="", help="print plain data on stdout")]
Fps = Annotated[str, Parameter(help="24, 25, 30, 50, 60, 23.976, 29.97 or 59.94")]
Scenes = Annotated[str | None, Parameter(help="only these: 2-4,7")]
Handles = Annotated[int, Parameter(help="extra frames at both ends of each shot, for an editor")]
Voices = Annotated[bool, Parameter(help="speak the dialogue")]
Size = Annotated[str, Parameter(help="width x height in pixels, both even")]
Route = Annotated[
    str, Parameter(help="which models make it: cheapest, best, fastest, or a TOML file")
]
AskedRoute = Annotated[
    str | None, Parameter(name="--route", help="a model is asked: cheapest, best or fastest")
]
AskedModels = Annotated[
    list[str] | None,
    Parameter(name="--model", negative="", help="this one (reelwright models); again: the next"),
]
