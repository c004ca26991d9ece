"""All that is sent and answered, by its name. Written by `make openapi`."""

from reelwright.client.models.accounts import (
    AccessOrder,
    AccountEdit,
    AccountOrder,
    AccountState,
    AccountView,
    CircuitState,
    CircuitView,
    Sharing,
    TrialView,
)
from reelwright.client.models.assets import (
    AssetChanges,
    AssetDetail,
    AssetsShareView,
    AssetStatisticsView,
    AssetView,
    CallView,
    DownloadOrder,
    DownloadView,
    OriginKind,
    OriginView,
    SignedUrl,
    SyncStatus,
)
from reelwright.client.models.comments import CommentText, NewComment
from reelwright.client.models.costs import (
    Dimension,
    EntryView,
    ExpenseView,
    LimitOrder,
    LimitView,
    RoomView,
    StandingView,
)
from reelwright.client.models.director import (
    AppliedView,
    ApplyOrder,
    DirectorThreadView,
    EditView,
    MessageView,
    Question,
    ThreadOrder,
)
from reelwright.client.models.events import EventView
from reelwright.client.models.films import DeliveredFile, DeliveredFilm, FilmView
from reelwright.client.models.generations import (
    ChoiceView,
    Decision,
    FilmQuoteView,
    GenerationOrder,
    Key,
    LimitCheckView,
    Part,
    QuotedCallView,
    QuotedPartView,
    QuoteOrder,
    QuoteView,
    SubmissionState,
    SubmissionView,
    TotalView,
)
from reelwright.client.models.health import Alive, Readiness
from reelwright.client.models.jobs import AfterFailure, JobOrder
from reelwright.client.models.media import MediaOrder, OperationView
from reelwright.client.models.members import (
    HandOver,
    InvitationList,
    InvitationText,
    InvitationView,
    MemberList,
    MemberView,
    OfferedView,
    ProjectOffer,
    ProjectPlace,
    Role,
    WorkspaceOffer,
    WorkspacePlace,
)
from reelwright.client.models.models import (
    CatalogueLimits,
    ModelView,
    PreferenceOrder,
    PreferenceView,
    PricePartView,
    PriceView,
)
from reelwright.client.models.music import (
    MusicSessionView,
    NewMusicSession,
    NewTake,
    Rating,
    TakeView,
)
from reelwright.client.models.operators import (
    AccountStandingView,
    ActingView,
    DecisionOrder,
    Deed,
    HealthView,
    JobCountView,
    NamedView,
    NoticeDetail,
    NoticeState,
    NoticeView,
    OverrideOrder,
    OverrideView,
    PriceOrder,
    PricePartOrder,
    ReasonOrder,
    RowsOrder,
    StuckJobView,
    Unit,
    UpholdOrder,
    UserEdit,
    UserView,
)
from reelwright.client.models.people import (
    AddressChange,
    ChoicesView,
    IdentityList,
    IdentityView,
    LinkWanted,
    MadeTokenView,
    NewPasskey,
    NewToken,
    PasskeyList,
    PasskeyNames,
    PasskeyView,
    PersonEdit,
    Proof,
    SessionList,
    SessionView,
    TokenList,
    TokenView,
    VisitorsScope,
    Wanted,
    WayView,
)
from reelwright.client.models.presence import Beat, PresenceView
from reelwright.client.models.projects import (
    Destination,
    OwnAssets,
    OwnRole,
    ProjectCopy,
    ProjectFile,
    ProjectNames,
    ProjectView,
    RevisionTextView,
    RevisionView,
    ScriptText,
)
from reelwright.client.models.references import NewReference, ReferenceKind, ReferenceView
from reelwright.client.models.rights import (
    Aspect,
    Basis,
    ConsentOrder,
    ConsentView,
    FiledNotice,
    LikenessView,
    NewLikeness,
    NewNotice,
    ReplyOrder,
    WithdrawalOrder,
)
from reelwright.client.models.scripts import (
    AnalysisOrder,
    AnalysisView,
    BreakdownView,
    CostView,
    DraftOrder,
    DraftView,
)
from reelwright.client.models.shared import (
    About,
    AskedView,
    CommentView,
    DeedView,
    EndedView,
    FilmOrder,
    JobState,
    JobView,
    LimitsScope,
    NoticeKind,
    Operation,
    PersonView,
    ReplyView,
    RouteParams,
    Standing,
    TakedownView,
    ThreadOfComments,
    UsageDayView,
    Wish,
)
from reelwright.client.models.shares import (
    GuestComment,
    MadeShare,
    SharedFile,
    SharedProject,
    SharedScene,
    SharedShot,
    ShareOrder,
    ShareScope,
    SharesShareView,
)
from reelwright.client.models.signing_in import (
    AddressView,
    Login,
    MailedCode,
    PasskeyAnswer,
    PasswordChange,
    PasswordReset,
    ProviderList,
    ProviderView,
    ResetWanted,
    SignedInView,
    SignUp,
    VisitView,
)
from reelwright.client.models.states import Patch, State, StateNoteView, StateView
from reelwright.client.models.texts import TextOrder, WrittenView
from reelwright.client.models.threads import (
    NewThread,
    NewTurn,
    ThreadView,
    TurnView,
    WholeThreadView,
)
from reelwright.client.models.uploads import UploadState, UploadView
from reelwright.client.models.usage import PlansLimits, UsageView
from reelwright.client.models.workspaces import WorkspaceList, WorkspaceNames, WorkspaceView

