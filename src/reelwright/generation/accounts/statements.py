"""The SQL of accounts; the functions stand with the tables, in the migration that made them."""

from sqlalchemy import text

# THE RULE by which of all free accounts one is taken, read downwards:
_RULE = """
    a.priority,
    CASE a.sharing WHEN 'private' THEN 0 WHEN 'workspace' THEN 1 ELSE 2 END,
    a.max_concurrent_jobs - p.running DESC,
    date_trunc('minute', a.last_used_at) NULLS FIRST,
    p.spare DESC NULLS LAST,
    (a.successes + 1.0) / (a.successes + a.failed + 2.0) DESC,
    a.last_used_at NULLS FIRST,
    a.id"""

_FREE = f"""
    SELECT p.id, row_number() OVER (ORDER BY {_RULE}) AS place
      FROM account_prospects(:provider, CAST(:variables AS text[]), :credits, :now) AS p
      JOIN accounts AS a ON a.id = p.id
     WHERE p.free AND (CAST(:only AS text[]) IS NULL OR p.id = ANY (CAST(:only AS text[])))
       AND NOT EXISTS (
           SELECT FROM account_circuits AS c
            WHERE c.account_id = p.id AND c.model = :model
              AND (c.open_until > :now OR c.trial_until > :now))"""  # noqa: S608  # our own words

SELECT = text(f"""
WITH free AS ({_FREE})
SELECT a.* FROM free JOIN accounts AS a ON a.id = free.id ORDER BY free.place LIMIT 1""")  # noqa: S608

TAKE = text(f"""
WITH free AS ({_FREE})
SELECT a.*, c.open_until IS NOT NULL AS to_be_tried
  FROM reserve_account(:reservation, :model, :credits, :now, CAST(:variables AS text[]),
           coalesce((SELECT array_agg(free.id ORDER BY free.place) FROM free), '{{}}')) AS taken (id)
  JOIN accounts AS a ON a.id = taken.id
  LEFT JOIN account_circuits AS c ON c.account_id = a.id AND c.model = :model""")  # noqa: S608

# One call tries a model that was left alone; others that came as far see that it is being tried.
TRY_CIRCUIT = text("SELECT try_circuit(:account, :model, :reservation, :now, :until)")

RELEASE = text("SELECT release_account(:reservation, :spent, :now)")

PROSPECTS = text("""
SELECT p.id, p.running, p.minute_over, p.spare, p.free, a.paused, a.state, a.until, a.probe_at,
       a.max_concurrent_jobs, a.credits,
       CASE WHEN c.open_until IS NOT NULL THEN greatest(c.open_until, c.trial_until) END AS shut_until
  FROM account_prospects(:provider, CAST(:variables AS text[]), :credits, :now) AS p
  JOIN accounts AS a ON a.id = p.id
  LEFT JOIN account_circuits AS c ON c.account_id = p.id AND c.model = :model
 WHERE CAST(:only AS text[]) IS NULL OR p.id = ANY (CAST(:only AS text[]))""")

LIVE_RESERVATIONS = text("""
SELECT id, account_id, workspace_id, user_id, model, credits, taken_at FROM account_reservations
 WHERE released_at IS NULL AND (CAST(:account AS text) IS NULL OR account_id = :account)
   AND (CAST(:before AS timestamptz) IS NULL OR taken_at < :before)
 ORDER BY taken_at, id""")

FORGET_RESERVATIONS = text("""
DELETE FROM account_reservations WHERE released_at IS NOT NULL AND taken_at < :before""")

# A key in the environment is the local owner's, in their own workspace; its row holds no key.
ADD_VARIABLES = text("""
INSERT INTO accounts (id, workspace_id, user_id, provider, name, variable, created_at)
SELECT new.id, w.id, u.id, new.provider, new.variable, new.variable, :now
  FROM users AS u JOIN workspaces AS w ON w.owner_id = u.id AND w.personal
 CROSS JOIN unnest(CAST(:ids AS text[]), CAST(:providers AS text[]), CAST(:names AS text[]))
       AS new (id, provider, variable)
 WHERE u.id = :user AND u.local AND w.id = :workspace
ON CONFLICT DO NOTHING""")

