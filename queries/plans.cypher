// Work plans and implementation agendas.

// name: plans
// title: Plans
// params: limit: int = 100000
// returns: id, name, year, status, region_ids, regions
// best: table
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
// best: table; graph(start=project_id, end=plan_id, start_name=project, end_name=plan)
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
// best: table; graph(start=plan_id, end=theme_id, start_name=plan, end_name=theme)
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
// best: table; matrix(row=project, column=criterion, cell=score)
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
// best: table; graph(start=organisation_id, end=item_id, start_name=organisation, end_name=item)
// One row per organisation and theme or project that it carries, with the plan that says so, of one plan or of all.
MATCH (o:Organisation)-[c:CARRIES]->(i)
WHERE $plan IS NULL OR c.plan = $plan
WITH o, i, c.plan AS plan_id
OPTIONAL MATCH (w:Plan {id: plan_id})
RETURN w.id AS plan_id, w.name AS plan, o.id AS organisation_id, o.name AS organisation, i.id AS item_id, i.name AS item,
       labels(i)[0] AS item_label
ORDER BY organisation, organisation_id, item, item_id, plan_id
LIMIT $limit

// name: theme_coverage
// title: Plans and projects on a theme, by region
// params: region: str = null, theme: str = null, counted: list[str] = COUNTED_REGIONS, limit: int = 100000
// returns: region_id, region, theme_id, theme, kind, item_id, item, item_label
// best: table; map(region=region_id); graph(start=region_id, end=theme_id, start_name=region, end_name=theme)
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

// name: carried_over
// title: What does a plan carry over from an earlier one, and what did its criteria say?
// params: plan: str = null, limit: int = 1000
// returns: plan_id, plan, year, project_id, project, standing, earlier_plan_id, earlier_plan, earlier_year, criterion, score, of
// best: table; matrix(row=project, column=criterion, cell=score)
// One row per plan, project that it continues and criterion by which it judged the project, of one plan or of all, latest
// year first. A project is continued where the plan says so; where the plan says nothing of that, where an earlier plan that
// covers a region in common lists it, too. Named is the latest such plan of an earlier year; none where the earlier plan is
// not on record. A project that was not judged has one row without a criterion.
MATCH (w:Plan)
WHERE $plan IS NULL OR w.id = $plan
MATCH (w)<-[l:LISTED_IN]-(p:Project)
WHERE l.standing = 'continued' OR l.standing IS NULL
OPTIONAL MATCH (p)-[:LISTED_IN]->(e:Plan)
WHERE e.year < w.year AND EXISTS { (e)-[:COVERS]->(:Region)<-[:COVERS]-(w) }
WITH w, l, p, e ORDER BY e.year DESC, e.name, e.id
WITH w, l, p, collect(e) AS earlier
WITH w, l, p, head(earlier) AS previous
WHERE l.standing = 'continued' OR previous.id IS NOT NULL
OPTIONAL MATCH (w)-[j:ASSESSED]->(p)
RETURN w.id AS plan_id, w.name AS plan, w.year AS year, p.id AS project_id, p.name AS project, l.standing AS standing,
       previous.id AS earlier_plan_id, previous.name AS earlier_plan, previous.year AS earlier_year, j.criterion AS criterion,
       j.score AS score, j.of AS of
ORDER BY year DESC, plan, plan_id, project, project_id, criterion
LIMIT $limit

// name: new_continued_ended
// title: How many projects does each plan begin, continue and end?
// params: region: str = null, limit: int = 1000
// returns: plan_id, plan, year, standing, projects
// best: matrix(row=plan, column=standing, cell=projects); line(along=year, value=projects, series=standing)
// One row per plan and standing of the projects that it lists, latest year first, as the plan itself says; "not said" where
// it does not. With a region, only plans that cover it.
MATCH (w:Plan)
WHERE $region IS NULL OR EXISTS { (w)-[:COVERS]->(:Region {id: $region}) }
MATCH (w)<-[l:LISTED_IN]-(p:Project)
WITH w, coalesce(l.standing, 'not said') AS standing, count(p) AS projects
RETURN w.id AS plan_id, w.name AS plan, w.year AS year, standing, projects
ORDER BY year DESC, plan, plan_id, standing
LIMIT $limit

