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
// best: table; map(region=id)
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
// best: table; map(region=region_id)
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

// name: projects_without_dates
// title: Which projects lack a beginning or an end?
// params: limit: int = 1000
// returns: project_id, project, started, ended, status, partners
// One row per project of which nobody told when it began, or when it ended or is to end; those without a beginning first. With the
// number of organisations that could be asked. A project that runs on without an agreed end is here as well.
MATCH (p:Project)
WHERE p.started_from IS NULL OR p.ended_from IS NULL
OPTIONAL MATCH (p)<-[:PARTICIPATES_IN]-(o:Organisation)
WITH p, count(DISTINCT o) AS partners
RETURN p.id AS project_id, p.name AS project, p.started AS started, p.ended AS ended, p.status AS status, partners
ORDER BY p.started_from IS NOT NULL, p.ended_from IS NOT NULL, project, project_id
LIMIT $limit

// name: steps_without_date
// title: Which steps of taking up have no date?
// params: limit: int = 1000
// returns: adoption_id, region_id, region, approach_id, approach, stage, sources
// best: table; map(region=region_id)
// One row per step of taking up of which nobody told when it was taken, with the ids of the sources that state it, where it may be
// found. Whether a visit came before such a step cannot be said.
MATCH (s:Adoption)
WHERE s.on_from IS NULL
MATCH (s)-[:OF]->(a:Approach)
MATCH (s)<-[:TOOK_UP]-(r:Region)
RETURN s.id AS adoption_id, r.id AS region_id, r.name AS region, a.id AS approach_id, a.name AS approach, s.stage AS stage,
       coalesce(s.sources, []) AS sources
ORDER BY approach, region, adoption_id
LIMIT $limit

// name: regions_without_position
// title: Which regions have no place on the map?
// params: limit: int = 1000
// returns: region_id, region, kind, country, placed_within, organisations
// One row per region whose latitude or longitude is missing, with how many regions in it, at any depth, have both, and how many
// organisations are said to lie in it itself. Where regions in it have a place, maps show it in the middle of these; where none has,
// it is on no map, and stands first here.
MATCH (r:Region)
WHERE r.latitude IS NULL OR r.longitude IS NULL
OPTIONAL MATCH (r)<-[:PART_OF*1..]-(inner:Region)
WITH r, count(DISTINCT CASE WHEN inner.latitude IS NOT NULL AND inner.longitude IS NOT NULL THEN inner END) AS placed_within
OPTIONAL MATCH (r)<-[:LOCATED_IN]-(o:Organisation)
WITH r, placed_within, count(DISTINCT o) AS organisations
RETURN r.id AS region_id, r.name AS region, r.kind AS kind, r.country AS country, placed_within, organisations
ORDER BY placed_within > 0, organisations DESC, region, region_id
LIMIT $limit

// name: organisations_without_region
// title: Which organisations lie in no region?
// params: limit: int = 1000
// returns: organisation_id, organisation, kind, projects, visits
// One row per organisation of which nobody told where it lies, with its projects and visits, which therefore count for no region; most
// first.
MATCH (o:Organisation)
WHERE NOT EXISTS { (o)-[:LOCATED_IN]->(:Region) }
OPTIONAL MATCH (o)-[:PARTICIPATES_IN]->(p:Project)
WITH o, count(DISTINCT p) AS projects
OPTIONAL MATCH (o)-[:HOSTED|ATTENDED]->(v:Visit)
WITH o, projects, count(DISTINCT v) AS visits
RETURN o.id AS organisation_id, o.name AS organisation, o.kind AS kind, projects, visits
ORDER BY projects + visits DESC, organisation, organisation_id
LIMIT $limit

