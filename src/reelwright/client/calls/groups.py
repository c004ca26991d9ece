"""All calls, by their nouns. Written by `make openapi`."""

from reelwright.client.calls.accounts import AccountsCalls
from reelwright.client.calls.assets import AssetsCalls
from reelwright.client.calls.comments import CommentsCalls
from reelwright.client.calls.director import DirectorCalls
from reelwright.client.calls.events import EventsCalls
from reelwright.client.calls.films import FilmsCalls
from reelwright.client.calls.generations import GenerationsCalls
from reelwright.client.calls.health import HealthCalls
from reelwright.client.calls.jobs import JobsCalls
from reelwright.client.calls.media import MediaCalls
from reelwright.client.calls.members import MembersCalls
from reelwright.client.calls.models import ModelsCalls
from reelwright.client.calls.music import MusicCalls
from reelwright.client.calls.operators import OperatorsCalls
from reelwright.client.calls.people import PeopleCalls
from reelwright.client.calls.presence import PresenceCalls
from reelwright.client.calls.projects import ProjectsCalls
from reelwright.client.calls.references import ReferencesCalls
from reelwright.client.calls.rights import RightsCalls
from reelwright.client.calls.scripts import ScriptsCalls
from reelwright.client.calls.shares import SharesCalls
from reelwright.client.calls.signing_in import SigningInCalls
from reelwright.client.calls.states import StatesCalls
from reelwright.client.calls.texts import TextsCalls
from reelwright.client.calls.threads import ThreadsCalls
from reelwright.client.calls.uploads import UploadsCalls
from reelwright.client.calls.usage import UsageCalls
from reelwright.client.calls.workspaces import WorkspacesCalls
from reelwright.client.wire import Wire


class Groups:
    """All calls, by their nouns."""

    def __init__(self, wire: Wire) -> None:
        self.accounts = AccountsCalls(wire)
        self.assets = AssetsCalls(wire)
        self.comments = CommentsCalls(wire)
        self.director = DirectorCalls(wire)
        self.events = EventsCalls(wire)
        self.films = FilmsCalls(wire)
        self.generations = GenerationsCalls(wire)
        self.health = HealthCalls(wire)
        self.jobs = JobsCalls(wire)
        self.media = MediaCalls(wire)
        self.members = MembersCalls(wire)
        self.models = ModelsCalls(wire)
        self.music = MusicCalls(wire)
        self.operators = OperatorsCalls(wire)
        self.people = PeopleCalls(wire)
        self.presence = PresenceCalls(wire)
        self.projects = ProjectsCalls(wire)
        self.references = ReferencesCalls(wire)
        self.rights = RightsCalls(wire)
        self.scripts = ScriptsCalls(wire)
        self.shares = SharesCalls(wire)
        self.signing_in = SigningInCalls(wire)
        self.states = StatesCalls(wire)
        self.texts = TextsCalls(wire)
        self.threads = ThreadsCalls(wire)
        self.uploads = UploadsCalls(wire)
        self.usage = UsageCalls(wire)
        self.workspaces = WorkspacesCalls(wire)
