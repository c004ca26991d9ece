"""How projects become files and files projects is wired: one line a domain."""

from dishka import Provider, Scope, provide, provide_all

from reelwright.ground.clock import Clock
from reelwright.projects.carried import Revisions
from reelwright.projects.carried_states import Said, States
from reelwright.projects.settings import ProjectSettings
from reelwright.studio.hands.carried import PinnedPictures
from reelwright.studio.music.carried import TriedMusic
from reelwright.studio.parcels.exports import ProjectExports
from reelwright.studio.parcels.gathering import Gathering, Parts
from reelwright.studio.parcels.imports import ProjectImports
from reelwright.studio.parcels.local import LocalParcels
from reelwright.studio.parcels.moves import ProjectMoves


class Carrying(Provider):
    """What goes into a project's file, and who writes and reads it."""

    scope = Scope.APP
    desks = provide_all(Gathering, ProjectExports, ProjectImports, LocalParcels)
    moves = provide(ProjectMoves)

    @provide
    def parts(self, clock: Clock, settings: ProjectSettings) -> Parts:
        return parts_of_projects(clock, settings)


def parts_of_projects(clock: Clock, settings: ProjectSettings) -> Parts:
    """All of them; the revisions first."""
    return Parts(
        [
            Revisions(clock),
            States(clock, settings),
            Said(clock),
            PinnedPictures(clock),
            TriedMusic(clock),
        ]
    )
