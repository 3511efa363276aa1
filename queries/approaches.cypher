// Ways of working: where they began, who took them up, which visits showed them.

// name: approaches
// title: Approaches
// params: limit: int = 100000
// returns: id, name, summary, started, started_from, started_to, origin_id, origin, themes
// best: table; map(region=origin_id)
// One row per approach, with the region it began in and the ids of its themes.
MATCH (a:Approach)
OPTIONAL MATCH (a)-[:ADDRESSES]->(t:Theme)
WITH a, t.id AS theme_id ORDER BY theme_id
WITH a, collect(theme_id) AS themes
OPTIONAL MATCH (a)-[:ORIGINATED_IN]->(r:Region)
RETURN a.id AS id, a.name AS name, a.summary AS summary, a.started AS started, a.started_from AS started_from,
       a.started_to AS started_to, r.id AS origin_id, r.name AS origin, themes
ORDER BY name, id
LIMIT $limit

// name: approaches_by_reach
// title: Approaches by the regions they reached
// params: taken_over: list[str] = TAKEN_OVER, interest: list[str] = INTEREST, ended: list[str] = ENDED, limit: int = 10
// returns: id, name, origin_id, origin, taken_over, interested, dropped, visits, first_on, last_on
// best: bar(label=name, value=taken_over); map(region=origin_id, value=taken_over)
// One row per approach, most regions first. Counted are regions: those other than where it began that took it over at least
// in part, those that showed interest and did not take it over, those that decided against it or stopped. Visits are those
// about it or about a project that applies it.
// The dates are those of the first and the last taking over, as written.
MATCH (a:Approach)
OPTIONAL MATCH (a)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WITH a, s, r ORDER BY s.on_from, s.on_to
WITH a,
     collect(DISTINCT CASE WHEN s.stage IN $taken_over THEN r.id END) AS takers,
     collect(DISTINCT CASE WHEN s.stage IN $interest THEN r.id END) AS interested,
     collect(DISTINCT CASE WHEN s.stage IN $ended THEN r.id END) AS leavers,
     collect(CASE WHEN s.stage IN $taken_over AND s.on_from IS NOT NULL THEN s.on END) AS dates
OPTIONAL MATCH (a)<-[:ABOUT]-(direct:Visit)
WITH a, takers, interested, leavers, dates, collect(DISTINCT direct.id) AS direct
OPTIONAL MATCH (a)<-[:APPLIES]-(:Project)<-[:ABOUT]-(v:Visit)
WITH a, takers, interested, leavers, dates, direct, collect(DISTINCT v.id) AS through
OPTIONAL MATCH (a)-[:ORIGINATED_IN]->(o:Region)
RETURN a.id AS id, a.name AS name, o.id AS origin_id, o.name AS origin,
       size([region IN takers WHERE o.id IS NULL OR region <> o.id]) AS taken_over,
       size([region IN interested WHERE NOT region IN takers]) AS interested, size(leavers) AS dropped,
       size(direct) + size([visit IN through WHERE NOT visit IN direct]) AS visits, dates[0] AS first_on, last(dates) AS last_on
ORDER BY taken_over DESC, interested DESC, visits DESC, name, id
LIMIT $limit

// name: adoption_steps
// title: Steps of taking up
// params: approach: str = null, limit: int = 100000
// returns: adoption_id, approach_id, approach, region_id, region, on, on_from, on_to, until, stage,
//    kept, changed, dropped, note, credited_to, sources
// best: table; matrix(row=region, column=approach, cell=stage); map(region=region_id)
// One row per step, of one approach or of all, in time order, undated last; with the ids of the visits and regions it is credited to.
MATCH (a:Approach)
WHERE $approach IS NULL OR a.id = $approach
MATCH (a)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
OPTIONAL MATCH (s)-[:CREDITED_TO]->(c)
WITH a, s, r, c.id AS credit ORDER BY credit
WITH a, s, r, collect(credit) AS credited_to
RETURN s.id AS adoption_id, a.id AS approach_id, a.name AS approach, r.id AS region_id, r.name AS region, s.on AS on,
       s.on_from AS on_from, s.on_to AS on_to, s.until AS until, s.stage AS stage, s.kept AS kept, s.changed AS changed,
       s.dropped AS dropped, s.note AS note, credited_to, coalesce(s.sources, []) AS sources
ORDER BY s.on_from IS NULL, on_from, on_to, approach, region, adoption_id
LIMIT $limit