// name: incomplete_visits
// title: Which visits lack a host, guests or a subject?
// params: limit: int = 1000
// returns: visit_id, visit, on, kind, hosts, guests, subjects
// One row per visit of which nobody told who hosted it, who came, or which approach or project it was about, with how many of each are
// known; those that lack most first, then the latest. Of one that is still to come the guests may not be known yet.
MATCH (v:Visit)
OPTIONAL MATCH (v)<-[:HOSTED]-(h)
WITH v, count(DISTINCT h) AS hosts
OPTIONAL MATCH (v)<-[:ATTENDED]-(g)
WITH v, hosts, count(DISTINCT g) AS guests
OPTIONAL MATCH (v)-[:ABOUT]->(s)
WITH v, hosts, guests, count(DISTINCT s) AS subjects
WHERE hosts = 0 OR guests = 0 OR subjects = 0
WITH v, hosts, guests, subjects, size([number IN [hosts, guests, subjects] WHERE number = 0]) AS lacks
RETURN v.id AS visit_id, v.name AS visit, v.on AS on, v.kind AS kind, hosts, guests, subjects
ORDER BY lacks DESC, v.on_from IS NULL, v.on_from DESC, visit, visit_id
LIMIT $limit

// name: names_twice
// title: Which names are there more than once?
// params: internal: list[str] = INTERNAL_LABELS, limit: int = 1000
// returns: label, name, times, ids
// One row per name that several entries of one kind have, capitals and blanks around it aside, with their ids: one thing may have been
// written down twice. Regions count as alike only when they are of the same kind and country, visits only on the same date as written,
// plans only in the same year. Steps of taking up are left out.
MATCH (n)
WHERE n.name IS NOT NULL AND NOT n:Adoption
WITH labels(n)[0] AS label, toLower(trim(n.name)) AS alike, n.id AS id, n.name AS name,
     CASE WHEN n:Region THEN n.kind + ' ' + n.country WHEN n:Visit THEN coalesce(n.on, n.id) WHEN n:Plan THEN toString(n.year) ELSE '' END AS also
ORDER BY id
WITH label, alike, also, collect(id) AS ids, collect(name)[0] AS name, count(*) AS times
WHERE times > 1 AND NOT label IN $internal
RETURN label, name, times, ids
ORDER BY times DESC, label, name, ids[0]
LIMIT $limit

// name: contradictions
// title: Where do the data contradict themselves?
// params: limit: int = 1000
// returns: what, id, name, other_id, other, first_date, second_date
// One row per pair of statements that cannot both be true, with the two dates, as written, in the order in which they are named. Dates
// contradict each other only where all the days that they may mean do: "2019" and "2019-03-01" do not. What is wrong and contradicts
// nothing is not found.
CALL {
  MATCH (p:Project)
  WHERE p.ended_to < p.started_from
  RETURN 'a project began after its end' AS what, p AS one, null AS other, p.started AS first_date, p.ended AS second_date
  UNION ALL
  MATCH (o:Organisation)-[t:PARTICIPATES_IN]->(p:Project)
  WHERE t.until_to < t.since_from
  RETURN 'taking part began after its end' AS what, o AS one, p AS other, t.since AS first_date, t.until AS second_date
  UNION ALL
  MATCH (o:Organisation)-[t:PARTICIPATES_IN]->(p:Project)
  WHERE t.since_from > p.ended_to
  RETURN 'taking part began after the end of the project' AS what, o AS one, p AS other, t.since AS first_date, p.ended AS second_date
  UNION ALL
  MATCH (o:Organisation)-[t:PARTICIPATES_IN]->(p:Project)
  WHERE t.until_to < p.started_from
  RETURN 'the project began after the end of taking part' AS what, p AS one, o AS other, p.started AS first_date, t.until AS second_date
  UNION ALL
  MATCH (o:Organisation)-[m:MEMBER_OF]->(u:Organisation)
  WHERE m.until_to < m.since_from
  RETURN 'membership began after its end' AS what, o AS one, u AS other, m.since AS first_date, m.until AS second_date
  UNION ALL
  MATCH (s:Adoption)
  WHERE s.until_to < s.on_from
  RETURN 'a step was taken after its end' AS what, s AS one, null AS other, s.on AS first_date, s.until AS second_date
  UNION ALL
  MATCH (s:Adoption)-[:OF]->(a:Approach)
  WHERE a.started_from > s.on_to
  RETURN 'an approach began after it was taken up' AS what, a AS one, s AS other, a.started AS first_date, s.on AS second_date
  UNION ALL
  MATCH (s:Adoption)-[:CREDITED_TO]->(v:Visit)
  WHERE v.on_from > s.on_to
  RETURN 'a visit was after the step credited to it' AS what, v AS one, s AS other, v.on AS first_date, s.on AS second_date
  UNION ALL
  MATCH (v:Visit)<-[w:ATTENDED]-(b)
  WHERE v.on_from > w.outcome_on_to
  RETURN 'a visit was after its outcome was known' AS what, v AS one, b AS other, v.on AS first_date, w.outcome_on AS second_date
  UNION ALL
  MATCH (v:Visit)<-[:HOSTED]-(b)-[:ATTENDED]->(v)
  RETURN 'host and guest of a visit are the same' AS what, b AS one, v AS other, null AS first_date, null AS second_date
}
WITH DISTINCT what, one, other, first_date, second_date
RETURN what, one.id AS id, one.name AS name, other.id AS other_id, other.name AS other, first_date, second_date
ORDER BY what, name, id, other, other_id, first_date, second_date
LIMIT $limit