// name: carriers_of_themes
// title: Who carries a priority?
// params: theme: str = null, kinds: list[str] = ["priority"], limit: int = 1000
// with: theme: Theme of whatever kind (Theme); kinds: Kinds of theme, where none is given (Theme.kind)
// returns: theme_id, theme, kind, organisation_id, organisation, plans, first_year, last_year
// best: table; graph(start=organisation_id, end=theme_id, start_name=organisation, end_name=theme, weight=plans)
// One row per theme and organisation that carries it, most plans that say so first; of the kinds given, or the one theme
// given. The years are those of the first and the last such plan; empty where no plan is named. Who carries a project on the
// theme is not counted.
MATCH (t:Theme)<-[c:CARRIES]-(o:Organisation)
WHERE t.id = $theme OR ($theme IS NULL AND t.kind IN $kinds)
WITH t, o, c.plan AS plan_id
OPTIONAL MATCH (w:Plan {id: plan_id})
WITH t, o, count(DISTINCT w.id) AS plans, min(w.year) AS first_year, max(w.year) AS last_year
RETURN t.id AS theme_id, t.name AS theme, t.kind AS kind, o.id AS organisation_id, o.name AS organisation, plans, first_year, last_year
ORDER BY theme, theme_id, plans DESC, organisation, organisation_id
LIMIT $limit

// name: themes_nobody_carries
// title: Which priorities does nobody carry?
// params: kinds: list[str] = ["priority"], limit: int = 1000
// with: kinds: Kinds of theme (Theme.kind)
// returns: theme_id, theme, kind, plans, projects
// best: table; bar(label=theme, value=plans)
// One row per theme of these kinds that no organisation carries, in whatever plan, those in most plans first; beside it how
// many plans name it and how many projects address it themselves. Who carries it may not be on record.
MATCH (t:Theme)
WHERE t.kind IN $kinds AND NOT EXISTS { (t)<-[:CARRIES]-(:Organisation) }
OPTIONAL MATCH (t)<-[:ADDRESSES]-(item)
RETURN t.id AS theme_id, t.name AS theme, t.kind AS kind, count(DISTINCT CASE WHEN item:Plan THEN item.id END) AS plans,
       count(DISTINCT CASE WHEN item:Project THEN item.id END) AS projects
ORDER BY plans DESC, projects DESC, theme, theme_id
LIMIT $limit

// name: themes_without_project
// title: Which themes of a plan have no project in it?
// params: plan: str = null, limit: int = 1000
// returns: plan_id, plan, year, theme_id, theme, kind
// best: table
// One row per plan and theme that it names while none of the projects that it lists is about the theme or a part of it, at
// any depth; of one plan or of all, latest year first. A project is about its own themes and those of the approach that it
// applies; projects that the plan ends do not count.
MATCH (w:Plan)
WHERE $plan IS NULL OR w.id = $plan
CALL (w) {
  OPTIONAL MATCH (w)<-[l:LISTED_IN]-(p:Project)
  WHERE l.standing IS NULL OR l.standing <> 'ended'
  OPTIONAL MATCH (p)-[:APPLIES]->(a:Approach)
  WITH collect(DISTINCT p) + collect(DISTINCT a) AS items
  UNWIND items AS item
  MATCH (item)-[:ADDRESSES]->(:Theme)-[:PART_OF*0..]->(t:Theme)
  RETURN collect(DISTINCT t.id) AS covered
}
MATCH (w)-[:ADDRESSES]->(t:Theme)
WHERE NOT t.id IN covered
RETURN w.id AS plan_id, w.name AS plan, w.year AS year, t.id AS theme_id, t.name AS theme, t.kind AS kind
ORDER BY year DESC, plan, plan_id, theme, theme_id
LIMIT $limit

// name: shared_themes
// title: Which themes do several regions' plans share?
// params: least: int = 2, year: int = null, limit: int = 1000
// with: least: Regions at least (1 to 1000)
// returns: theme_id, theme, kind, regions, plans, names
// best: bar(label=theme, value=regions)
// One row per theme that plans of so many regions name, most regions first; of one year, or of all. A plan is of each region
// that it covers, not of those within or around it. A part of a theme is a theme of its own here.
MATCH (t:Theme)<-[:ADDRESSES]-(w:Plan)
WHERE $year IS NULL OR w.year = $year
MATCH (w)-[:COVERS]->(r:Region)
WITH t, r, count(DISTINCT w.id) AS of_region ORDER BY r.name, r.id
WITH t, collect({id: r.id, name: r.name}) AS names
WHERE size(names) >= $least
MATCH (t)<-[:ADDRESSES]-(w:Plan)
WHERE $year IS NULL OR w.year = $year
WITH t, names, count(DISTINCT w.id) AS plans
RETURN t.id AS theme_id, t.name AS theme, t.kind AS kind, size(names) AS regions, plans, names
ORDER BY regions DESC, plans DESC, theme, theme_id
LIMIT $limit

