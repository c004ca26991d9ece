"""Operations on files as everyone above asks for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reelwright.engines.media.edits.catalogue import OPERATIONS, operation
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.jobs.job import Job, NewJob
from reelwright.jobs.service import JobService
from reelwright.projects.types import types_with
from reelwright.studio.edits.desk import Desk
from reelwright.studio.edits.making import MEDIA


@dataclass(frozen=True, slots=True)
class OperationSheet:
    """An operation as it is shown: `params` is a JSON Schema, `takes` the media of its inputs."""

    name: str
    purpose: str
    takes: Sequence[str]
    least_inputs: int
    most_inputs: int
    gives: str
    params: Mapping[str, Any]
    project_types: Sequence[str]


class MediaProcessor:
    """Asks for operations on a workspace's assets; each runs as a job of the kind `media`."""

    def __init__(self, desk: Desk, jobs: JobService) -> None:
        self._desk = desk
        self._jobs = jobs

    def list_operations(self) -> list[OperationSheet]:
        """All operations, what they take, and which types of project have them."""
        return [
            OperationSheet(
                name=one.name,
                purpose=one.purpose,
                takes=[medium.value for medium in one.does],
                least_inputs=one.least,
                most_inputs=one.most,
                gives="analysis" if one.analysis else "asset",
                params=one.params.model_json_schema(),
                project_types=types_with(one.name),
            )
            for one in OPERATIONS.values()
        ]

    async def process(
        self,
        who: Principal,
        name: str,
        inputs: Sequence[AssetId],
        params: Mapping[str, Any] | None = None,
        *,
        project_id: ProjectId | None = None,
        request_key: str | None = None,
        priority: int = 5,
    ) -> Job:
        """Ask for an operation; answers its job, or the equal one that lives already.

        Raises OperationUnsupportedError, AssetMissingError, InvalidInputError for parameters and
        inputs with which it cannot be done. (Of large files in a bucket the job itself says that.)
        """
        one = operation(name)
        read = one.read(params or {})
        one.count(inputs)
        await self._desk.allow(who, name, project_id)
        measures = await self._desk.measures(await self._desk.assets(who, inputs))
        if measures is not None:
            one.check(read, measures)
        whole = read.model_dump(mode="json")
        asked = {"operation": name, "params": whole, "inputs": list(inputs)}
        new = NewJob(
            kind=MEDIA,
            params=asked,
            priority=priority,
            project_id=project_id,
            request_key=request_key,
        )
        return await self._jobs.create_job(who, new)
