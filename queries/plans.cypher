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
// title: Projects of a plan
// params: plan: str, limit: int = 100000
// returns: project_id, project, standing
// One row per project that the plan lists: new in it, continued or ended.
MATCH (:Plan {id: $plan})<-[l:LISTED_IN]-(p:Project)
RETURN p.id AS project_id, p.name AS project, l.standing AS standing
ORDER BY project, project_id
LIMIT $limit

// name: plan_assessments
// title: How a plan judged projects
// params: plan: str, limit: int = 100000
// returns: project_id, project, criterion, score, of, on
// One row per project and criterion: the points given, of how many, and when.
MATCH (:Plan {id: $plan})-[j:ASSESSED]->(p:Project)
RETURN p.id AS project_id, p.name AS project, j.criterion AS criterion, j.score AS score, j.of AS of, j.on AS on
ORDER BY project, project_id, criterion
LIMIT $limit

// name: plan_carriers
// title: Who carries what in a plan
// params: plan: str, limit: int = 100000
// returns: organisation_id, organisation, item_id, item
// One row per organisation and theme or project that it carries by that plan.
MATCH (o:Organisation)-[c:CARRIES]->(i)
WHERE c.plan = $plan
RETURN o.id AS organisation_id, o.name AS organisation, i.id AS item_id, i.name AS item
ORDER BY organisation, organisation_id, item, item_id
LIMIT $limit
