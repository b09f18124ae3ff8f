"""The views for analysts: the ledger, the gaps and the log under the names that lists have.

What they are called and which columns they have is promised in docs/analysts.md. The words are those of both
engines, but for three expressions that each engine gives.
"""

from seqctl.model.classes import frozen


@frozen
class Expressions:
    """What each engine says in words of its own: over an event `e`, and the present instant as texts are.

    `reason` is that of all numbers, `own_reason` that which the event has for the run `g` alone.
    """

    reason: str
    own_reason: str
    hash: str
    now: str


NUMBERS = """
  SELECT n.serial AS cursor, n.text AS number, n.value, s.name AS sequence,
    coalesce(n.document_type, s.document_type) AS document_type, c.period, c.scope, n.date, n.state,
    n.key, n.record, n.policy, n.set_name, n.reused, e.at AS issued_at, e.actor, n.expires_at,
    q.actor AS source_actor, q.at AS source_at
  FROM number n JOIN counter c ON c.id = n.counter_id JOIN sequence s ON s.id = c.sequence_id
    LEFT JOIN event e ON e.id = n.event_id
    LEFT JOIN number_source q ON q.serial = n.serial AND q.event_id = n.event_id"""

GAPS = """
  WITH taken AS (
    SELECT n.counter_id, n.value - s.step AS until, n.value AS last
    FROM number n JOIN counter c ON c.id = n.counter_id JOIN sequence s ON s.id = c.sequence_id
    UNION ALL SELECT g.counter_id, g.first - s.step, g.last
    FROM gap_run g JOIN counter c ON c.id = g.counter_id JOIN sequence s ON s.id = c.sequence_id
    UNION ALL SELECT c.id, c.last, c.last FROM counter c WHERE c.last >= c.first
  ), stretch AS (
    SELECT t.counter_id, t.until,
      lag(t.last) OVER (PARTITION BY t.counter_id ORDER BY t.last, t.until) AS before
    FROM taken t
  ), run AS (
    SELECT g.counter_id, g.first, g.last, g.state, e.actor, e.at AS since, coalesce({own_reason}, {reason},
      CASE e.action WHEN 'expire' THEN 'reservation expired' WHEN 'release' THEN 'reservation released' END)
      AS reason
    FROM gap_run g LEFT JOIN event e ON e.id = g.event_id
    UNION ALL SELECT n.counter_id, n.value, n.value, 'ended', NULL, n.expires_at, 'reservation expired'
    FROM number n WHERE n.state = 'reserved' AND n.expires_at <= {now}
    UNION ALL SELECT t.counter_id, coalesce(t.before + s.step, c.first), t.until, 'missing', NULL, NULL, NULL
    FROM stretch t JOIN counter c ON c.id = t.counter_id JOIN sequence s ON s.id = c.sequence_id
    WHERE coalesce(t.before, c.first - s.step) < t.until
  )
  SELECT s.name AS sequence, c.period, c.scope, r.first, r.last, (r.last - r.first) / s.step + 1 AS count,
    CASE WHEN r.state <> 'ended' THEN r.state WHEN s.mode = 'gapless' THEN 'reusable' ELSE 'missing' END
      AS state, r.reason, r.actor, r.since
  FROM run r JOIN counter c ON c.id = r.counter_id JOIN sequence s ON s.id = c.sequence_id"""
"""Missing is what lies between what is taken: held numbers, stored runs, and where a counter stands.

No sum leaves the counter's own values, whose last may be the largest integer.
"""

EVENTS = """
  SELECT e.id, e.at, e.actor, e.action, e.subject, s.name AS sequence, c.period, c.scope, e.first, e.last,
    e.serial, e.count, {reason} AS reason, e.detail, {hash} AS hash
  FROM event e LEFT JOIN counter c ON c.id = e.counter_id LEFT JOIN sequence s ON s.id = c.sequence_id"""


def views(words: Expressions) -> dict[str, str]:
    """What each view selects, by its name."""
    given = {"reason": words.reason, "own_reason": words.own_reason, "hash": words.hash, "now": words.now}
    return {
        "numbers_view": NUMBERS,
        "gaps_view": GAPS.format(**given),
        "events_view": EVENTS.format(**given),
    }
