"""All calls, by their nouns. Written by `make openapi`."""

from reelwright.client.calls.accounts import AccountsCalls, AccountsWaited
from reelwright.client.calls.assets import AssetsCalls, AssetsWaited
from reelwright.client.calls.audit import AuditCalls, AuditWaited
from reelwright.client.calls.comments import CommentsCalls, CommentsWaited
from reelwright.client.calls.costs import CostsCalls, CostsWaited
from reelwright.client.calls.director import DirectorCalls, DirectorWaited
from reelwright.client.calls.events import EventsCalls, EventsWaited
from reelwright.client.calls.films import FilmsCalls, FilmsWaited
from reelwright.client.calls.generations import GenerationsCalls, GenerationsWaited
from reelwright.client.calls.health import HealthCalls, HealthWaited
from reelwright.client.calls.jobs import JobsCalls, JobsWaited
from reelwright.client.calls.media import MediaCalls, MediaWaited
from reelwright.client.calls.members import MembersCalls, MembersWaited
from reelwright.client.calls.models import ModelsCalls, ModelsWaited
from reelwright.client.calls.music import MusicCalls, MusicWaited
from reelwright.client.calls.operators import OperatorsCalls, OperatorsWaited
from reelwright.client.calls.people import PeopleCalls, PeopleWaited
from reelwright.client.calls.presence import PresenceCalls, PresenceWaited
from reelwright.client.calls.projects import ProjectsCalls, ProjectsWaited
from reelwright.client.calls.references import ReferencesCalls, ReferencesWaited
from reelwright.client.calls.rights import RightsCalls, RightsWaited
from reelwright.client.calls.scripts import ScriptsCalls, ScriptsWaited
from reelwright.client.calls.shares import SharesCalls, SharesWaited
from reelwright.client.calls.signing_in import SigningInCalls, SigningInWaited
from reelwright.client.calls.states import StatesCalls, StatesWaited
from reelwright.client.calls.texts import TextsCalls, TextsWaited
from reelwright.client.calls.threads import ThreadsCalls, ThreadsWaited
from reelwright.client.calls.uploads import UploadsCalls, UploadsWaited
from reelwright.client.calls.usage import UsageCalls, UsageWaited
from reelwright.client.calls.workspaces import WorkspacesCalls, WorkspacesWaited
from reelwright.client.waiting import Line
from reelwright.client.wire import Wire


class Groups:
    """All calls, by their nouns."""

    def __init__(self, wire: Wire) -> None:
        self.accounts = AccountsCalls(wire)
        self.assets = AssetsCalls(wire)
        self.audit = AuditCalls(wire)
        self.comments = CommentsCalls(wire)
        self.costs = CostsCalls(wire)
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


class BlockingGroups:
    """The same, waited for."""

    def __init__(self, calls: Groups, line: Line) -> None:
        self.accounts = AccountsWaited(calls.accounts, line)
        self.assets = AssetsWaited(calls.assets, line)
        self.audit = AuditWaited(calls.audit, line)
        self.comments = CommentsWaited(calls.comments, line)
        self.costs = CostsWaited(calls.costs, line)
        self.director = DirectorWaited(calls.director, line)
        self.events = EventsWaited(calls.events, line)
        self.films = FilmsWaited(calls.films, line)
        self.generations = GenerationsWaited(calls.generations, line)
        self.health = HealthWaited(calls.health, line)
        self.jobs = JobsWaited(calls.jobs, line)
        self.media = MediaWaited(calls.media, line)
        self.members = MembersWaited(calls.members, line)
        self.models = ModelsWaited(calls.models, line)
        self.music = MusicWaited(calls.music, line)
        self.operators = OperatorsWaited(calls.operators, line)
        self.people = PeopleWaited(calls.people, line)
        self.presence = PresenceWaited(calls.presence, line)
        self.projects = ProjectsWaited(calls.projects, line)
        self.references = ReferencesWaited(calls.references, line)
        self.rights = RightsWaited(calls.rights, line)
        self.scripts = ScriptsWaited(calls.scripts, line)
        self.shares = SharesWaited(calls.shares, line)
        self.signing_in = SigningInWaited(calls.signing_in, line)
        self.states = StatesWaited(calls.states, line)
        self.texts = TextsWaited(calls.texts, line)
        self.threads = ThreadsWaited(calls.threads, line)
        self.uploads = UploadsWaited(calls.uploads, line)
        self.usage = UsageWaited(calls.usage, line)
        self.workspaces = WorkspacesWaited(calls.workspaces, line)
