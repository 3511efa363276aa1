// Funded or agreed pieces of work, and what they are about.

// name: projects
// title: Projects
// params: limit: int = 100000
// returns: id, name, started, ended, started_from, ended_to, status, budget_eur, region_ids, approach_ids
// One row per project, with the regions it runs in and the approaches it applies.
MATCH (p:Project)
OPTIONAL MATCH (p)-[:RUNS_IN]->(r:Region)
WITH p, r.id AS region_id ORDER BY region_id
WITH p, collect(region_id) AS region_ids
OPTIONAL MATCH (p)-[:APPLIES]->(a:Approach)
WITH p, region_ids, a.id AS approach_id ORDER BY approach_id
WITH p, region_ids, collect(approach_id) AS approach_ids
RETURN p.id AS id, p.name AS name, p.started AS started, p.ended AS ended, p.started_from AS started_from,
       p.ended_to AS ended_to, p.status AS status, p.budget_eur AS budget_eur, region_ids, approach_ids
ORDER BY name, id
LIMIT $limit

// name: project_themes
// title: Themes of projects
// params: limit: int = 100000
// returns: project_id, theme_id, theme
// One row per project and theme that it addresses.
MATCH (p:Project)-[:ADDRESSES]->(t:Theme)
RETURN p.id AS project_id, t.id AS theme_id, t.name AS theme
ORDER BY project_id, theme, theme_id
LIMIT $limit

// name: themes
// title: Themes
// params: limit: int = 100000
// returns: id, name, kind, parent_id
// One row per theme, with the theme it is part of.
MATCH (t:Theme)
OPTIONAL MATCH (t)-[:PART_OF]->(above:Theme)
RETURN t.id AS id, t.name AS name, t.kind AS kind, above.id AS parent_id
ORDER BY name, id
LIMIT $limit