// name: points_by_criterion
// title: What points did projects get, criterion by criterion?
// params: plan: str = null, limit: int = 1000
// returns: project_id, project, criterion, score, of, percent, plan_id, plan, year, on
// best: matrix(row=project, column=criterion, cell=score); table
// One row per project, criterion and plan that judged it, of one plan or of all: the points, of how many, and that as a
// share where both are known. Judged without points on record, a project has a row without points.
MATCH (w:Plan)
WHERE $plan IS NULL OR w.id = $plan
MATCH (w)-[j:ASSESSED]->(p:Project)
RETURN p.id AS project_id, p.name AS project, j.criterion AS criterion, j.score AS score, j.of AS of,
       CASE WHEN j.of > 0 THEN toInteger(round(100.0 * j.score / j.of)) END AS percent, w.id AS plan_id, w.name AS plan, w.year AS year,
       j.on AS on
ORDER BY year DESC, plan, plan_id, project, project_id, criterion
LIMIT $limit

// name: continued_with_few_points
// title: Which projects were continued although they got few points?
// params: percent: int = 50, limit: int = 1000
// with: percent: Below this share of the points in percent (1 to 100)
// returns: project_id, project, judged_in_id, judged_in, year, points, out_of, percent, continued_in_id, continued_in, continued_year
// best: table; bar(label=project, value=percent)
// One row per project and plan that gave it less than this share of the points over all criteria, and plan that lists it as
// continued: the same plan, or one of a later year that covers a region in common. Lowest share first. Criteria without
// points on record do not count; a plan may continue a project for reasons that points do not show.
MATCH (w:Plan)-[j:ASSESSED]->(p:Project)
WHERE j.score IS NOT NULL AND j.of > 0
WITH w, p, sum(j.score) AS points, sum(j.of) AS out_of
WHERE 100.0 * points / out_of < $percent
MATCH (p)-[l:LISTED_IN]->(n:Plan)
WHERE l.standing = 'continued' AND (n.id = w.id OR (n.year > w.year AND EXISTS { (n)-[:COVERS]->(:Region)<-[:COVERS]-(w) }))
RETURN p.id AS project_id, p.name AS project, w.id AS judged_in_id, w.name AS judged_in, w.year AS year, points, out_of,
       toInteger(round(100.0 * points / out_of)) AS percent, n.id AS continued_in_id, n.name AS continued_in, n.year AS continued_year
ORDER BY percent, project, project_id, year, judged_in_id, continued_year, continued_in_id
LIMIT $limit

// name: themes_in_plans_by_year
// title: How many projects do plans list on each theme, year by year?
// params: region: str = null, limit: int = 1000
// returns: year, theme_id, theme, projects
// best: line(along=year, value=projects, series=theme); matrix(row=theme, column=year, cell=projects)
// One row per year of a plan and theme that a project in it addresses, itself or by the approach that it applies: how many
// such projects, each once a year. With a region, only plans that cover it. Projects that a plan ends do not count; years
// without a plan on record have no row.
MATCH (w:Plan)
WHERE $region IS NULL OR EXISTS { (w)-[:COVERS]->(:Region {id: $region}) }
MATCH (w)<-[l:LISTED_IN]-(p:Project)
WHERE l.standing IS NULL OR l.standing <> 'ended'
WITH DISTINCT w.year AS year, p
CALL (p) {
  MATCH (p)-[:ADDRESSES]->(t:Theme)
  RETURN t
  UNION
  MATCH (p)-[:APPLIES]->(:Approach)-[:ADDRESSES]->(t:Theme)
  RETURN t
}
WITH year, t, count(DISTINCT p.id) AS projects
RETURN year, t.id AS theme_id, t.name AS theme, projects
ORDER BY year, projects DESC, theme, theme_id
LIMIT $limit

// name: plans_in_time
// title: Which plans did a region have over the years?
// params: region: str = null, limit: int = 1000
// returns: region_id, region, year, plan_id, plan, status, themes, new, continued, ended
// best: table; line(along=year, value=new, series=region)
// One row per region and plan that covers it, of one region or of all, in time order: how many themes the plan names, and
// how many of its projects are new, continued and ended, as it says. A plan for several years stands under its first.
MATCH (r:Region)<-[:COVERS]-(w:Plan)
WHERE $region IS NULL OR r.id = $region
OPTIONAL MATCH (w)-[:ADDRESSES]->(t:Theme)
WITH r, w, count(t) AS themes
OPTIONAL MATCH (w)<-[l:LISTED_IN]-(:Project)
WITH r, w, themes, sum(CASE WHEN l.standing = 'new' THEN 1 ELSE 0 END) AS new,
     sum(CASE WHEN l.standing = 'continued' THEN 1 ELSE 0 END) AS continued,
     sum(CASE WHEN l.standing = 'ended' THEN 1 ELSE 0 END) AS ended
