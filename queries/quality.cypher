// What the data lacks: each query lists what a steward could fill in.

// name: visits_without_date
// title: Visits without a date
// params: limit: int = 100000
// returns: id, name, kind, hosts
// One row per visit whose date nobody stated.
MATCH (v:Visit)
WHERE v.on_from IS NULL
OPTIONAL MATCH (v)<-[:HOSTED]-(h)
WITH v, h.name AS host ORDER BY host
WITH v, collect(host) AS hosts
RETURN v.id AS id, v.name AS name, v.kind AS kind, hosts
ORDER BY name, id
LIMIT $limit

// name: organisations_in_no_project
// title: Organisations in no project
// params: limit: int = 100000
// returns: id, name, kind, region
// One row per organisation that takes part in no project.
MATCH (o:Organisation)
WHERE NOT EXISTS { (o)-[:PARTICIPATES_IN]->(:Project) }
OPTIONAL MATCH (o)-[:LOCATED_IN]->(r:Region)
RETURN o.id AS id, o.name AS name, o.kind AS kind, r.name AS region
ORDER BY name, id
LIMIT $limit

// name: regions_without_approach
// title: Regions without an approach
// params: kinds: list[str] = ["labour-market region", "province"], limit: int = 100000
// returns: id, name, kind, country
// One row per labour-market region and province that took up no approach and where none began.
MATCH (r:Region)
WHERE r.kind IN $kinds AND NOT EXISTS { (r)-[:TOOK_UP]->(:Adoption) } AND NOT EXISTS { (r)<-[:ORIGINATED_IN]-(:Approach) }
RETURN r.id AS id, r.name AS name, r.kind AS kind, r.country AS country
ORDER BY name, id
LIMIT $limit

// name: approaches_without_origin
// title: Approaches without a place of origin
// params: limit: int = 100000
// returns: id, name
// One row per approach of which nobody stated where it began.
MATCH (a:Approach)
WHERE NOT EXISTS { (a)-[:ORIGINATED_IN]->(:Region) }
RETURN a.id AS id, a.name AS name
ORDER BY name, id
LIMIT $limit

// name: adoptions_without_visit
// title: Taken over without a known visit
// params: taken_over: list[str] = TAKEN_OVER, counted: list[str] = COUNTED_REGIONS, limit: int = 100000
// returns: region_id, region, approach_id, approach, on, stage
// One row per step of taking over where no visit about the approach, or about a project that applies it, counts for the region: neither
// its own attendance, nor one within it, nor one from above (the rule of region_attendance). What a region does with an approach that
// began there is no taking-over.
MATCH (r:Region)
WHERE EXISTS { (r)-[:TOOK_UP]->(:Adoption) }
CALL (r) {
  MATCH (r)-[:PART_OF*0..]->(place:Region)
  RETURN place
  UNION
  MATCH (r)<-[:PART_OF*1..]-(place:Region)
  WHERE r.kind IN $counted
  RETURN place
}
OPTIONAL MATCH (place)<-[:LOCATED_IN]-(body)
WITH r, collect(DISTINCT place) + collect(body) AS guests
UNWIND guests AS guest
OPTIONAL MATCH (guest)-[:ATTENDED]->(v:Visit)
OPTIONAL MATCH (v)-[:ABOUT]->(subject)
OPTIONAL MATCH (subject)-[:APPLIES]->(applied:Approach)
WITH r, collect(DISTINCT coalesce(applied.id, subject.id)) AS seen
MATCH (r)-[:TOOK_UP]->(s:Adoption)
WHERE s.stage IN $taken_over
MATCH (s)-[:OF]->(a:Approach)
WHERE NOT a.id IN seen AND NOT (a)-[:ORIGINATED_IN]->(r)
RETURN r.id AS region_id, r.name AS region, a.id AS approach_id, a.name AS approach, s.on AS on, s.stage AS stage
ORDER BY approach, region, s.on_from IS NULL, s.on_from, s.id
LIMIT $limit

// name: nodes_without_source
// title: What no source states
// params: limit: int = 100000
// returns: id, label, name
// One row per node that names no source; sources and data sets need none.
CALL {
  MATCH (n:Region) WHERE n.sources IS NULL OR size(n.sources) = 0 RETURN n
  UNION ALL
  MATCH (n:Organisation) WHERE n.sources IS NULL OR size(n.sources) = 0 RETURN n
  UNION ALL
  MATCH (n:Project) WHERE n.sources IS NULL OR size(n.sources) = 0 RETURN n
  UNION ALL
  MATCH (n:Approach) WHERE n.sources IS NULL OR size(n.sources) = 0 RETURN n
  UNION ALL
  MATCH (n:Visit) WHERE n.sources IS NULL OR size(n.sources) = 0 RETURN n
  UNION ALL
  MATCH (n:Adoption) WHERE n.sources IS NULL OR size(n.sources) = 0 RETURN n
  UNION ALL
  MATCH (n:Plan) WHERE n.sources IS NULL OR size(n.sources) = 0 RETURN n
  UNION ALL
  MATCH (n:Theme) WHERE n.sources IS NULL OR size(n.sources) = 0 RETURN n
  UNION ALL
  MATCH (n:Element) WHERE n.sources IS NULL OR size(n.sources) = 0 RETURN n
}
RETURN n.id AS id, labels(n)[0] AS label, n.name AS name
ORDER BY label, name, id
LIMIT $limit

// name: visits_without_outcome
// title: Visits whose guests have not said what came of it
// params: limit: int = 100000
// returns: id, name, on, hosts
// One row per visit with no outcome at any of those who attended, latest first, undated last.
MATCH (v:Visit)
OPTIONAL MATCH (v)<-[w:ATTENDED]-()
WITH v, count(w.outcome) AS outcomes
WHERE outcomes = 0
OPTIONAL MATCH (v)<-[:HOSTED]-(h)
WITH v, h.name AS host ORDER BY host
WITH v, collect(host) AS hosts
RETURN v.id AS id, v.name AS name, v.on AS on, hosts
ORDER BY v.on_from IS NULL, v.on_from DESC, v.on_to DESC, name, id
LIMIT $limit
