"""`reelwright screenplay`: a script read and written in another form."""

import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from reelwright.faces.cli.arguments import Script
from reelwright.studio.scripts import read_script


def screenplay(
    script: Script,
    /,
    *,
    to: Annotated[
        Literal["json", "fountain", "fdx", "text"], Parameter(help="the form to write")
    ] = "json",
    out: Annotated[
        Path | None, Parameter(help="the file to write; standard output if not given")
    ] = None,
) -> None:
    """Read a screenplay (Fountain, Final Draft, PDF, plain text) and write it in another form."""
    from reelwright.engines.storage.files import whole_file
    from reelwright.film.screenplay import formats

    read = read_script(script)
    for warning in read.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    data = formats.write_screenplay(read, to)
    if out is None:
        sys.stdout.buffer.write(data)
    else:
        with whole_file(out) as draft:
            draft.write_bytes(data)
