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
// best: table; graph(start=project_id, end=theme_id, end_name=theme)
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

// name: project_partners
// title: Who takes part in a project?
// params: project: str, limit: int = 1000
// returns: organisation_id, organisation, kind, role, region_id, region, country, since, until, budget_eur
// best: table; map(region=region_id)
// One row per organisation and role in the project, with where it lies, from when until when it takes part as written, and its own
// share of the money. Where no date stands, the dates of the project are all that is known.
MATCH (p:Project {id: $project})<-[t:PARTICIPATES_IN]-(o:Organisation)
OPTIONAL MATCH (o)-[:LOCATED_IN]->(r:Region)
RETURN o.id AS organisation_id, o.name AS organisation, o.kind AS kind, t.role AS role, r.id AS region_id, r.name AS region, r.country AS country,
       t.since AS since, t.until AS until, t.budget_eur AS budget_eur
ORDER BY organisation, organisation_id, role IS NULL, role, t.since_from
LIMIT $limit

// name: running_projects
// title: Which projects run in a year?
// params: year: int = null, limit: int = 1000
// with: year: Year, or the last one in which a project began (1900 to 2200)
// returns: project_id, project, started, ended, end_known, status, partners, regions
// best: table; bar(label=project, value=partners)
// One row per project that began in or before the year and did not end before it; those with a known end come first, those without may
// have ended unnoticed. With the number of organisations in it and the regions that it runs in. Projects whose beginning is unknown
// are left out.
MATCH (any:Project)
WITH max(any.started_from) AS latest
WITH coalesce($year, latest.year) AS year
MATCH (p:Project)
WHERE p.started_from <= date({year: year, month: 12, day: 31}) AND (p.ended_to IS NULL OR p.ended_to >= date({year: year, month: 1, day: 1}))
OPTIONAL MATCH (p)<-[:PARTICIPATES_IN]-(o:Organisation)
WITH p, count(DISTINCT o.id) AS partners
OPTIONAL MATCH (p)-[:RUNS_IN]->(r:Region)
WITH p, partners, r.name AS region ORDER BY region
WITH p, partners, collect(region) AS regions
RETURN p.id AS project_id, p.name AS project, p.started AS started, p.ended AS ended, p.ended_to IS NOT NULL AS end_known, p.status AS status,
       partners, regions
ORDER BY end_known DESC, p.started_from DESC, project, project_id
LIMIT $limit

// name: projects_per_year
// title: How many projects run each year?
// params: limit: int = 1000
// returns: year, running, begun, ended
// best: line(along=year, value=running); line(along=year, value=begun); bar(label=year, value=running)
// One row per year in which a project ran, with how many ran in it, began in it and ended in it. A project whose end is unknown counts
// for the year in which it began only, so that late years are rather too low; one whose beginning is unknown is not counted.
MATCH (p:Project)
WHERE p.started_from IS NOT NULL
WITH p.started_from AS first, coalesce(p.ended_to, p.started_from) AS last, p.ended_to AS over
WITH first.year AS first, last.year AS last, over.year AS over
UNWIND range(first, last) AS year
RETURN year, count(*) AS running, count(CASE WHEN year = first THEN 1 END) AS begun, count(CASE WHEN year = over THEN 1 END) AS ended
ORDER BY year
LIMIT $limit

// name: themes_per_year
// title: About which themes did projects begin each year?
// params: limit: int = 1000
// returns: theme_id, theme, year, projects
// best: line(along=year, value=projects, series=theme); matrix(row=theme, column=year, cell=projects)
// One row per theme and year in which a project about it began, with the number of such projects. A project with several themes counts
// for each; one without a beginning is not counted. A theme within another counts for itself only.
MATCH (t:Theme)<-[:ADDRESSES]-(p:Project)
WHERE p.started_from IS NOT NULL
WITH t, p.started_from AS began
WITH t, began.year AS year, count(*) AS projects
RETURN t.id AS theme_id, t.name AS theme, year, projects
ORDER BY year, projects DESC, theme, theme_id
LIMIT $limit

