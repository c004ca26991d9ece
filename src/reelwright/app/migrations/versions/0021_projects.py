"""Projects of many people: states in versions, comments, share links, presence, the trash."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from reelwright.engines.database.policies import (
    GUEST,
    activity_policies,
    confining_policies,
    project_policies,
    tenant_policies,
)
from reelwright.engines.database.roles import SYSTEM
from reelwright.ground.principals import Activity

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, and carry over what was kept as the data of projects."""
    _projects()
    _states()
    _carry_over()
    _comments()
    _links()
    _presences()
    for statement in _policies():
        op.execute(statement)


def _projects() -> None:
    op.alter_column("revisions", "script", nullable=True)
    op.add_column("projects", sa.Column("trashed_at", _TIME))
    where = sa.text("trashed_at IS NOT NULL")
    op.create_index("ix_projects_trashed_at", "projects", ["trashed_at"], postgresql_where=where)


def _states() -> None:
    key = ["workspace_id", "project_id", "editor"]
    op.create_table("project_states", *_texts(*key), _now(), sa.PrimaryKeyConstraint(*key))
    op.create_table(
        "project_state_versions",
        *_texts(*key),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("data", JSONB(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        *_texts("user_id"),
        sa.Column("restored", sa.Integer()),
        _now(),
        sa.PrimaryKeyConstraint(*key, "version"),
        sa.ForeignKeyConstraint(
            key,
            [f"project_states.{one}" for one in key],
            name="fk_project_state_versions_state",
            ondelete="CASCADE",
        ),
    )


def _carry_over() -> None:
    """What `project_data` held is the part `data` of the first version."""
    op.execute("""
        INSERT INTO project_states (workspace_id, project_id, editor, created_at)
        SELECT workspace_id, project_id, project_type, created_at FROM project_data""")
    op.execute("""
        INSERT INTO project_state_versions
            (workspace_id, project_id, editor, version, data, size, user_id, created_at)
        SELECT d.workspace_id, d.project_id, d.project_type, 1, jsonb_build_object('data', d.data),
            octet_length(d.data::text), coalesce(p.user_id, w.owner_id, ''), d.updated_at
        FROM project_data d LEFT JOIN workspaces w ON w.id = d.workspace_id
        LEFT JOIN projects p ON p.workspace_id = d.workspace_id AND p.id = d.project_id""")
    op.drop_table("project_data")


def _comments() -> None:
    op.create_table(
        "project_comments",
        sa.Column("id", sa.Text(), primary_key=True),
        *_texts("workspace_id", "project_id"),
        *_texts("thread_id", "user_id", "guest", nullable=True),
        sa.Column("about", sa.Text(), nullable=False, server_default="project"),
        *_texts("anchor", "label", nullable=True),
        sa.Column("at_ms", sa.Integer()),
        *_texts("body"),
        sa.Column("edited_at", _TIME),
        sa.Column("resolved_at", _TIME),
        *_texts("resolved_by", nullable=True),
        sa.Column("deleted_at", _TIME),
        _now(),
        sa.UniqueConstraint("workspace_id", "id", name="uq_project_comments_workspace_id_id"),
        sa.CheckConstraint(
            "about IN ('project', 'scene', 'shot', 'time')", name=op.f("ck_project_comments_about")
        ),
        sa.CheckConstraint(
            "num_nonnulls(user_id, guest) = 1", name=op.f("ck_project_comments_one_author")
        ),
        _of_project("project_comments"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "thread_id"],
            ["project_comments.workspace_id", "project_comments.id"],
            name="fk_project_comments_thread",
            ondelete="CASCADE",
        ),
    )
    for name in ("project", "thread"):
        columns = ["workspace_id", f"{name}_id", "id"]
        op.create_index(f"ix_project_comments_{name}", "project_comments", columns)


def _links() -> None:
    op.create_table(
        "share_links",
        sa.Column("id", sa.Text(), primary_key=True),
        *_texts("workspace_id", "project_id", "user_id", "name", "hash", "scope"),
        *_texts("password_hash", nullable=True),
        sa.Column("expires_at", _TIME),
        sa.Column("revoked_at", _TIME),
        sa.Column("views", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("last_viewed_at", _TIME),
        _now(),
        sa.CheckConstraint(
            "scope IN ('view', 'comment', 'download')", name=op.f("ck_share_links_scope")
        ),
        _of_project("share_links"),
    )
    op.create_index("ix_share_links_project", "share_links", ["workspace_id", "project_id", "id"])


def _presences() -> None:
    key = ["workspace_id", "project_id", "user_id"]
    op.create_table(
        "project_presences",
        *_texts(*key),
        *_texts("place", nullable=True),
        sa.Column("seen_at", _TIME, nullable=False),
        _now(),
        sa.PrimaryKeyConstraint(*key),
        _of_project("project_presences"),
    )


def _policies() -> Iterator[str]:
    for table in ("project_states", "project_comments", "share_links", "project_presences"):
        yield from tenant_policies(table)
    # A version can be written and read, and thinned out; never changed.
    rights = "SELECT, INSERT, DELETE"
    yield from tenant_policies("project_state_versions", rights=rights)
    yield from activity_policies(
        "project_state_versions", [Activity.CLEAN_UP], rights="SELECT, DELETE"
    )
    yield from activity_policies("projects", [Activity.CLEAN_UP], rights="SELECT")
    for table in ("project_states", "project_state_versions", "share_links"):
        yield from project_policies(table)
    shared = "project_id = ANY ((SELECT shared_projects())::text[])"
    talks = f"current_setting('app.role', true) = 'commenter' OR {shared}"
    yield from confining_policies("project_comments", seen=shared, changed=talks)
    looks = f"NOT {GUEST} OR {shared}"
    yield from confining_policies("project_presences", seen=shared, changed=looks)
    yield from _shown()


def _shown() -> Iterator[str]:
    """What the system sees to show it by a share link: what live links name, and nothing else.

    A policy that looks into a table sees there what its role sees: so each leads on to the next.
    """
    live = "revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())"
    project = "SELECT FROM projects p WHERE p.workspace_id = {t}.workspace_id"
    files = "SELECT FROM {of} r, jsonb_each_text(r.{column}) AS f (name, asset)"
    files += " WHERE r.workspace_id = assets.workspace_id AND f.asset = assets.id"
    link = "SELECT FROM share_links l WHERE l.workspace_id = projects.workspace_id"
    seen = {
        "share_links": live,
        "projects": f"trashed_at IS NULL AND EXISTS ({link} AND l.project_id = projects.id)",
        "revisions": f"EXISTS ({project} AND p.id = {{t}}.project_id AND p.head = {{t}}.number)",
        "productions": f"EXISTS ({project} AND p.id = {{t}}.project_id)",
        "assets": f"EXISTS ({files.format(of='revisions', column='files')})"
        f" OR EXISTS ({files.format(of='productions', column='outputs')})",
        "blobs": "EXISTS (SELECT FROM assets a WHERE a.workspace_id = blobs.workspace_id"
        " AND a.sha256 = blobs.sha256)",
        "project_comments": f"EXISTS ({project} AND p.id = {{t}}.project_id)",
    }
    sharing = "current_setting('app.activity', true) = 'share'"
    for table, rows in seen.items():
        using = f"{sharing} AND ({rows.format(t=table)})"
        yield f"CREATE POLICY shown ON {table} FOR SELECT TO {SYSTEM} USING ({using})"
        yield f"GRANT SELECT ON {table} TO {SYSTEM}"
    yield f"CREATE POLICY counted ON share_links FOR UPDATE TO {SYSTEM} USING ({sharing} AND {live})"
    yield f"GRANT UPDATE (views, last_viewed_at) ON share_links TO {SYSTEM}"
    said = "EXISTS (SELECT FROM share_links l WHERE l.workspace_id = project_comments.workspace_id"
    said += " AND l.project_id = project_comments.project_id AND l.scope = 'comment')"
    yield f"CREATE POLICY said ON project_comments FOR INSERT TO {SYSTEM} WITH CHECK ({sharing} AND {said})"
    yield f"GRANT INSERT ON project_comments TO {SYSTEM}"
    told = f"{sharing} AND kind = 'project:commented'"
    yield f"CREATE POLICY told ON events FOR INSERT TO {SYSTEM} WITH CHECK ({told})"


def _texts(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _now() -> sa.Column[Any]:
    return sa.Column("created_at", _TIME, nullable=False, server_default=sa.func.now())


def _of_project(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", "project_id"],
        ["projects.workspace_id", "projects.id"],
        name=f"fk_{table}_project",
        ondelete="CASCADE",
    )
