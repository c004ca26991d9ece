"""How what models do for a film by words is wired: reading, writing, drawing, speaking, composing."""

from dishka import Provider, Scope, provide, provide_all

from reelwright.projects.collaboration import ProjectCollaborationService
from reelwright.projects.comments import Anchors, Comments
from reelwright.studio.advice.desk import DirectorDesk
from reelwright.studio.ai_service import AIService
from reelwright.studio.analysis.analyst import ScriptAnalyst
from reelwright.studio.anchors import ScriptAnchors
from reelwright.studio.asking import Pens
from reelwright.studio.drafts.writer import ScriptWriter
from reelwright.studio.hands.artists import Artists
from reelwright.studio.hands.motion import Motions
from reelwright.studio.hands.places import Places
from reelwright.studio.hands.references import References
from reelwright.studio.hands.sketching import Sketches
from reelwright.studio.hands.sound import Sounds
from reelwright.studio.hands.stills import Stills
from reelwright.studio.manuscripts import Manuscripts
from reelwright.studio.moodboards.service import Moodboards
from reelwright.studio.music.clips import ProducerMusicClipService
from reelwright.studio.music.integration import ProducerIntegration
from reelwright.studio.music.optimizer import ProducerAIOptimizer
from reelwright.studio.music.sessions import ProducerSessionManager
from reelwright.studio.own_files import OwnFiles
from reelwright.studio.productions.local_scripts import LocalScripts
from reelwright.studio.screenings import Screenings


class Hands(Provider):
    """Who draws, animates, speaks and composes by words."""

    scope = Scope.APP
    crew = provide_all(Artists, Sketches, References, Stills, Motions, Sounds, Places, Moodboards)
    music = provide_all(ProducerMusicClipService, ProducerSessionManager)
    producing = provide_all(ProducerAIOptimizer, ProducerIntegration)
    all = provide(AIService)


class Directing(Provider):
    """Who reads scripts, writes them, and answers for the director."""

    scope = Scope.APP
    said = provide_all(Comments, Screenings, ProjectCollaborationService)
    anchors = provide(ScriptAnchors, provides=Anchors)
    words = provide_all(Pens, ScriptAnalyst, ScriptWriter, DirectorDesk, Manuscripts, LocalScripts)
    own = provide(OwnFiles)
