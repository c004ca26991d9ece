"""The names of what can happen, and what the data of each tells. The one home of both."""

from typing import Final

PROGRESS: Final = "job:progress"
RESET: Final = "stream:reset"

KINDS: Final = {
    "job:created": "kind, state, name, project_id, parent_id, priority",
    "job:started": "kind, state, attempt",
    PROGRESS: "operation_id, fraction (0 to 1), message, data; soon forgotten",
    "job:completed": "kind, state, result",
    "job:failed": "kind, state, error (code, kind, message, way_out)",
    "job:cancelled": "kind, state",
    "job:unknown": "kind, state; whether it was done is being found out",
    "asset:created": "name, media_type, size, origin",
    "asset:downloaded": "the same: the bytes that were elsewhere are here",
    "asset:restored": "the same: it lay in the trash, and is used again",
    "project:budget": "limit_id, scope, subject, period, step (50, 80, 100), micros, taken, currency",
    "project:created": "name, type",
    "project:revised": "revision_id, number",
    "project:renamed": "name",
    "project:archived": "nothing more; as project:restored, project:trashed and project:deleted",
    "project:restored": "it is at work again",
    "project:trashed": "it will be deleted in some days",
    "project:deleted": "it and its files are gone",
    "project:saved": "version, editor, parts (those that changed), restored: its state was saved",
    "project:commented": "comment_id, thread_id, what: added, edited, deleted, resolved or reopened",
    "project:shared": "link_id, name, scope",
    "project:unshared": "link_id",
    "project:handed_over": "user, was, left: it is somebody else's now",
    "project:joined": "user_id, place: somebody looks at it now",
    "project:left": "user_id: they do no more",
    "production:budget": "the same, for the film whose first job is the subject",
    "account:budget": "the same, for a user's day or the workspace's month",
    "member:added": "user, role, project_id; the subject is the project, or the workspace",
    "member:invited": "nothing more: the letter of an invitation, the subject, is to be written",
    "member:changed": "the same: the role is another",
    "member:removed": "the same: they are gone",
    "account:added": "provider, sharing, state; also of account:changed and account:removed",
    "account:changed": "a person changed its limits, its key, who may use it, or paused it",
    "account:removed": "it is not used any more",
    "account:cooling": "provider, sharing, state, until, reason: it rests until then",
    "account:exhausted": "provider, sharing, state, reason: nothing left to pay with",
    "account:disabled": "provider, sharing, state, reason: its key is not accepted",
    "account:healed": "provider, sharing, state: it is used again",
    "provider:submitted": "job_id, provider, model, attempt, remote_id: the vendor has taken the call",
    "provider:completed": "job_id, provider, model, attempt, assets, micros",
    "provider:failed": "job_id, provider, model, attempt, state, error",
    "provider:unknown": "the same; whether the vendor has taken it is not known, its money stays held",
    "takedown:upheld": "notice, kind, reason, assets: these are held back, and what was made from them",
    "takedown:lifted": "notice, reason: they are not any more",
    "user:letter": "purpose: a letter about somebody's account is to be written",
    # Never a row: what a reader is told whose last id is older than what is kept, or not ours.
    RESET: "reason; read anew what you follow, then go on from this id",
}
"""Every name of a kind, and the fields of its data. The subject is the thing's id."""

FAMILIES: Final = (
    "member:",
    "user:",
    "job:",
    "asset:",
    "account:",
    "provider:",
    "project:",
    "production:",
    "takedown:",
)
"""What a name begins with. Names within a family may be added by the domain that owns it."""


def fits(kind: str) -> bool:
    """Whether events of this name may be published."""
    family, colon, name = kind.partition(":")
    plain = name.replace("_", "a").replace("-", "a")
    return family + colon in FAMILIES and plain.isalnum() and kind.islower() and kind.isascii()
