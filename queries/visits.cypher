// Events where one side learns from another: when, who was there, what about.

// name: visits
// title: Visits
// params: limit: int = 100000
// returns: id, name, on, on_from, on_to, kind, host_ids, hosts, attendees
// One row per visit, latest first, undated last; with its hosts and the number of bodies that attended.
MATCH (v:Visit)
OPTIONAL MATCH (v)<-[:HOSTED]-(h)
WITH v, h ORDER BY h.name, h.id
WITH v, collect(h.id) AS host_ids, collect(h.name) AS hosts
OPTIONAL MATCH (v)<-[:ATTENDED]-(b)
WITH v, host_ids, hosts, count(DISTINCT b.id) AS attendees
RETURN v.id AS id, v.name AS name, v.on AS on, v.on_from AS on_from, v.on_to AS on_to, v.kind AS kind, host_ids, hosts, attendees
ORDER BY v.on_from IS NULL, on_from DESC, on_to DESC, name, id
LIMIT $limit

// name: visit_presence
// title: Who was at a visit
// params: visit: str = null, limit: int = 100000
// returns: visit_id, part, body_id, body, body_label, region_id, delegates, outcome, outcome_on, note
// One row per visit and body that hosted or attended it, of one visit or of all, hosts first. The region is the body itself where it
// is a region, else the one it lies in.
MATCH (v:Visit)
WHERE $visit IS NULL OR v.id = $visit
MATCH (v)<-[w:HOSTED|ATTENDED]-(b)
OPTIONAL MATCH (b)-[:LOCATED_IN]->(r:Region)
WITH v, w, b, r, CASE WHEN type(w) = 'HOSTED' THEN 'hosted' ELSE 'attended' END AS part
RETURN v.id AS visit_id, part, b.id AS body_id, b.name AS body, labels(b)[0] AS body_label,
       CASE WHEN b:Region THEN b.id ELSE r.id END AS region_id, w.delegates AS delegates, w.outcome AS outcome,
       w.outcome_on AS outcome_on, w.note AS note
ORDER BY visit_id, part DESC, body, body_id
LIMIT $limit

// name: visit_subjects
// title: What visits were about
// params: limit: int = 100000
// returns: visit_id, subject_id, subject, subject_label
// One row per visit and approach or project that it showed.
MATCH (v:Visit)-[:ABOUT]->(s)
RETURN v.id AS visit_id, s.id AS subject_id, s.name AS subject, labels(s)[0] AS subject_label
ORDER BY visit_id, subject, subject_id
LIMIT $limit

// name: visit_themes
// title: Themes of visits
// params: limit: int = 100000
// returns: visit_id, theme_id
// One row per visit and theme of an approach or project that it showed.
MATCH (v:Visit)-[:ABOUT]->(s)
MATCH (s)-[:ADDRESSES]->(t:Theme)
WITH DISTINCT v.id AS visit_id, t.id AS theme_id
RETURN visit_id, theme_id
ORDER BY visit_id, theme_id
LIMIT $limit

// name: region_attendance
// title: Attendance of regions
// params: approach: str = null, counted: list[str] = COUNTED_REGIONS, limit: int = 100000
// returns: region_id, region, visit_id, attendee_id, attendee, how
// One row per region, visit and body whose presence counts for the region; with an approach, only visits about it or about a project
// that applies it. How: "own" when the region or a body that lies in it attended; "within" when that region is a part of it, at any
// depth (never counted for a country); "from above" when the body belongs to a territory that the region is a part of, said only for
// regions that took up an approach (this one, where one is given).
MATCH (v:Visit)
OPTIONAL MATCH (v)-[:ABOUT]->(s)
OPTIONAL MATCH (s)-[:APPLIES]->(applied:Approach)
WITH v, collect(s.id) AS shown, collect(applied.id) AS applied
WHERE $approach IS NULL OR $approach IN shown OR $approach IN applied
MATCH (v)<-[:ATTENDED]-(b)
OPTIONAL MATCH (b)-[:LOCATED_IN]->(seat:Region)
WITH v, b, coalesce(seat, b) AS home
WHERE home:Region
WITH home, collect({visit: v.id, id: b.id, name: b.name}) AS presences
CALL (home) {
  MATCH (home)-[:PART_OF*0..]->(r:Region)
  WHERE r.id = home.id OR r.kind IN $counted
  RETURN r, CASE WHEN r.id = home.id THEN 'own' ELSE 'within' END AS how
  UNION
  MATCH (home)<-[:PART_OF*1..]-(r:Region)
  MATCH (r)-[:TOOK_UP]->(:Adoption)-[:OF]->(a:Approach)
  WHERE $approach IS NULL OR a.id = $approach
  RETURN r, 'from above' AS how
}
UNWIND presences AS presence
WITH DISTINCT r, how, presence
RETURN r.id AS region_id, r.name AS region, presence.visit AS visit_id, presence.id AS attendee_id, presence.name AS attendee, how
ORDER BY region_id, visit_id, how, attendee_id
LIMIT $limit