// name: largest_projects
// title: Which projects have most partners?
// params: limit: int = 20
// returns: project_id, project, started, ended, partners, regions, countries, budget_eur
// best: bar(label=project, value=partners); bar(label=project, value=countries)
// One row per project, most organisations first, with how many regions and countries these lie in, as far as told, and the total
// amount where it is known.
MATCH (p:Project)<-[:PARTICIPATES_IN]-(o:Organisation)
WITH p, count(DISTINCT o) AS partners
ORDER BY partners DESC, p.name, p.id
LIMIT $limit
MATCH (p)<-[:PARTICIPATES_IN]-(o:Organisation)
OPTIONAL MATCH (o)-[:LOCATED_IN]->(r:Region)
WITH p, partners, count(DISTINCT r) AS regions, count(DISTINCT r.country) AS countries
RETURN p.id AS project_id, p.name AS project, p.started AS started, p.ended AS ended, partners, regions, countries, p.budget_eur AS budget_eur
ORDER BY partners DESC, project, project_id
LIMIT $limit

// name: same_approach
// title: Which projects apply the same approach?
// params: least: int = 2, limit: int = 1000
// with: least: Projects that apply it at least (1 to 1000)
// returns: approach_id, approach, projects, project_id, project, started, regions
// best: graph(start=approach_id, start_name=approach, end=project_id, end_name=project)
// One row per approach and project that applies it, for approaches that several projects apply, most projects first, with the regions
// that the project runs in. A project that applies an approach without saying so is missing here.
MATCH (a:Approach)<-[:APPLIES]-(p:Project)
WITH a, collect(DISTINCT p) AS found
WHERE size(found) >= $least
UNWIND found AS p
OPTIONAL MATCH (p)-[:RUNS_IN]->(r:Region)
WITH a, size(found) AS projects, p, r.name AS region ORDER BY region
WITH a, projects, p, collect(region) AS regions
RETURN a.id AS approach_id, a.name AS approach, projects, p.id AS project_id, p.name AS project, p.started AS started, regions
ORDER BY projects DESC, approach, approach_id, p.started_from IS NULL, p.started_from, project, project_id
LIMIT $limit

// name: region_projects
// title: Which projects does a region take part in?
// params: region: str, limit: int = 1000
// returns: project_id, project, started, ended, status, runs_here, organisations
// best: table
// One row per project that runs in the region or in anything within it, or that an organisation there takes part in, latest first,
// undated last; with the names of these organisations. Projects that run in the whole land above it are not told.
MATCH (:Region {id: $region})<-[:PART_OF*0..]-(place:Region)
OPTIONAL MATCH (place)<-[:LOCATED_IN]-(o:Organisation)
WITH collect(DISTINCT place) + collect(DISTINCT o) AS there
UNWIND there AS x
MATCH (x)-[w:RUNS_IN|PARTICIPATES_IN]-(p:Project)
WITH p, x.name AS name, type(w) AS how ORDER BY name
WITH p, count(CASE WHEN how = 'RUNS_IN' THEN 1 END) > 0 AS runs_here, collect(DISTINCT CASE WHEN how = 'PARTICIPATES_IN' THEN name END) AS organisations
RETURN p.id AS project_id, p.name AS project, p.started AS started, p.ended AS ended, p.status AS status, runs_here, organisations
ORDER BY p.started_from IS NULL, p.started_from DESC, project, project_id
LIMIT $limit