// name: latest_steps
// title: What spread lately
// params: stages: list[str] = null, limit: int = 10
// returns: approach_id, approach, region_id, region, on, stage
// best: table; map(region=region_id)
// One row per dated step of taking up, latest first; of the given stages, or of all.
MATCH (s:Adoption)
WHERE s.on_from IS NOT NULL AND ($stages IS NULL OR s.stage IN $stages)
MATCH (s)-[:OF]->(a:Approach)
MATCH (s)<-[:TOOK_UP]-(r:Region)
RETURN a.id AS approach_id, a.name AS approach, r.id AS region_id, r.name AS region, s.on AS on, s.stage AS stage
ORDER BY s.on_from DESC, s.on_to DESC, approach, region, s.id
LIMIT $limit

// name: latest_takings
// title: Taken over lately
// params: stages: list[str] = ["partial", "full", "policy"], limit: int = 10
// returns: approach_id, approach, region_id, region, on, stage
// best: table; map(region=region_id)
// One row per region and approach from elsewhere that it took over at least in part, with its first dated step of that kind;
// latest first. Later steps of the same region are no new taking-over.
MATCH (r:Region)-[:TOOK_UP]->(s:Adoption)-[:OF]->(a:Approach)
WHERE s.stage IN $stages AND s.on_from IS NOT NULL AND NOT (a)-[:ORIGINATED_IN]->(r)
WITH a, r, s ORDER BY s.on_from, s.on_to, s.id
WITH a, r, collect(s)[0] AS first
RETURN a.id AS approach_id, a.name AS approach, r.id AS region_id, r.name AS region, first.on AS on, first.stage AS stage
ORDER BY first.on_from DESC, first.on_to DESC, approach, region
LIMIT $limit

// name: visits_about
// title: Visits about an approach
// params: approach: str, limit: int = 100000
// returns: visit_id, name, on, on_from, on_to, kind, hosts, subject_id, subject
// best: table
// One row per visit and what it showed: the approach itself, or a project that applies it. In time order, undated last; hosts are maps of id and name.
MATCH (a:Approach {id: $approach})
OPTIONAL MATCH (a)<-[:APPLIES]-(p:Project)
WITH a, collect(p) AS projects
UNWIND [a] + projects AS subject
MATCH (subject)<-[:ABOUT]-(v:Visit)
OPTIONAL MATCH (v)<-[:HOSTED]-(h)
WITH v, subject, h ORDER BY h.name, h.id
WITH v, subject, collect(CASE WHEN h.id IS NOT NULL THEN {id: h.id, name: h.name} END) AS hosts
RETURN v.id AS visit_id, v.name AS name, v.on AS on, v.on_from AS on_from, v.on_to AS on_to, v.kind AS kind, hosts,
       subject.id AS subject_id, subject.name AS subject
ORDER BY v.on_from IS NULL, on_from, on_to, name, visit_id, subject_id
LIMIT $limit

// name: approach_visits
// title: Visits by approach
// params: limit: int = 100000
// returns: visit_id, approach_id, kind, on_from, on_to
// best: table; graph(start=visit_id, end=approach_id)
// One row per visit and approach that it showed, itself or through a project that applies it.
MATCH (a:Approach)
OPTIONAL MATCH (a)<-[:APPLIES]-(p:Project)
WITH a, collect(p) AS projects
UNWIND [a] + projects AS subject
MATCH (subject)<-[:ABOUT]-(v:Visit)
WITH DISTINCT v, a
RETURN v.id AS visit_id, a.id AS approach_id, v.kind AS kind, v.on_from AS on_from, v.on_to AS on_to
ORDER BY v.on_from IS NULL, on_from, on_to, visit_id, approach_id
LIMIT $limit

// name: approach_elements
// title: Elements of approaches
// params: limit: int = 100000
// returns: approach_id, element_id, element
// best: table; graph(start=approach_id, end=element_id, end_name=element)
// One row per approach and element that it is made of.
MATCH (a:Approach)-[:HAS_ELEMENT]->(e:Element)
RETURN a.id AS approach_id, e.id AS element_id, e.name AS element
ORDER BY approach_id, element, element_id
LIMIT $limit

// name: element_fates
// title: What became of elements
// params: limit: int = 100000
// returns: adoption_id, element_id, fate, how
// best: table
// One row per step of taking up and element that it speaks of. Fate: "kept", "changed" or "dropped"; how, in words where told.
MATCH (s:Adoption)-[f:KEPT|CHANGED|DROPPED]->(e:Element)
RETURN s.id AS adoption_id, e.id AS element_id, toLower(type(f)) AS fate, f.how AS how
ORDER BY adoption_id, element_id, fate
LIMIT $limit
