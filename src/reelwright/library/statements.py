"""The library's SQL."""

from sqlalchemy import text

KNOWN_BLOBS = text(
    "SELECT sha256 FROM blobs WHERE workspace_id = :workspace AND sha256 = ANY(:some)"
)

# Sorted, as all writers do: two batches that share content never wait for each other in a circle.
CLAIM_PRODUCTS = text("""
    INSERT INTO products
        (workspace_id, recipe_digest, family_digest, operation, asset_id, made_from, created_at,
         last_used_at)
    SELECT :workspace, recipe_digest, family_digest, operation, asset_id,
        CAST(made_from AS jsonb), :now, :now
    FROM unnest(CAST(:recipes AS text[]), CAST(:families AS text[]), CAST(:operations AS text[]),
                CAST(:assets AS text[]), CAST(:sources AS text[]))
        AS made (recipe_digest, family_digest, operation, asset_id, made_from)
    ORDER BY recipe_digest
    ON CONFLICT (workspace_id, recipe_digest) DO NOTHING
    RETURNING recipe_digest""")

NAME_PRODUCTS = text("""
    INSERT INTO products
        (workspace_id, recipe_digest, operation, asset_id, created_at, last_used_at)
    SELECT :workspace, named.recipe, CAST(:operation AS text), assets.id, :now, :now
    FROM unnest(CAST(:recipes AS text[])) AS named (recipe), assets
    WHERE assets.workspace_id = :workspace AND assets.id = :asset
    ORDER BY named.recipe
    ON CONFLICT (workspace_id, recipe_digest) DO UPDATE SET asset_id = excluded.asset_id""")

# A blob that was released is taken up again here; whoever would delete it waits for the row's lock,
# and then finds it in use.
# What is held back is so as well when it comes in again. Counted it is for whoever brings it first.
USE_BLOBS = text("""
    INSERT INTO blobs (workspace_id, sha256, size, key, uses, charged_to, created_at, withheld_by)
    SELECT :workspace, sha256, size, key, uses, :user, :now,
        (SELECT min(w.takedown_id) FROM withheld_contents w
         WHERE w.workspace_id = :workspace AND w.sha256 = used.sha256)
    FROM unnest(CAST(:digests AS text[]), CAST(:sizes AS bigint[]), CAST(:keys AS text[]),
                CAST(:uses AS integer[])) AS used (sha256, size, key, uses)
    ORDER BY sha256
    ON CONFLICT (workspace_id, sha256)
        DO UPDATE SET uses = blobs.uses + excluded.uses, released_at = NULL,
            charged_to = CASE WHEN blobs.uses = 0 THEN excluded.charged_to ELSE blobs.charged_to END
    RETURNING sha256, key, uses""")

# By person, in an order: two that give back to several never wait for each other in a circle.
RELEASE_BLOBS = text("""
    WITH gone AS (
        SELECT sha256, count(*) AS assets FROM unnest(CAST(:digests AS text[])) AS one (sha256)
        GROUP BY sha256
    ), locked AS (
        SELECT blobs.sha256, gone.assets FROM blobs JOIN gone USING (sha256)
        WHERE workspace_id = :workspace ORDER BY blobs.sha256 FOR UPDATE OF blobs
    ), released AS (
        UPDATE blobs SET uses = uses - locked.assets,
            released_at = CASE WHEN uses = locked.assets THEN CAST(:now AS timestamptz) END
        FROM locked WHERE blobs.workspace_id = :workspace AND blobs.sha256 = locked.sha256
        RETURNING charged_to, size, uses
    )
    SELECT charged_to, sum(size) AS bytes FROM released
    WHERE uses = 0 AND charged_to IS NOT NULL GROUP BY charged_to ORDER BY charged_to""")

ADD_ASSETS = text("""
    INSERT INTO assets (workspace_id, id, user_id, sha256, size, media_type, name, upload_ref,
        recipe_digest, submission_id, facts, project_id, companion_of, created_at)
    SELECT :workspace, id, :user, sha256, size, media_type, name,
        CASE origin WHEN 'upload' THEN ref END, CASE origin WHEN 'recipe' THEN ref END,
        CASE origin WHEN 'submission' THEN ref END, CAST(facts AS jsonb), project_id,
        companion_of, :now
    FROM unnest(CAST(:ids AS text[]), CAST(:digests AS text[]), CAST(:sizes AS bigint[]),
        CAST(:media_types AS text[]), CAST(:names AS text[]), CAST(:origins AS text[]),
        CAST(:refs AS text[]), CAST(:facts AS text[]), CAST(:projects AS text[]),
        CAST(:companions AS text[]))
        AS new (id, sha256, size, media_type, name, origin, ref, facts, project_id, companion_of)""")

