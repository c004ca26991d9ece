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

# A member may limit a production; whatever holds for others is the owner's affair.
OWNS = text("""
SELECT EXISTS (SELECT FROM workspaces WHERE id = :workspace AND owner_id = :user)""")

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
