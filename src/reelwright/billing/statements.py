"""The SQL of money; the ledger's functions stand with the tables, in the migration that made them."""

from sqlalchemy import text

TAKE_HOLDS = text("""
SELECT holds, refusal, alerts
  FROM take_holds(:workspace, :user, CAST(:news AS jsonb), :now, CAST(:steps AS integer[]))""")

END_HOLD = text("""
SELECT hold, was, alerts
  FROM end_hold(:workspace, :user, :id, CAST(:paid AS bigint), CAST(:remote AS text), :now,
                CAST(:steps AS integer[]))""")

NAME_REMOTE = text("""
UPDATE holds SET remote_id = :remote WHERE workspace_id = :workspace AND id = :id RETURNING id""")

BALANCES = text("""
SELECT account, currency, sum(micros)::bigint AS micros FROM ledger_legs
 WHERE workspace_id = :workspace GROUP BY account, currency""")

# A member may limit a production; whatever holds for others is for who looks after the workspace.
GOVERNS = text("SELECT coalesce(role_here(NULL) IN ('owner', 'admin'), false)")

OLD_LIMIT = text("""
SELECT id, micros FROM spending_limits WHERE workspace_id = :workspace AND scope = :scope
   AND subject = :subject AND currency = :currency FOR UPDATE""")

SET_LIMIT = text("""
INSERT INTO spending_limits
    (workspace_id, id, scope, subject, currency, micros, user_id, created_at)
VALUES (:workspace, :id, :scope, :subject, :currency, :micros, :user, :now)
ON CONFLICT (workspace_id, scope, subject, currency) DO UPDATE
   SET id = excluded.id, micros = excluded.micros, user_id = excluded.user_id,
       created_at = excluded.created_at""")

FORGET_ALERTS = text("""
DELETE FROM spending_alerts WHERE workspace_id = :workspace AND limit_id = :id""")

REMOVE_LIMIT = text("""
DELETE FROM spending_limits WHERE workspace_id = :workspace AND id = :id
RETURNING scope, subject, currency, micros""")

LIMITS = text("""
SELECT id, scope, subject, currency, micros, user_id, created_at FROM spending_limits
 WHERE workspace_id = :workspace ORDER BY scope, subject, currency""")

# A subject's totals are its own: where a limit is for each subject, or each call, none is meant.
STANDINGS = text("""
SELECT l.id, l.scope, l.subject, l.currency, l.micros, l.user_id, l.created_at, p.period,
       CASE WHEN l.scope <> 'operation' AND (l.subject <> '' OR l.scope = 'workspace_month')
            THEN coalesce(t.held_micros + t.spent_micros, 0) END AS taken
  FROM spending_limits AS l
 CROSS JOIN LATERAL (
       SELECT CASE l.scope WHEN 'workspace_month' THEN to_char(CAST(:day AS date), 'YYYY-MM')
                           WHEN 'user_day' THEN to_char(CAST(:day AS date), 'YYYY-MM-DD')
                           ELSE '' END AS period) AS p
  LEFT JOIN spending_totals AS t
    ON (t.workspace_id, t.scope, t.subject, t.period, t.currency)
       = (l.workspace_id, l.scope, l.subject, p.period, l.currency)
 WHERE l.workspace_id = :workspace ORDER BY l.scope, l.subject, l.currency""")

ENTRIES = text("""
SELECT e.id, e.hold_id, e.debit, e.credit, e.micros, e.currency, e.user_id, e.created_at,
       h.project_id, h.job_id, h.root_job_id, h.operation, h.vendor, h.model
  FROM ledger_entries AS e
  JOIN holds AS h ON (h.workspace_id, h.id) = (e.workspace_id, e.hold_id)
 WHERE e.workspace_id = :workspace
   AND (CAST(:after AS bigint) IS NULL OR e.id < :after)
   AND (CAST(:project AS text) IS NULL OR h.project_id = :project)
   AND (CAST(:job AS text) IS NULL OR h.job_id = :job OR h.root_job_id = :job)
   AND (CAST(:since AS date) IS NULL
        OR e.created_at >= CAST(:since AS date)::timestamp AT TIME ZONE 'UTC')
   AND (CAST(:before AS date) IS NULL
        OR e.created_at < CAST(:before AS date)::timestamp AT TIME ZONE 'UTC')
 ORDER BY e.id DESC LIMIT :most""")

ROOM = text("""
SELECT l.id, a.scope, a.subject, a.period, l.micros, l.currency AS limit_currency,
       coalesce(t.held_micros + t.spent_micros, 0)::bigint AS taken
  FROM (SELECT * FROM spending_periods(
            CAST(:user AS text), CAST(:project AS text), CAST(:root AS text), CAST(:day AS date))
        UNION ALL
        SELECT 'operation', CAST(:operation AS text), '' WHERE CAST(:operation AS text) IS NOT NULL
       ) AS a
 CROSS JOIN LATERAL spending_limit(:workspace, a.scope, a.subject, :currency) AS l
  LEFT JOIN spending_totals AS t
    ON (t.workspace_id, t.scope, t.subject, t.period, t.currency)
       = (:workspace, a.scope, a.subject, a.period, :currency)
 ORDER BY l.micros - coalesce(t.held_micros + t.spent_micros, 0), a.scope""")
