// Work plans and implementation agendas.

// name: plans
// title: Plans
// params: limit: int = 100000
// returns: id, name, year, status, region_ids, regions
// One row per plan, latest year first, with the regions it covers.
MATCH (p:Plan)
OPTIONAL MATCH (p)-[:COVERS]->(r:Region)
WITH p, r ORDER BY r.name, r.id
WITH p, collect(r.id) AS region_ids, collect(r.name) AS regions
RETURN p.id AS id, p.name AS name, p.year AS year, p.status AS status, region_ids, regions
ORDER BY year DESC, name, id
LIMIT $limit

// name: plan_projects
// title: Projects of plans
// params: plan: str = null, limit: int = 100000
// returns: plan_id, plan, year, project_id, project, standing
// One row per plan and project that it lists, of one plan or of all: new in it, continued or ended, as the plan itself says.
MATCH (w:Plan)
WHERE $plan IS NULL OR w.id = $plan
MATCH (w)<-[l:LISTED_IN]-(p:Project)
RETURN w.id AS plan_id, w.name AS plan, w.year AS year, p.id AS project_id, p.name AS project, l.standing AS standing
ORDER BY year DESC, plan, plan_id, project, project_id
LIMIT $limit

// name: plan_themes
// title: Themes of plans
// params: plan: str = null, limit: int = 100000
// returns: plan_id, plan, year, theme_id, theme, kind
// One row per plan and theme that it names, of one plan or of all.
MATCH (w:Plan)
WHERE $plan IS NULL OR w.id = $plan
MATCH (w)-[:ADDRESSES]->(t:Theme)
RETURN w.id AS plan_id, w.name AS plan, w.year AS year, t.id AS theme_id, t.name AS theme, t.kind AS kind
ORDER BY year DESC, plan, plan_id, theme, theme_id
LIMIT $limit

// name: plan_assessments
// title: How plans judged projects
// params: plan: str = null, limit: int = 100000
// returns: plan_id, plan, year, project_id, project, criterion, score, of, on
// One row per plan, project and criterion, of one plan or of all: the points given, of how many, and when; a project can be
// judged without points on record.
MATCH (w:Plan)
WHERE $plan IS NULL OR w.id = $plan
MATCH (w)-[j:ASSESSED]->(p:Project)
RETURN w.id AS plan_id, w.name AS plan, w.year AS year, p.id AS project_id, p.name AS project, j.criterion AS criterion,
       j.score AS score, j.of AS of, j.on AS on
ORDER BY year DESC, plan, plan_id, project, project_id, criterion
LIMIT $limit

// name: plan_carriers
// title: Who carries what in plans
// params: plan: str = null, limit: int = 100000
// returns: plan_id, plan, organisation_id, organisation, item_id, item, item_label
// One row per organisation and theme or project that it carries, with the plan that says so, of one plan or of all.
MATCH (o:Organisation)-[c:CARRIES]->(i)
WHERE $plan IS NULL OR c.plan = $plan
OPTIONAL MATCH (w:Plan {id: c.plan})
RETURN w.id AS plan_id, w.name AS plan, o.id AS organisation_id, o.name AS organisation, i.id AS item_id, i.name AS item,
       labels(i)[0] AS item_label
ORDER BY organisation, organisation_id, item, item_id, plan_id
LIMIT $limit

// name: theme_coverage
// title: Plans and projects on a theme, by region
// params: region: str = null, theme: str = null, counted: list[str] = COUNTED_REGIONS, limit: int = 100000
// returns: region_id, region, theme_id, theme, kind, item_id, item, item_label
// One row per region with a plan, theme, and plan or project that addresses the theme there. A plan is of the regions that it
// covers; a project of those whose plan lists it and of those that it runs in, or that it runs in a part of (never counted for
// a country). A project also addresses the themes of the approach that it applies.
MATCH (:Plan)-[:COVERS]->(r:Region)
WITH DISTINCT r
WHERE $region IS NULL OR r.id = $region
CALL (r) {
  MATCH (r)<-[:COVERS]-(i:Plan)-[:ADDRESSES]->(t:Theme)
  RETURN i, t
  UNION
  MATCH (r)<-[:COVERS]-(:Plan)<-[:LISTED_IN]-(i:Project)-[:ADDRESSES]->(t:Theme)
  RETURN i, t
  UNION
  MATCH (r)<-[:COVERS]-(:Plan)<-[:LISTED_IN]-(i:Project)-[:APPLIES]->(:Approach)-[:ADDRESSES]->(t:Theme)
  RETURN i, t
  UNION
  MATCH (r)<-[:PART_OF*0..]-(home:Region)<-[:RUNS_IN]-(i:Project)-[:ADDRESSES]->(t:Theme)
  WHERE home.id = r.id OR r.kind IN $counted
  RETURN i, t
  UNION
  MATCH (r)<-[:PART_OF*0..]-(home:Region)<-[:RUNS_IN]-(i:Project)-[:APPLIES]->(:Approach)-[:ADDRESSES]->(t:Theme)
  WHERE home.id = r.id OR r.kind IN $counted
  RETURN i, t
}
WITH DISTINCT r, t, i
WHERE $theme IS NULL OR t.id = $theme
RETURN r.id AS region_id, r.name AS region, t.id AS theme_id, t.name AS theme, t.kind AS kind, i.id AS item_id, i.name AS item,
       labels(i)[0] AS item_label
ORDER BY region, region_id, theme, theme_id, item_label, item, item_id
LIMIT $limit
