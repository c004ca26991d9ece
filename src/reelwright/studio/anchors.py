"""The scenes and shots of projects' scripts, by their stable ids, for what refers to them."""

from collections import OrderedDict
from collections.abc import Mapping

from reelwright.ground.ids import ProjectId, RevisionId
from reelwright.ground.principals import Principal
from reelwright.projects.service import ProjectService
from reelwright.studio.manuscripts import Manuscript, Manuscripts

_REMEMBERED = 64


class ScriptAnchors:
    """Reads the scripts; what was read of a revision is remembered, since a revision never changes."""

    def __init__(self, projects: ProjectService, manuscripts: Manuscripts) -> None:
        self._projects = projects
        self._manuscripts = manuscripts
        self._known: OrderedDict[RevisionId, Mapping[str, str]] = OrderedDict()

    async def read(self, who: Principal, project_id: ProjectId) -> Mapping[str, str]:
        """What the scenes and shots of the newest script are called; raises ProjectMissingError.

        Those of the script alone are there as well, also where the notes have dropped them.
        """
        head = (await self._projects.get(who, project_id)).head
        if head.script is None:
            return {}
        names = self._known.get(head.id)
        if names is None:
            script = await self._manuscripts.read(who, project_id)
            names = anchors_of(script)
            self._known[script.project.head.id] = names
        else:
            self._known.move_to_end(head.id)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return names


def anchors_of(script: Manuscript) -> dict[str, str]:
    """What the scenes and shots of a script are called, by their ids."""
    names = {}
    for breakdown in (script.breakdown, script.directed.breakdown):
        for scene in breakdown.scenes:
            names[scene.id] = f"{scene.number} {scene.heading}"
            names |= {shot.id: f"{shot.number} {shot.action}"[:200].strip() for shot in scene.shots}
    return names