// name: untied
// title: What is tied to nothing?
// params: internal: list[str] = INTERNAL_LABELS, limit: int = 1000
// returns: label, id, name
// One row per entry without any tie to another: it is in no network and in no count but its own. Sources and data sets have no ties
// and are left out.
MATCH (n)
WHERE NOT (n)--()
WITH n, labels(n)[0] AS label
WHERE NOT label IN $internal AND NOT label IN ['Source', 'DataSet']
RETURN label, n.id AS id, n.name AS name
ORDER BY label, name, id
LIMIT $limit

// name: completeness
// title: How complete are the data?
// params: kind: str = null, limit: int = 1000
// with: kind: Kind of entry or tie, such as Visit or ATTENDED
// returns: kind, property, filled, entries, share
// best: bar(label=property, value=share); matrix(row=kind, column=property, cell=share)
// One row per kind of entry (such as Visit) or of tie (such as ATTENDED) that the graph has, and property, with how many of them have
// it filled in and which share that is, in percent; of one kind, or of all. Names and ids are always there and left out. Some
// properties are empty because there is nothing to tell.
CALL {
  MATCH (n:Source)
  WITH count(*) AS entries, count(n.publisher) AS publisher_filled, count(n.published) AS published_filled, count(n.url) AS url_filled
  UNWIND [{property: 'publisher', filled: publisher_filled}, {property: 'published', filled: published_filled},
          {property: 'url', filled: url_filled}] AS item
  RETURN 'Source' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (n:Region)
  WITH count(*) AS entries, count(n.kind) AS kind_filled, count(n.country) AS country_filled, count(n.nuts) AS nuts_filled,
       count(n.latitude) AS latitude_filled, count(n.longitude) AS longitude_filled, count(n.population) AS population_filled,
       count(CASE WHEN size(n.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'kind', filled: kind_filled}, {property: 'country', filled: country_filled}, {property: 'nuts', filled: nuts_filled},
          {property: 'latitude', filled: latitude_filled}, {property: 'longitude', filled: longitude_filled},
          {property: 'population', filled: population_filled}, {property: 'sources', filled: sources_filled}] AS item
  RETURN 'Region' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (n:Organisation)
  WITH count(*) AS entries, count(n.kind) AS kind_filled, count(n.sector) AS sector_filled, count(n.website) AS website_filled,
       count(n.contact) AS contact_filled, count(n.aliases) AS aliases_filled,
       count(CASE WHEN size(n.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'kind', filled: kind_filled}, {property: 'sector', filled: sector_filled},
          {property: 'website', filled: website_filled}, {property: 'contact', filled: contact_filled},
          {property: 'aliases', filled: aliases_filled}, {property: 'sources', filled: sources_filled}] AS item
  RETURN 'Organisation' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (n:Theme)
  WITH count(*) AS entries, count(n.kind) AS kind_filled, count(CASE WHEN size(n.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'kind', filled: kind_filled}, {property: 'sources', filled: sources_filled}] AS item
  RETURN 'Theme' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (n:Element)
  WITH count(*) AS entries, count(CASE WHEN size(n.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'sources', filled: sources_filled}] AS item
  RETURN 'Element' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (n:Approach)
  WITH count(*) AS entries, count(n.summary) AS summary_filled, count(n.started) AS started_filled, count(n.results) AS results_filled,
       count(CASE WHEN size(n.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'summary', filled: summary_filled}, {property: 'started', filled: started_filled},
          {property: 'results', filled: results_filled}, {property: 'sources', filled: sources_filled}] AS item
  RETURN 'Approach' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (n:Project)
  WITH count(*) AS entries, count(n.started) AS started_filled, count(n.ended) AS ended_filled, count(n.status) AS status_filled,
       count(n.budget_eur) AS budget_eur_filled, count(n.website) AS website_filled, count(n.summary) AS summary_filled,
       count(n.results) AS results_filled, count(CASE WHEN size(n.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'started', filled: started_filled}, {property: 'ended', filled: ended_filled},
          {property: 'status', filled: status_filled}, {property: 'budget_eur', filled: budget_eur_filled},
          {property: 'website', filled: website_filled}, {property: 'summary', filled: summary_filled},
          {property: 'results', filled: results_filled}, {property: 'sources', filled: sources_filled}] AS item
  RETURN 'Project' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (n:Plan)
  WITH count(*) AS entries, count(n.year) AS year_filled, count(n.status) AS status_filled,
       count(CASE WHEN size(n.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'year', filled: year_filled}, {property: 'status', filled: status_filled},
          {property: 'sources', filled: sources_filled}] AS item
  RETURN 'Plan' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (n:Visit)
  WITH count(*) AS entries, count(n.on) AS on_filled, count(n.kind) AS kind_filled, count(n.format) AS format_filled,
       count(CASE WHEN size(n.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'on', filled: on_filled}, {property: 'kind', filled: kind_filled}, {property: 'format', filled: format_filled},
          {property: 'sources', filled: sources_filled}] AS item
  RETURN 'Visit' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (n:Adoption)
  WITH count(*) AS entries, count(n.on) AS on_filled, count(n.until) AS until_filled, count(n.stage) AS stage_filled,
       count(n.kept) AS kept_filled, count(n.changed) AS changed_filled, count(n.dropped) AS dropped_filled,
       count(CASE WHEN size(n.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'on', filled: on_filled}, {property: 'until', filled: until_filled}, {property: 'stage', filled: stage_filled},
          {property: 'kept', filled: kept_filled}, {property: 'changed', filled: changed_filled},
          {property: 'dropped', filled: dropped_filled}, {property: 'sources', filled: sources_filled}] AS item
  RETURN 'Adoption' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (n:DataSet)
  WITH count(*) AS entries, count(n.kind) AS kind_filled, count(n.data_until) AS data_until_filled, count(n.licence) AS licence_filled
  UNWIND [{property: 'kind', filled: kind_filled}, {property: 'data_until', filled: data_until_filled},
          {property: 'licence', filled: licence_filled}] AS item
  RETURN 'DataSet' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (:Organisation)-[tie:MEMBER_OF]->()
  WITH count(*) AS entries, count(tie.role) AS role_filled, count(tie.since) AS since_filled, count(tie.until) AS until_filled,
       count(CASE WHEN size(tie.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'role', filled: role_filled}, {property: 'since', filled: since_filled}, {property: 'until', filled: until_filled},
          {property: 'sources', filled: sources_filled}] AS item
  RETURN 'MEMBER_OF' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (:Organisation)-[tie:PARTICIPATES_IN]->()
  WITH count(*) AS entries, count(tie.role) AS role_filled, count(tie.since) AS since_filled, count(tie.until) AS until_filled,
       count(tie.budget_eur) AS budget_eur_filled, count(CASE WHEN size(tie.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'role', filled: role_filled}, {property: 'since', filled: since_filled}, {property: 'until', filled: until_filled},
          {property: 'budget_eur', filled: budget_eur_filled}, {property: 'sources', filled: sources_filled}] AS item
  RETURN 'PARTICIPATES_IN' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (:Approach)-[tie:ORIGINATED_IN]->()
  WITH count(*) AS entries, count(tie.on) AS on_filled, count(CASE WHEN size(tie.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'on', filled: on_filled}, {property: 'sources', filled: sources_filled}] AS item
  RETURN 'ORIGINATED_IN' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (:Project)-[tie:LISTED_IN]->()
  WITH count(*) AS entries, count(tie.standing) AS standing_filled, count(CASE WHEN size(tie.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'standing', filled: standing_filled}, {property: 'sources', filled: sources_filled}] AS item
  RETURN 'LISTED_IN' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (:Organisation)-[tie:CARRIES]->()
  WITH count(*) AS entries, count(tie.plan) AS plan_filled, count(CASE WHEN size(tie.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'plan', filled: plan_filled}, {property: 'sources', filled: sources_filled}] AS item
  RETURN 'CARRIES' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (:Plan)-[tie:ASSESSED]->()
  WITH count(*) AS entries, count(tie.criterion) AS criterion_filled, count(tie.score) AS score_filled, count(tie.of) AS of_filled,
       count(tie.on) AS on_filled, count(CASE WHEN size(tie.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'criterion', filled: criterion_filled}, {property: 'score', filled: score_filled},
          {property: 'of', filled: of_filled}, {property: 'on', filled: on_filled}, {property: 'sources', filled: sources_filled}] AS item
  RETURN 'ASSESSED' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (:Visit)<-[tie:ATTENDED]-()
  WITH count(*) AS entries, count(tie.delegates) AS delegates_filled, count(tie.outcome) AS outcome_filled,
       count(tie.outcome_on) AS outcome_on_filled, count(CASE WHEN size(tie.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'delegates', filled: delegates_filled}, {property: 'outcome', filled: outcome_filled},
          {property: 'outcome_on', filled: outcome_on_filled}, {property: 'sources', filled: sources_filled}] AS item
  RETURN 'ATTENDED' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (:Adoption)-[tie:KEPT]->()
  WITH count(*) AS entries, count(tie.how) AS how_filled, count(CASE WHEN size(tie.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'how', filled: how_filled}, {property: 'sources', filled: sources_filled}] AS item
  RETURN 'KEPT' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (:Adoption)-[tie:CHANGED]->()
  WITH count(*) AS entries, count(tie.how) AS how_filled, count(CASE WHEN size(tie.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'how', filled: how_filled}, {property: 'sources', filled: sources_filled}] AS item
  RETURN 'CHANGED' AS kind, item.property AS property, item.filled AS filled, entries
  UNION ALL
  MATCH (:Adoption)-[tie:DROPPED]->()
  WITH count(*) AS entries, count(tie.how) AS how_filled, count(CASE WHEN size(tie.sources) > 0 THEN 1 END) AS sources_filled
  UNWIND [{property: 'how', filled: how_filled}, {property: 'sources', filled: sources_filled}] AS item
  RETURN 'DROPPED' AS kind, item.property AS property, item.filled AS filled, entries
}
WITH kind, property, filled, entries
WHERE entries > 0 AND ($kind IS NULL OR kind = $kind)
RETURN kind, property, filled, entries, toInteger(round(100.0 * filled / entries)) AS share
ORDER BY kind, share, property
LIMIT $limit
