// What is in the graph, and the list that search looks through.

// name: node_counts
// title: Nodes by label
// params: internal: list[str] = INTERNAL_LABELS, limit: int = 100
// returns: label, nodes
// best: bar(label=label, value=nodes)
// One row per label that the graph has nodes of, most nodes first; what the loader keeps for itself is left out.
MATCH (n)
WITH labels(n)[0] AS label, count(*) AS nodes
WHERE NOT label IN $internal
RETURN label, nodes
ORDER BY nodes DESC, label
LIMIT $limit

// name: relationship_counts
// title: Relationships by type
// params: limit: int = 100
// returns: type, relationships
// best: bar(label=type, value=relationships)
// One row per type that the graph has relationships of, most first.
MATCH ()-[r]->()
RETURN type(r) AS type, count(*) AS relationships
ORDER BY relationships DESC, type
LIMIT $limit

// name: data_sets
// title: Data sets
// params: limit: int = 100000
// returns: id, name, kind, data_until, steps, licence, note
// One row per data set that was loaded: recorded or simulated, up to when steps of taking up were looked for, and how many it holds.
MATCH (d:DataSet)
OPTIONAL MATCH (s:Adoption)
WHERE d.id IN s.data_sets
WITH d, count(s) AS steps
RETURN d.id AS id, d.name AS name, d.kind AS kind, d.data_until AS data_until, steps, d.licence AS licence, d.note AS note
ORDER BY name, id
LIMIT $limit

// name: period
// title: First and last year of the data
// returns: first_year, last_year
// One row with the years of the earliest and the latest date of projects, participations, visits and steps of taking up; no row where nothing is dated.
CALL {
  MATCH (p:Project)
  RETURN min(p.started_from) AS first, max(coalesce(p.ended_to, p.started_to)) AS last
  UNION ALL
  MATCH (:Organisation)-[t:PARTICIPATES_IN]->()
  RETURN min(t.since_from) AS first, max(coalesce(t.until_to, t.since_to)) AS last
  UNION ALL
  MATCH (v:Visit)
  RETURN min(v.on_from) AS first, max(v.on_to) AS last
  UNION ALL
  MATCH (a:Adoption)
  RETURN min(a.on_from) AS first, max(coalesce(a.until_to, a.on_to)) AS last
}
WITH min(first) AS first, max(last) AS last
WHERE first IS NOT NULL
RETURN first.year AS first_year, last.year AS last_year
ORDER BY first_year
LIMIT 1

// name: names
// title: Names of everything that has a profile
// params: limit: int = 100000
// returns: id, label, name, aliases, kind, place
// One row per organisation, region, project, approach, visit, plan, theme and source. The place is the region it lies in, runs in,
// began in or was held in where that is one region, the country's code for a region, the publisher of a source; for search.
CALL {
  MATCH (n:Organisation)
  OPTIONAL MATCH (n)-[:LOCATED_IN]->(r:Region)
  RETURN n.id AS id, 'Organisation' AS label, n.name AS name, n.aliases AS aliases, n.kind AS kind, r.name AS place
  UNION ALL
  MATCH (n:Region)
  RETURN n.id AS id, 'Region' AS label, n.name AS name, null AS aliases, n.kind AS kind, n.country AS place
  UNION ALL
  MATCH (n:Project)
  OPTIONAL MATCH (n)-[:RUNS_IN]->(r:Region)
  WITH n, count(r) AS regions, min(r.name) AS region
  RETURN n.id AS id, 'Project' AS label, n.name AS name, null AS aliases, null AS kind,
         CASE WHEN regions = 1 THEN region END AS place
  UNION ALL
  MATCH (n:Approach)
  OPTIONAL MATCH (n)-[:ORIGINATED_IN]->(r:Region)
  RETURN n.id AS id, 'Approach' AS label, n.name AS name, null AS aliases, null AS kind, r.name AS place
  UNION ALL
  MATCH (n:Visit)
  OPTIONAL MATCH (n)<-[:HOSTED]-(h)
  OPTIONAL MATCH (h)-[:LOCATED_IN]->(r:Region)
  WITH n, CASE WHEN h:Region THEN h.name ELSE r.name END AS region
  WITH n, count(DISTINCT region) AS regions, min(region) AS region
  RETURN n.id AS id, 'Visit' AS label, n.name AS name, null AS aliases, n.kind AS kind,
         CASE WHEN regions = 1 THEN region END AS place
  UNION ALL
  MATCH (n:Plan)
  OPTIONAL MATCH (n)-[:COVERS]->(r:Region)
  WITH n, count(r) AS regions, min(r.name) AS region
  RETURN n.id AS id, 'Plan' AS label, n.name AS name, null AS aliases, null AS kind,
         CASE WHEN regions = 1 THEN region END AS place
  UNION ALL
  MATCH (n:Theme)
  RETURN n.id AS id, 'Theme' AS label, n.name AS name, null AS aliases, n.kind AS kind, null AS place
  UNION ALL
  MATCH (n:Source)
  RETURN n.id AS id, 'Source' AS label, n.name AS name, null AS aliases, null AS kind, n.publisher AS place
}
RETURN id, label, name, coalesce(aliases, []) AS aliases, kind, place
ORDER BY name, label, id
LIMIT $limit