# Whoever adds one holds their own row meanwhile: two who add at once are counted one after the other.
COUNT = text("SELECT count(*) FROM accounts WHERE user_id = :user AND variable IS NULL")

OWNED = text("""
SELECT a.*, p.running FROM accounts AS a
  JOIN account_prospects(NULL, CAST(:variables AS text[]), 0, :now) AS p ON p.id = a.id
 WHERE (CAST(:only AS text) IS NULL OR a.id = :only)
   AND (CAST(:provider AS text) IS NULL OR a.provider = :provider)
   AND (CAST(:after AS text) IS NULL OR a.id < :after)
 ORDER BY a.id DESC LIMIT :most""")

# Whose accounts there are for whoever asks, and whether one of them is free. A variable whose row is
# still to be made counts where it will be made (see ADD_VARIABLES): asking writes nothing.
STANDING = text("""
SELECT provider, bool_or(free) AS free FROM (
    SELECT a.provider, p.free
      FROM account_prospects(NULL, CAST(:variables AS text[]), 0, :now) AS p
      JOIN accounts AS a ON a.id = p.id
     UNION ALL
    SELECT new.provider, true
      FROM users AS u JOIN workspaces AS w ON w.owner_id = u.id AND w.personal
     CROSS JOIN unnest(CAST(:variables AS text[]), CAST(:providers AS text[]))
           AS new (variable, provider)
     WHERE u.id = :user AND u.local AND w.id = :workspace
       AND NOT EXISTS (SELECT FROM accounts AS a WHERE a.variable = new.variable)
) AS all_of GROUP BY provider""")

# Those that are kept here, with their keys: for vendors whose accounts say themselves what they have.
SIGNING = text("""
SELECT a.* FROM accounts AS a
  JOIN account_prospects(NULL, '{}', 0, :now) AS p ON p.id = a.id
 WHERE a.provider = ANY (CAST(:providers AS text[])) AND a.access IS NOT NULL
 ORDER BY a.priority, a.id""")

# Row-level security shows a row that is to be changed to those who may change it.
HOLD_KEPT = text("SELECT id FROM accounts WHERE id = :id FOR UPDATE")

FIND = text("SELECT * FROM accounts WHERE id = :id")

HOLD = text("SELECT * FROM accounts WHERE id = :id FOR NO KEY UPDATE")

PUT_CONDITION = text("""
UPDATE accounts SET state = :state, until = :until, reason = :reason, failures = :failures,
       probes = :probes, probe_at = :probe_at
 WHERE id = :id""")

ADD_SUCCESS = text("""
UPDATE accounts SET successes = successes + :calls, seconds = seconds + :seconds WHERE id = :id""")

ADD_FAILURE = text("UPDATE accounts SET failed = failed + 1 WHERE id = :id")

SET_CREDITS = text("UPDATE accounts SET credits = :credits WHERE id = :id")

TO_CHANGE_BY_TIME = text("""
SELECT * FROM accounts
 WHERE state = 'cooling' AND until <= :now OR state IN ('active', 'cooling') AND credits <= 0
 ORDER BY id LIMIT :most FOR NO KEY UPDATE SKIP LOCKED""")

TO_PROBE = text("""
SELECT * FROM accounts
 WHERE state IN ('exhausted', 'disabled') AND NOT paused AND probe_at <= :now
   AND (variable IS NULL OR variable = ANY (CAST(:variables AS text[])))
 ORDER BY probe_at LIMIT :most FOR NO KEY UPDATE SKIP LOCKED""")

SEALED = text("""
SELECT id, access FROM accounts WHERE access IS NOT NULL AND id > :after ORDER BY id LIMIT :most""")

REWRAP = text("UPDATE accounts SET access = :new WHERE id = :id AND access = :old")