// name: projects_never_shown
// title: Which projects has no visit shown?
// params: limit: int = 1000
// returns: project_id, project, started, ended, partners, approach_visits
// best: table; bar(label=project, value=partners)
// One row per project that no visit was about, most partners first. Beside it the visits about an approach that it applies: these may
// have shown it without saying so. Visits whose subject nobody told are not counted.
MATCH (p:Project)
WHERE NOT EXISTS { (p)<-[:ABOUT]-(:Visit) }
OPTIONAL MATCH (p)<-[:PARTICIPATES_IN]-(o:Organisation)
WITH p, count(DISTINCT o) AS partners
ORDER BY partners DESC, p.name, p.id
LIMIT $limit
OPTIONAL MATCH (p)-[:APPLIES]->(:Approach)<-[:ABOUT]-(v:Visit)
WITH p, partners, count(DISTINCT v) AS approach_visits
RETURN p.id AS project_id, p.name AS project, p.started AS started, p.ended AS ended, partners, approach_visits
ORDER BY partners DESC, project, project_id
LIMIT $limit

// name: ending_projects
// title: Which projects end within a given time?
// params: day: date = null, months: int = 12, limit: int = 1000
// with: day: From this day on, or from today; months: For so many months (1 to 1200)
// returns: project_id, project, ended, sure, partners, regions
// best: table
// One row per project whose end, as written, may lie in that time, the earliest first, with the number of organisations in it and the
// regions that it runs in. It is sure where all of the end as written lies in it: "2025" from July 2025 on is not. Projects without a
// known end are left out.
WITH coalesce($day, date()) AS first
WITH first, first + duration({months: $months}) AS last
MATCH (p:Project)
WHERE p.ended_to >= first AND p.ended_from < last
OPTIONAL MATCH (p)<-[:PARTICIPATES_IN]-(o:Organisation)
WITH first, last, p, count(DISTINCT o) AS partners
OPTIONAL MATCH (p)-[:RUNS_IN]->(r:Region)
WITH first, last, p, partners, r.name AS region ORDER BY region
WITH first, last, p, partners, collect(region) AS regions
RETURN p.id AS project_id, p.name AS project, p.ended AS ended, p.ended_from >= first AND p.ended_to < last AS sure, partners, regions
ORDER BY p.ended_to, p.ended_from, project, project_id
LIMIT $limit

// name: similar_projects
// title: Which projects are most like a project?
// params: project: str, limit: int = 50
// returns: project_id, project, started, ended, approaches, themes, partners, shared
// best: table; bar(label=project, value=themes)
// One row per other project that applies an approach of this one or addresses a theme of it, with how many of both they have in common
// and which, and how many organisations take part in both. Most common approaches first, then themes. Being about the same does not
// say that they know of each other.
MATCH (p:Project {id: $project})-[:APPLIES|ADDRESSES]->(subject)
MATCH (subject)<-[:APPLIES|ADDRESSES]-(x:Project)
WHERE x.id <> $project
WITH DISTINCT p, x, subject ORDER BY subject.name, subject.id
WITH p, x, collect(subject.name) AS shared, count(CASE WHEN subject:Approach THEN 1 END) AS approaches, count(CASE WHEN subject:Theme THEN 1 END) AS themes
OPTIONAL MATCH (p)<-[:PARTICIPATES_IN]-(o:Organisation)-[:PARTICIPATES_IN]->(x)
WITH x, shared, approaches, themes, count(DISTINCT o) AS partners
RETURN x.id AS project_id, x.name AS project, x.started AS started, x.ended AS ended, approaches, themes, partners, shared
ORDER BY approaches DESC, themes DESC, partners DESC, project, project_id
LIMIT $limit

// name: projects_without_source
// title: Which projects does no source state?
// params: limit: int = 1000
// returns: project_id, project, started, data_sets, stated_ties
// best: table
// One row per project that names no source itself, with the data sets that it comes from, and how many of its ties (who takes part,
// where it runs, what it is about) name one: there the source of the project may be found.
MATCH (p:Project)
WHERE p.sources IS NULL OR size(p.sources) = 0
OPTIONAL MATCH (p)-[tie]-()
WITH p, count(CASE WHEN size(tie.sources) > 0 THEN 1 END) AS stated_ties
RETURN p.id AS project_id, p.name AS project, p.started AS started, coalesce(p.data_sets, []) AS data_sets, stated_ties
ORDER BY project, project_id
LIMIT $limit
