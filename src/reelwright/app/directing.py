"""How what language models do for a script is wired."""

from dishka import Provider, Scope, provide_all

from reelwright.studio.advice.desk import DirectorDesk
from reelwright.studio.analysis.analyst import ScriptAnalyst
from reelwright.studio.asking import Pens
from reelwright.studio.drafts.writer import ScriptWriter
from reelwright.studio.manuscripts import Manuscripts
from reelwright.studio.productions.local_scripts import LocalScripts


class Directing(Provider):
    """Who reads scripts, writes them, and answers for the director."""

    scope = Scope.APP
    words = provide_all(Pens, ScriptAnalyst, ScriptWriter, DirectorDesk, Manuscripts, LocalScripts)