# fmt: off
__all__ = [
    "About", "AccessOrder", "AccountEdit", "AccountOrder", "AccountStandingView", "AccountState",
    "AccountView", "ActingView", "AddressChange", "AddressView", "AfterFailure", "Alive",
    "AnalysisOrder", "AnalysisView", "AppliedView", "ApplyOrder", "AskedView", "Aspect",
    "AssetChanges", "AssetDetail", "AssetStatisticsView", "AssetView", "AssetsShareView", "Basis",
    "Beat", "BreakdownView", "CallView", "CatalogueLimits", "ChoiceView", "ChoicesView",
    "CircuitState", "CircuitView", "CommentText", "CommentView", "ConsentOrder", "ConsentView",
    "CostView", "Decision", "DecisionOrder", "Deed", "DeedView", "DeliveredFile", "DeliveredFilm",
    "Destination", "Dimension", "DirectorThreadView", "DownloadOrder", "DownloadView",
    "DraftOrder", "DraftView", "EditView", "EndedView", "EntryView", "EventView", "ExpenseView",
    "FiledNotice", "FilmOrder", "FilmQuoteView", "FilmView", "GenerationOrder", "GuestComment",
    "HandOver", "HealthView", "IdentityList", "IdentityView", "InvitationList", "InvitationText",
    "InvitationView", "JobCountView", "JobOrder", "JobState", "JobView", "Key", "LikenessView",
    "LimitCheckView", "LimitOrder", "LimitView", "LimitsScope", "LinkWanted", "Login",
    "MadeShare", "MadeTokenView", "MailedCode", "MediaOrder", "MemberList", "MemberView",
    "MessageView", "ModelView", "MusicSessionView", "NamedView", "NewComment", "NewLikeness",
    "NewMusicSession", "NewNotice", "NewPasskey", "NewReference", "NewTake", "NewThread",
    "NewToken", "NewTurn", "NoticeDetail", "NoticeKind", "NoticeState", "NoticeView",
    "OfferedView", "Operation", "OperationView", "OriginKind", "OriginView", "OverrideOrder",
    "OverrideView", "OwnAssets", "OwnRole", "Part", "PasskeyAnswer", "PasskeyList",
    "PasskeyNames", "PasskeyView", "PasswordChange", "PasswordReset", "Patch", "PersonEdit",
    "PersonView", "PlansLimits", "PreferenceOrder", "PreferenceView", "PresenceView",
    "PriceOrder", "PricePartOrder", "PricePartView", "PriceView", "ProjectCopy", "ProjectFile",
    "ProjectNames", "ProjectOffer", "ProjectPlace", "ProjectView", "Proof", "ProviderList",
    "ProviderView", "Question", "QuoteOrder", "QuoteView", "QuotedCallView", "QuotedPartView",
    "Rating", "Readiness", "ReasonOrder", "ReferenceKind", "ReferenceView", "ReplyOrder",
    "ReplyView", "ResetWanted", "RevisionTextView", "RevisionView", "Role", "RoomView",
    "RouteParams", "RowsOrder", "ScriptText", "SessionList", "SessionView", "ShareOrder",
    "ShareScope", "SharedFile", "SharedProject", "SharedScene", "SharedShot", "SharesShareView",
    "Sharing", "SignUp", "SignedInView", "SignedUrl", "Standing", "StandingView", "State",
    "StateNoteView", "StateView", "StuckJobView", "SubmissionState", "SubmissionView",
    "SyncStatus", "TakeView", "TakedownView", "TextOrder", "ThreadOfComments", "ThreadOrder",
    "ThreadView", "TokenList", "TokenView", "TotalView", "TrialView", "TurnView", "Unit",
    "UpholdOrder", "UploadState", "UploadView", "UsageDayView", "UsageView", "UserEdit",
    "UserView", "VisitView", "VisitorsScope", "Wanted", "WayView", "WholeThreadView", "Wish",
    "WithdrawalOrder", "WorkspaceList", "WorkspaceNames", "WorkspaceOffer", "WorkspacePlace",
    "WorkspaceView", "WrittenView",
]
# fmt: on