# What is made while something is taken down is either seen by whoever takes down, or sees it.
BESIDE_TAKEDOWNS = text(
    "SELECT pg_advisory_xact_lock_shared(hashtextextended('takedown ' || :workspace, 0))"
)
ALONE_WITH_TAKEDOWN = text(
    "SELECT pg_advisory_xact_lock(hashtextextended('takedown ' || :workspace, 0))"
)
HOLD_BACK = text("SELECT hold_back(CAST(:assets AS text[]))")

TOUCH_PRODUCTS = text("""
    UPDATE products SET last_used_at = :now
    WHERE workspace_id = :workspace AND recipe_digest = ANY(:some) AND last_used_at < :before""")

# The row goes first and the object after it: whoever wants the content now writes it under a new key.
# Chosen once, beforehand: as a subquery a plan may run it again for each row, and take more each time.
FORGET_BLOBS = text("""
    WITH old AS MATERIALIZED (
        SELECT workspace_id, sha256 FROM blobs WHERE released_at < :before
        ORDER BY workspace_id, sha256 LIMIT :most FOR UPDATE SKIP LOCKED)
    DELETE FROM blobs AS b USING old
    WHERE b.workspace_id = old.workspace_id AND b.sha256 = old.sha256 AND b.uses = 0
    RETURNING b.key""")

USED_KEYS = text("""
    WITH seen AS (
        SELECT * FROM unnest(CAST(:workspaces AS text[]), CAST(:keys AS text[]))
            AS one (workspace_id, key))
    SELECT key FROM blobs JOIN seen USING (workspace_id, key)
    UNION ALL SELECT key FROM upload_parts JOIN seen USING (workspace_id, key)""")

ADD_REMOTE = text("""
    INSERT INTO assets (workspace_id, id, user_id, media_type, name, upload_ref, recipe_digest,
        submission_id, facts, project_id, sync_status, remote_url, remote_id, created_at)
    VALUES (:workspace, :id, :user, :media_type, :name,
        CASE :origin WHEN 'upload' THEN CAST(:ref AS text) END,
        CASE :origin WHEN 'recipe' THEN CAST(:ref AS text) END,
        CASE :origin WHEN 'submission' THEN CAST(:ref AS text) END,
        CAST(:facts AS jsonb), :project_id, 'remote', :remote_url, :remote_id, :now)
    ON CONFLICT (workspace_id, remote_id) WHERE remote_id IS NOT NULL DO NOTHING
    RETURNING id""")

BY_REMOTE_ID = text(
    "SELECT id FROM assets WHERE workspace_id = :workspace AND remote_id = :remote_id"
)

MARK_DOWNLOADING = text("""
    UPDATE assets SET sync_status = 'downloading', sync_error = NULL
    WHERE workspace_id = :workspace AND id = :id AND sync_status <> 'downloaded'
    RETURNING id""")

MARK_FAILED = text("""
    UPDATE assets SET sync_status = 'failed', sync_error = CASE
        WHEN sync_status = 'failed' THEN sync_error ELSE CAST(:error AS jsonb) END
    WHERE workspace_id = :workspace AND id = :id AND sync_status <> 'downloaded'""")

LOCK_WAITING = text("""
    SELECT id FROM assets WHERE workspace_id = :workspace AND id = :id
        AND sync_status <> 'downloaded' FOR UPDATE""")

COMPLETE_ASSET = text("""
    UPDATE assets SET sha256 = :sha256, size = :size, media_type = :media_type,
        facts = facts || CAST(:facts AS jsonb), sync_status = 'downloaded', sync_error = NULL
    WHERE workspace_id = :workspace AND id = :id""")

IN_REVISION = text("""
    SELECT EXISTS (SELECT FROM revisions, jsonb_each_text(files) AS file (name, asset)
        WHERE workspace_id = :workspace AND asset = :id)""")

SHOWS_CONSENT = text("""
    SELECT EXISTS (SELECT FROM likenesses
        WHERE workspace_id = :workspace AND evidence_id = :id AND withdrawn_at IS NULL)""")

# The rows are held first and the content after, as whoever deletes does.
COPY_ASSETS = text("""
    WITH held AS MATERIALIZED (
        SELECT a.*, fresh.new_id FROM assets a
        JOIN unnest(CAST(:old AS text[]), CAST(:new AS text[])) AS fresh (old_id, new_id)
            ON a.id = fresh.old_id
        WHERE a.workspace_id = :workspace AND a.sync_status = 'downloaded'
        ORDER BY a.id FOR SHARE OF a)
    INSERT INTO assets (workspace_id, id, user_id, sha256, size, media_type, name, upload_ref,
        recipe_digest, submission_id, facts, project_id, created_at)
    SELECT workspace_id, new_id, :user, sha256, size, media_type, name, upload_ref,
        recipe_digest, submission_id, facts, :project, :now FROM held
    RETURNING id, sha256""")