RETURN r.id AS region_id, r.name AS region, w.year AS year, w.id AS plan_id, w.name AS plan, w.status AS status, themes, new, continued, ended
ORDER BY region, region_id, year, plan, plan_id
LIMIT $limit

// name: plans_over_a_region
// title: Which plans cover a region or what it lies in?
// params: region: str, limit: int = 1000
// returns: plan_id, plan, year, status, covered_id, covered, covered_kind
// best: table; map(region=covered_id)
// One row per plan and region that it covers: the region itself, or one that it is a part of, at any depth, up to the
// country; latest year first. Plans of regions within it have no row.
MATCH (:Region {id: $region})-[:PART_OF*0..]->(r:Region)
WITH DISTINCT r
MATCH (r)<-[:COVERS]-(w:Plan)
RETURN w.id AS plan_id, w.name AS plan, w.year AS year, w.status AS status, r.id AS covered_id, r.name AS covered, r.kind AS covered_kind
ORDER BY year DESC, plan, plan_id, covered, covered_id
LIMIT $limit

// name: most_carrying
// title: Who carries most in plans?
// params: limit: int = 20
// returns: organisation_id, organisation, region_id, region, items, themes, projects, plans
// best: bar(label=organisation, value=items); map(region=region_id, value=items)
// One row per organisation that carries a theme or a project, most of both first, each counted once in however many plans;
// with the number of plans that say so.
MATCH (o:Organisation)-[c:CARRIES]->(i)
WITH o, count(DISTINCT CASE WHEN i:Theme THEN i.id END) AS themes, count(DISTINCT CASE WHEN i:Project THEN i.id END) AS projects,
     count(DISTINCT c.plan) AS plans
OPTIONAL MATCH (o)-[:LOCATED_IN]->(r:Region)
RETURN o.id AS organisation_id, o.name AS organisation, r.id AS region_id, r.name AS region, themes + projects AS items, themes,
       projects, plans
ORDER BY items DESC, themes DESC, organisation, organisation_id
LIMIT $limit

// name: criteria_of_plans
// title: By which criteria do plans judge, and how high are the points?
// params: limit: int = 100
// returns: criterion, plans, projects, scored, mean_percent
// best: bar(label=criterion, value=projects)
// One row per criterion, as plans word it: how many plans judge by it, how many projects, how often points are on record,
// and the mean share of the points that could be given, in percent. Plans that word a criterion differently have rows of
// their own.
MATCH (w:Plan)-[j:ASSESSED]->(p:Project)
WITH j.criterion AS criterion, count(DISTINCT w.id) AS plans, count(DISTINCT p.id) AS projects,
     sum(CASE WHEN j.score IS NOT NULL AND j.of > 0 THEN 1 ELSE 0 END) AS scored,
     avg(CASE WHEN j.of > 0 THEN 100.0 * j.score / j.of END) AS mean
RETURN criterion, plans, projects, scored, toInteger(round(mean)) AS mean_percent
ORDER BY projects DESC, plans DESC, criterion
LIMIT $limit

// name: regions_without_plan
// title: Which regions have no plan for a year?
// params: year: int = null, kinds: list[str] = ["labour-market region", "province"], limit: int = 1000
// with: year: Year, else the latest of any plan (1900 to 2200)
// returns: region_id, region, kind, year, latest_plan_id, latest_plan, latest_year
// best: table; map(region=region_id)
// One row per region of these kinds that no plan of the year covers, with its latest plan before that year; those without
// any last. A plan counts for its first year only, so one for several years may still run. A plan of what the region lies in
// does not count.
OPTIONAL MATCH (every:Plan)
WITH coalesce($year, max(every.year)) AS year
MATCH (r:Region)
WHERE r.kind IN $kinds AND year IS NOT NULL AND NOT EXISTS { MATCH (r)<-[:COVERS]-(w:Plan) WHERE w.year = year }
OPTIONAL MATCH (r)<-[:COVERS]-(e:Plan)
WHERE e.year < year
WITH year, r, e ORDER BY e.year DESC, e.name, e.id
WITH year, r, collect(e) AS earlier
WITH year, r, head(earlier) AS latest
RETURN r.id AS region_id, r.name AS region, r.kind AS kind, year, latest.id AS latest_plan_id, latest.name AS latest_plan,
       latest.year AS latest_year
ORDER BY latest_year IS NULL, latest_year DESC, region, region_id
LIMIT $limit
