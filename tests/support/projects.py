"""The parts of projects for tests, over a database."""

from reelwright.ground.clock import SystemClock
from reelwright.library.belongings import ProjectFiles
from reelwright.projects.life import ProjectLife
from reelwright.projects.settings import ProjectSettings
from reelwright.projects.states import ProjectStates
from reelwright.studio.belongings import ProjectWorks

QUICK = ProjectSettings(debounce_s=0.01, longest_wait_s=0.05, retry_delay_s=0.01)


def project_states(database, clock=None, settings=QUICK):
    return ProjectStates(database, clock or SystemClock(), settings)


def project_life(database, clock=None, settings=QUICK):
    clock = clock or SystemClock()
    states = project_states(database, clock, settings)
    return ProjectLife(database, clock, states, ProjectFiles(clock), ProjectWorks(), settings)