USE_BLOBS_AGAIN = text("""
    WITH more AS (
        SELECT sha256, count(*) AS assets FROM unnest(CAST(:digests AS text[])) AS one (sha256)
        GROUP BY sha256
    ), locked AS (
        SELECT blobs.sha256, more.assets FROM blobs JOIN more USING (sha256)
        WHERE workspace_id = :workspace ORDER BY blobs.sha256 FOR UPDATE OF blobs
    )
    UPDATE blobs SET uses = uses + locked.assets, released_at = NULL
    FROM locked WHERE blobs.workspace_id = :workspace AND blobs.sha256 = locked.sha256""")

# What a product is used as elsewhere: the same content, of the same origin, in the project or in none.
IN_PROJECT = text("""
    SELECT DISTINCT ON (made.id) made.id AS made, used.id AS used FROM assets made
    JOIN assets used ON used.workspace_id = made.workspace_id AND used.sha256 = made.sha256
        AND (used.recipe_digest = made.recipe_digest OR used.submission_id = made.submission_id
            OR used.upload_ref = made.upload_ref)
    WHERE made.workspace_id = :workspace AND made.id = ANY(:some) AND used.companion_of IS NULL
        AND used.project_id IS NOT DISTINCT FROM CAST(:project AS text)
    ORDER BY made.id, used.id <> made.id, used.id""")

# Two who use one product for one project at once make one asset of it; who deletes it waits.
HOLD_ASSETS = text("""
    SELECT id FROM assets WHERE workspace_id = :workspace AND id = ANY(:some)
    ORDER BY id FOR NO KEY UPDATE""")

TAKE_BACK = text("""
    UPDATE assets SET trashed_at = NULL
    WHERE workspace_id = :workspace AND id = ANY(:some) AND trashed_at IS NOT NULL
    RETURNING id""")

# A companion comes to what lives, and that stays until the companion is there.
HOLD_LIVING = text("""
    SELECT id FROM assets WHERE workspace_id = :workspace AND id = ANY(:some)
    ORDER BY id FOR KEY SHARE""")

# A statement of its own, after the assets are gone: it sees the companions that those waited for.
DELETE_COMPANIONS = text("""
    DELETE FROM assets WHERE workspace_id = :workspace AND companion_of = ANY(:some)
    RETURNING sha256""")

LEFT_COMPANIONS = text("""
    SELECT workspace_id, user_id, id FROM assets c WHERE companion_of IS NOT NULL AND NOT EXISTS (
        SELECT FROM assets a WHERE a.workspace_id = c.workspace_id AND a.id = c.companion_of)
    AND id > :after ORDER BY id LIMIT :most""")

# Files of revisions from before files were kept under their project's id name no project, nor do
# pieces of films whose first project is gone. Each set is made once: as the list of a NOT IN that
# does not fit into memory it would be gone through again for every asset.
OF_PROJECT_ALONE = text("""
    WITH elsewhere AS MATERIALIZED (
        SELECT file.asset FROM revisions, jsonb_each_text(files) AS file (name, asset)
        WHERE workspace_id = :workspace AND project_id <> :project
        UNION SELECT asset_id FROM products, unnest(used_by) AS other (project)
        WHERE workspace_id = :workspace AND other.project <> :project
        UNION SELECT evidence_id FROM likenesses
        WHERE workspace_id = :workspace AND withdrawn_at IS NULL
        UNION SELECT one FROM unnest(CAST(:keep AS text[])) AS one
    ), nobodys AS MATERIALIZED (
        SELECT file.asset FROM revisions, jsonb_each_text(files) AS file (name, asset)
        WHERE workspace_id = :workspace AND project_id = :project
        UNION SELECT asset_id FROM products
        WHERE workspace_id = :workspace AND :project = ANY (used_by)
    ), mine AS MATERIALIZED (
        SELECT id FROM assets WHERE workspace_id = :workspace AND project_id = :project
        UNION SELECT id FROM assets JOIN nobodys ON nobodys.asset = assets.id
        WHERE workspace_id = :workspace AND project_id IS NULL)
    SELECT id FROM mine
    WHERE NOT EXISTS (SELECT FROM elsewhere WHERE elsewhere.asset = mine.id)
    ORDER BY id""")

DELETE_ASSETS = text("""
    DELETE FROM assets WHERE workspace_id = :workspace AND id = ANY (CAST(:some AS text[]))
    RETURNING sha256""")

LEAVE_PROJECT = text("""
    UPDATE assets SET project_id = NULL WHERE workspace_id = :workspace AND project_id = :project""")
