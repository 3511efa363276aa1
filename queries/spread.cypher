// How approaches spread: how far, how fast, along which stated ways, and where they came to a halt.
// Taken over means by a region other than where the approach began; a country may be one such region.

// name: approaches_quickly_in_several_regions
// title: Which approaches reached several regions soon after their first visit?
// params: least: int = 3, years: int = 2, taken_over: list[str] = TAKEN_OVER, limit: int = 100
// with: least: Regions at least (1 to 1000); years: Years after the first visit (1 to 50)
// returns: approach_id, approach, visit_id, visit, visit_on, regions, at_most
// best: bar(label=approach, value=regions)
// One row per approach that so many regions took over, at least in part, within so many years of the first dated visit about
// it or about a project that applies it; most regions first. Regions counts those for which the dates leave no doubt; at
// most adds those for which a date of a year or a month could mean so. Regions that took it over before that visit are not
// counted. Nothing here tells that they took it over because of the visit.
MATCH (a:Approach)
OPTIONAL MATCH (a)<-[:APPLIES]-(p:Project)
WITH a, collect(p) AS projects
UNWIND [a] + projects AS subject
MATCH (subject)<-[:ABOUT]-(v:Visit)
WHERE v.on_from IS NOT NULL
WITH a, v ORDER BY v.on_from, v.on_to, v.id
WITH a, collect(v)[0] AS visit, min(v.on_from) AS visit_from, min(v.on_to) AS visit_to
MATCH (a)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WHERE s.stage IN $taken_over AND s.on_from IS NOT NULL AND NOT (a)-[:ORIGINATED_IN]->(r)
WITH a, visit, visit_from, visit_to, r, min(s.on_from) AS taken_from, min(s.on_to) AS taken_to
WITH a, visit,
     sum(CASE WHEN taken_from > visit_to AND taken_to <= visit_from + duration({years: $years}) THEN 1 ELSE 0 END) AS regions,
     sum(CASE WHEN taken_to > visit_from AND taken_from <= visit_to + duration({years: $years}) THEN 1 ELSE 0 END) AS at_most
WHERE regions >= $least
RETURN a.id AS approach_id, a.name AS approach, visit.id AS visit_id, visit.name AS visit, visit.on AS visit_on, regions, at_most
ORDER BY regions DESC, at_most DESC, approach, approach_id
LIMIT $limit

// name: approaches_by_countries
// title: Which approaches reached most countries?
// params: taken_over: list[str] = TAKEN_OVER, limit: int = 20
// returns: approach_id, approach, origin_id, origin, countries, country_codes, regions, regions_abroad
// best: bar(label=approach, value=countries)
// One row per approach that a region took over at least in part, most countries first. Countries are those of the regions
// that took it over, the country where it began among them only if another region there did. Regions abroad lie in another
// country than the one where it began; empty where nobody stated where that was.
MATCH (a:Approach)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WHERE s.stage IN $taken_over AND NOT (a)-[:ORIGINATED_IN]->(r)
WITH DISTINCT a, r
WITH a, r ORDER BY r.country
WITH a, collect(DISTINCT r.country) AS country_codes, collect(r.country) AS homes
OPTIONAL MATCH (a)-[:ORIGINATED_IN]->(o:Region)
RETURN a.id AS approach_id, a.name AS approach, o.id AS origin_id, o.name AS origin, size(country_codes) AS countries, country_codes,
       size(homes) AS regions,
       CASE WHEN o.country IS NOT NULL THEN size([home IN homes WHERE home <> o.country]) END AS regions_abroad
ORDER BY countries DESC, regions DESC, approach, approach_id
LIMIT $limit

// name: approaches_by_distance
// title: Which approaches travelled farthest?
// params: taken_over: list[str] = TAKEN_OVER, limit: int = 20
// returns: approach_id, approach, origin_id, origin, farthest_id, farthest, km, regions
// best: map(region=origin_id, to=farthest_id, value=km); bar(label=approach, value=km)
// One row per approach with the farthest region that took it over at least in part, in kilometres as the crow flies from the
// centre of the region where it began; farthest first. Counted are regions whose position is known. Where nobody stated
// where an approach began, or that region has no position, there is no row.
MATCH (a:Approach)-[:ORIGINATED_IN]->(o:Region)
WHERE o.latitude IS NOT NULL AND o.longitude IS NOT NULL
MATCH (a)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WHERE s.stage IN $taken_over AND r.id <> o.id AND r.latitude IS NOT NULL AND r.longitude IS NOT NULL
WITH DISTINCT a, o, r
WITH a, o, r, radians(o.latitude) AS lat, radians(r.latitude) AS lat_there, radians(r.longitude - o.longitude) AS turn
WITH a, o, r, sin((lat_there - lat) / 2) ^ 2 + cos(lat) * cos(lat_there) * sin(turn / 2) ^ 2 AS half
WITH a, o, r, toInteger(round(2 * 6371 * asin(sqrt(half)))) AS km ORDER BY km DESC, r.name, r.id
WITH a, o, collect(r)[0] AS farthest, max(km) AS km, count(*) AS regions
RETURN a.id AS approach_id, a.name AS approach, o.id AS origin_id, o.name AS origin, farthest.id AS farthest_id,
       farthest.name AS farthest, km, regions
ORDER BY km DESC, approach, approach_id
LIMIT $limit

// name: approaches_by_speed
// title: Which approaches spread fastest?
// params: least: int = 3, taken_over: list[str] = TAKEN_OVER, limit: int = 20
// with: least: From the first region to which one (2 to 1000)
// returns: approach_id, approach, first_on, reached_on, least_days, most_days, regions
// best: bar(label=approach, value=most_days)
// One row per approach that so many regions took over at a known time, at least in part; the fastest first. The days are
// those from the first region to the one that made up the number, at least and at most: a date of a year or a month leaves
// room. Regions are all that took it over at a known time. How long the first region took after the approach began is not
// counted.
MATCH (a:Approach)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WHERE s.stage IN $taken_over AND s.on_from IS NOT NULL AND NOT (a)-[:ORIGINATED_IN]->(r)
WITH a, r.id AS region, min(s.on) AS told, min(s.on_from) AS start, min(s.on_to) AS final
WITH a, told, start, final ORDER BY told
WITH a, collect(told) AS days, collect(start) AS starts, collect(final) AS unordered
WHERE size(days) >= $least
UNWIND unordered AS final
WITH a, days, starts, final ORDER BY final
WITH a, days, starts, collect(final) AS ends
WITH a, days, size(days) AS regions, duration.inDays(ends[0], starts[$least - 1]).days AS least_days,
     duration.inDays(starts[0], ends[$least - 1]).days AS most_days
RETURN a.id AS approach_id, a.name AS approach, days[0] AS first_on, days[$least - 1] AS reached_on,
       CASE WHEN least_days < 0 THEN 0 ELSE least_days END AS least_days, most_days, regions
ORDER BY most_days, least_days, approach, approach_id
LIMIT $limit

// name: takings_by_year
// title: How much was taken over each year?
// params: theme: str = null, taken_over: list[str] = TAKEN_OVER, limit: int = 1000
// returns: year, takings, regions, approaches
// best: line(along=year, value=takings)
// One row per year, from the first taking-over to the last; years without any have 0. Counted is the first dated step by
// which a region took an approach over at least in part; with a theme, only approaches that address it or a part of it. Few
// in the last years may mean only that they are not on record yet.
MATCH (a:Approach)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WHERE s.stage IN $taken_over AND s.on_from IS NOT NULL AND NOT (a)-[:ORIGINATED_IN]->(r)
  AND ($theme IS NULL OR EXISTS { (a)-[:ADDRESSES]->(:Theme)-[:PART_OF*0..]->(:Theme {id: $theme}) })
WITH a.id AS approach, r.id AS region, min(s.on_from) AS day
WITH day.year AS year, count(*) AS takings, count(DISTINCT region) AS regions, count(DISTINCT approach) AS approaches
WITH collect({year: year, takings: takings, regions: regions, approaches: approaches}) AS told, min(year) AS first, max(year) AS last
WHERE first IS NOT NULL
UNWIND range(first, last) AS year
WITH year, [item IN told WHERE item.year = year][0] AS found
RETURN year, coalesce(found.takings, 0) AS takings, coalesce(found.regions, 0) AS regions, coalesce(found.approaches, 0) AS approaches
ORDER BY year
LIMIT $limit

// name: curves_of_approaches
// title: How did each approach spread over the years?
// params: approach: str = null, least: int = 5, taken_over: list[str] = TAKEN_OVER, limit: int = 100000
// with: least: Regions at least, where no approach is given (1 to 1000)
// returns: approach_id, approach, year, new, so_far
// best: line(along=year, value=so_far, series=approach)
// One row per approach and year in which a region took it over for the first time, at least in part: the regions new in that
// year and all up to it. One approach, or all that so many regions took over. Steps without a date are in no year, and
// regions that stopped later stay counted.
MATCH (a:Approach)
WHERE $approach IS NULL OR a.id = $approach
MATCH (a)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WHERE s.stage IN $taken_over AND s.on_from IS NOT NULL AND NOT (a)-[:ORIGINATED_IN]->(r)
WITH a, r.id AS region, min(s.on_from) AS day
WITH a, day.year AS year, count(*) AS new
WITH a, collect({year: year, new: new}) AS told, sum(new) AS regions
WHERE a.id = $approach OR regions >= $least
UNWIND told AS item
RETURN a.id AS approach_id, a.name AS approach, item.year AS year, item.new AS new,
       reduce(sum = 0, other IN told | CASE WHEN other.year <= item.year THEN sum + other.new ELSE sum END) AS so_far
ORDER BY approach, approach_id, year
LIMIT $limit

// name: where_approaches_stand
// title: Which region stands where with which approach?
// params: theme: str = null, region: str = null, approach: str = null, taken_over: list[str] = TAKEN_OVER,
//    interest: list[str] = INTEREST, ended: list[str] = ENDED, limit: int = 100000
// returns: region_id, region, approach_id, approach, stage, on, steps
// best: matrix(row=region, column=approach, cell=stage)
// One row per region and approach from elsewhere that it took a step with: the stage of its last step, when that was, and
// how many steps are on record. Steps without a date count as the last; where dates do not tell, the higher stage does. With
// a theme, only approaches that address it or a part of it. No row means that no step is on record, not that nothing
// happened.
MATCH (a:Approach)
WHERE ($approach IS NULL OR a.id = $approach)
  AND ($theme IS NULL OR EXISTS { (a)-[:ADDRESSES]->(:Theme)-[:PART_OF*0..]->(:Theme {id: $theme}) })
OPTIONAL MATCH (a)-[:ORIGINATED_IN]->(o:Region)
WITH a, o.id AS origin
MATCH (a)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WHERE ($region IS NULL OR r.id = $region) AND (origin IS NULL OR r.id <> origin)
WITH a, r, collect(s) AS taken, $interest + $taken_over + $ended AS ladder
CALL (taken, ladder) {
  UNWIND taken AS s
  WITH s, s.stage AS stage, ladder
  WITH s, size([step IN range(0, size(ladder) - 1) WHERE stage IN ladder[step..]]) AS height
  ORDER BY s.on_from IS NULL DESC, s.on_from DESC, s.on_to DESC, height DESC, s.id DESC
  LIMIT 1
  RETURN s AS latest
}
RETURN r.id AS region_id, r.name AS region, a.id AS approach_id, a.name AS approach, latest.stage AS stage, latest.on AS on,
       size(taken) AS steps
ORDER BY region, region_id, approach, approach_id
LIMIT $limit

// name: stopped
// title: What was stopped, and where?
// params: approach: str = null, region: str = null, ended: list[str] = ENDED, limit: int = 1000
// returns: approach_id, approach, region_id, region, on, before, before_on, resumed_on, note
// best: table; map(region=region_id)
// One row per step by which a region decided against an approach or stopped it, latest first, undated last; where an
// approach began, too. Before is its last step that the dates surely place earlier, with its stage; resumed, the first that
// they surely place later. Where neither is told, none is on record or the dates do not tell.
MATCH (a:Approach)
WHERE $approach IS NULL OR a.id = $approach
MATCH (a)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WHERE s.stage IN $ended AND ($region IS NULL OR r.id = $region)
OPTIONAL MATCH (r)-[:TOOK_UP]->(other:Adoption)-[:OF]->(a)
WHERE NOT other.stage IN $ended
WITH a, r, s, other ORDER BY other.on_from, other.on_to, other.id
WITH a, r, s, collect(CASE WHEN other.on_to < s.on_from THEN other END) AS earlier,
     collect(CASE WHEN other.on_from > s.on_to THEN other END) AS later
WITH a, r, s, last(earlier) AS previous, head(later) AS next
RETURN a.id AS approach_id, a.name AS approach, r.id AS region_id, r.name AS region, s.on AS on, previous.stage AS before,
       previous.on AS before_on, next.on AS resumed_on, s.note AS note
ORDER BY s.on_from IS NULL, s.on_from DESC, s.on_to DESC, approach, region, s.id
LIMIT $limit

// name: interest_without_sequel
// title: Which regions showed interest, and then nothing for years?
// params: years: int = 2, until: date = null, approach: str = null, taken_over: list[str] = TAKEN_OVER, ended: list[str] = ENDED,
//    limit: int = 1000
// with: years: Years without a step (1 to 50); until: Looked at on this day
// returns: approach_id, approach, region_id, region, stage, on, days
// best: table; map(region=region_id, value=days)
// One row per region and approach from elsewhere in which it showed interest, where it neither took it over nor stopped and
// no step is on record for so many years; the longest silence first. Days are those surely gone by since its last step.
// Looked at is the day given, else the first day up to which a data set says that it looked for steps, else the day of the
// latest step. Where a step has no date, it may have come since, and there is no row. Silence on record is not silence in
// the region.
OPTIONAL MATCH (d:DataSet)
WITH min(d.data_until_to) AS looked
OPTIONAL MATCH (step:Adoption)
WITH looked, max(step.on_to) AS latest
WITH coalesce($until, looked, latest) AS day
MATCH (a:Approach)
WHERE $approach IS NULL OR a.id = $approach
MATCH (a)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WHERE NOT (a)-[:ORIGINATED_IN]->(r)
WITH day, a, r, collect(s) AS steps, max(s.on_to) AS last_to,
     sum(CASE WHEN s.stage IN $taken_over OR s.stage IN $ended OR s.on_from IS NULL THEN 1 ELSE 0 END) AS others
WHERE others = 0 AND last_to + duration({years: $years}) <= day
UNWIND steps AS s
WITH day, a, r, last_to, s ORDER BY s.on_from, s.on_to, s.id
WITH day, a, r, last_to, last(collect(s)) AS latest
RETURN a.id AS approach_id, a.name AS approach, r.id AS region_id, r.name AS region, latest.stage AS stage, latest.on AS on,
       duration.inDays(last_to, day).days AS days
ORDER BY days DESC, approach, region, approach_id, region_id
LIMIT $limit

// name: approaches_that_stood_still
// title: Which approaches have stood still for years?
// params: years: int = 2, until: date = null, taken_over: list[str] = TAKEN_OVER, limit: int = 100
// with: years: Years without a step (1 to 50); until: Looked at on this day
// returns: approach_id, approach, last_on, days, regions
// best: bar(label=approach, value=days)
// One row per approach of which no region took a step for so many years; the longest silence first. Days are those surely
// gone by since the last step, of whatever stage; regions, those from elsewhere that ever took it over at least in part.
// Looked at is the day given, else the first day up to which a data set says that it looked for steps, else the day of the
// latest step. An approach with a step without a date, or with none at all, has no row.
OPTIONAL MATCH (d:DataSet)
WITH min(d.data_until_to) AS looked
OPTIONAL MATCH (step:Adoption)
WITH looked, max(step.on_to) AS latest
WITH coalesce($until, looked, latest) AS day
MATCH (a:Approach)<-[:OF]-(s:Adoption)
WITH day, a, max(s.on_to) AS last_to, sum(CASE WHEN s.on_from IS NULL THEN 1 ELSE 0 END) AS undated
WHERE undated = 0 AND last_to + duration({years: $years}) <= day
OPTIONAL MATCH (a)-[:ORIGINATED_IN]->(o:Region)
MATCH (a)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WITH day, a, last_to, max(s.on) AS last_on,
     count(DISTINCT CASE WHEN s.stage IN $taken_over AND (o IS NULL OR r.id <> o.id) THEN r.id END) AS regions
RETURN a.id AS approach_id, a.name AS approach, last_on, duration.inDays(last_to, day).days AS days, regions
ORDER BY days DESC, regions DESC, approach, approach_id
LIMIT $limit

// name: regions_that_took_over
// title: Which regions took over several approaches?
// params: least: int = 2, taken_over: list[str] = TAKEN_OVER, limit: int = 100
// with: least: Approaches at least (1 to 1000)
// returns: region_id, region, kind, approaches, first_on, last_on
// best: bar(label=region, value=approaches); map(region=region_id, value=approaches)
// One row per region that took over so many approaches from elsewhere, at least in part; most first, with the first and the
// last time it did so, as written. Steps without a date count, and tell no time. What a region within it took over is not
// counted.
MATCH (r:Region)-[:TOOK_UP]->(s:Adoption)-[:OF]->(a:Approach)
WHERE s.stage IN $taken_over AND NOT (a)-[:ORIGINATED_IN]->(r)
WITH r, a.id AS approach, min(s.on) AS told
WITH r, count(*) AS approaches, min(told) AS first_on, max(told) AS last_on
WHERE approaches >= $least
RETURN r.id AS region_id, r.name AS region, r.kind AS kind, approaches, first_on, last_on
ORDER BY approaches DESC, region, region_id
LIMIT $limit

// name: stated_ways
// title: From which region to which did approaches go, as someone states?
// params: approach: str = null, taken_over: list[str] = TAKEN_OVER, limit: int = 1000
// returns: from_region_id, from_region, to_region_id, to_region, approaches, taken
// best: graph(start=from_region_id, end=to_region_id, start_name=from_region, end_name=to_region, weight=approaches);
//    map(region=from_region_id, to=to_region_id, value=approaches)
// One row per pair of regions, most approaches first, with the approaches by name. The one took over at least in part, and a
// source credits that to the other: to the region itself, or to a visit that it or a body in it hosted. Credits are what
// someone states; most takings-over have none on record, and no credit does not mean no source.
MATCH (s:Adoption)-[:CREDITED_TO]->(c)
WHERE s.stage IN $taken_over
MATCH (s)-[:OF]->(a:Approach)
WHERE $approach IS NULL OR a.id = $approach
MATCH (s)<-[:TOOK_UP]-(r:Region)
OPTIONAL MATCH (c)<-[:HOSTED]-(h)
OPTIONAL MATCH (h)-[:LOCATED_IN]->(seat:Region)
WITH a, r, CASE WHEN c:Region THEN c ELSE coalesce(seat, h) END AS giver
WHERE giver:Region AND giver.id <> r.id AND NOT (a)-[:ORIGINATED_IN]->(r)
WITH DISTINCT giver, r, a
WITH giver, r, a ORDER BY a.name, a.id
WITH giver, r, collect({id: a.id, name: a.name}) AS taken
RETURN giver.id AS from_region_id, giver.name AS from_region, r.id AS to_region_id, r.name AS to_region,
       size(taken) AS approaches, taken
ORDER BY approaches DESC, from_region, to_region, from_region_id, to_region_id
LIMIT $limit

// name: most_credited
// title: Which regions are named most when others took something over?
// params: taken_over: list[str] = TAKEN_OVER, limit: int = 20
// returns: region_id, region, regions, approaches
// best: bar(label=region, value=regions); map(region=region_id, value=regions)
// One row per region that a source credits for a taking-over elsewhere, most regions first: the region itself, or a visit
// that it or a body in it hosted. Regions are those that took over, approaches what they took over. Counted is only what
// someone states.
MATCH (s:Adoption)-[:CREDITED_TO]->(c)
WHERE s.stage IN $taken_over
MATCH (s)-[:OF]->(a:Approach)
MATCH (s)<-[:TOOK_UP]-(r:Region)
OPTIONAL MATCH (c)<-[:HOSTED]-(h)
OPTIONAL MATCH (h)-[:LOCATED_IN]->(seat:Region)
WITH a, r, CASE WHEN c:Region THEN c ELSE coalesce(seat, h) END AS giver
WHERE giver:Region AND giver.id <> r.id AND NOT (a)-[:ORIGINATED_IN]->(r)
WITH giver, count(DISTINCT r.id) AS regions, count(DISTINCT a.id) AS approaches
RETURN giver.id AS region_id, giver.name AS region, regions, approaches
ORDER BY regions DESC, approaches DESC, region, region_id
LIMIT $limit

// name: credits_of_an_approach
// title: Whom do regions credit for an approach?
// params: approach: str, limit: int = 1000
// returns: region_id, region, stage, on, credited_id, credited, from_region_id, from_region
// best: graph(start=from_region_id, end=region_id, start_name=from_region, end_name=region);
//    map(region=from_region_id, to=region_id); table
// One row per step of taking up the approach, of whatever stage, and visit or region that a source credits it to, in time
// order, undated last; with the region behind the credit: itself, or that of each host of the visit (empty where no host is
// known).
MATCH (a:Approach {id: $approach})<-[:OF]-(s:Adoption)-[:CREDITED_TO]->(c)
MATCH (s)<-[:TOOK_UP]-(r:Region)
OPTIONAL MATCH (c)<-[:HOSTED]-(h)
OPTIONAL MATCH (h)-[:LOCATED_IN]->(seat:Region)
WITH s, r, c, CASE WHEN c:Region THEN c ELSE coalesce(seat, h) END AS giver
WITH DISTINCT s, r, c, CASE WHEN giver:Region THEN giver END AS giver
RETURN r.id AS region_id, r.name AS region, s.stage AS stage, s.on AS on, c.id AS credited_id, c.name AS credited,
       giver.id AS from_region_id, giver.name AS from_region
ORDER BY s.on_from IS NULL, s.on_from, s.on_to, region, s.id, credited, credited_id, from_region, from_region_id
LIMIT $limit

// name: elements_kept
// title: Which elements are kept, changed or left out most?
// params: approach: str = null, limit: int = 100
// returns: element_id, element, kept, changed, left_out, regions
// best: bar(label=element, value=regions)
// One row per element of an approach, or of all approaches, most spoken of first. Counted are regions in which a step of
// taking up says that it was kept, changed or left out; a region of which two are said counts in both, and once among the
// regions. Where nothing is said, the element may have been kept or not.
MATCH (a:Approach)-[:HAS_ELEMENT]->(e:Element)
WHERE $approach IS NULL OR a.id = $approach
WITH DISTINCT e
OPTIONAL MATCH (e)<-[f:KEPT|CHANGED|DROPPED]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WHERE $approach IS NULL OR EXISTS { (s)-[:OF]->(:Approach {id: $approach}) }
WITH e, r, type(f) AS fate
WITH e, count(DISTINCT CASE WHEN fate = 'KEPT' THEN r.id END) AS kept,
     count(DISTINCT CASE WHEN fate = 'CHANGED' THEN r.id END) AS changed,
     count(DISTINCT CASE WHEN fate = 'DROPPED' THEN r.id END) AS left_out,
     count(DISTINCT CASE WHEN fate IS NOT NULL THEN r.id END) AS regions
RETURN e.id AS element_id, e.name AS element, kept, changed, left_out, regions
ORDER BY regions DESC, kept DESC, changed DESC, element, element_id
LIMIT $limit

// name: elements_by_region
// title: What did each region keep, change or leave out of an approach?
// params: approach: str, limit: int = 1000
// returns: region_id, region, element_id, element, fate, how, on
// best: matrix(row=region, column=element, cell=fate)
// One row per region, element and step of taking up the approach that speaks of it, with the date of the step; latest last,
// undated at the end. Fate: "kept", "changed" or "dropped", which means left out; how, in words where told. Elements of
// which nothing is said have no row.
MATCH (a:Approach {id: $approach})<-[:OF]-(s:Adoption)-[f:KEPT|CHANGED|DROPPED]->(e:Element)
MATCH (s)<-[:TOOK_UP]-(r:Region)
RETURN r.id AS region_id, r.name AS region, e.id AS element_id, e.name AS element, toLower(type(f)) AS fate, f.how AS how, s.on AS on
ORDER BY region, region_id, element, element_id, s.on_from IS NULL, s.on_from, s.on_to, s.id, fate
LIMIT $limit

// name: approaches_taken_over_unseen
// title: Which approaches were taken over without a known visit?
// params: taken_over: list[str] = TAKEN_OVER, counted: list[str] = COUNTED_REGIONS, limit: int = 100
// returns: approach_id, approach, unseen, regions
// best: bar(label=approach, value=unseen)
// One row per approach that a region took over at least in part while no visit about it, or about a project that applies it,
// is known that counts for the region: neither its own attendance, nor one within it, nor one from above (the rule of
// region_attendance). Most such regions first, beside all that took it over. A visit at any time counts, also one
// afterwards. Visits may be missing from the records.
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
WHERE NOT (a)-[:ORIGINATED_IN]->(r)
WITH a, count(DISTINCT CASE WHEN NOT a.id IN seen THEN r.id END) AS unseen, count(DISTINCT r.id) AS regions
WHERE unseen > 0
RETURN a.id AS approach_id, a.name AS approach, unseen, regions
ORDER BY unseen DESC, regions DESC, approach, approach_id
LIMIT $limit

// name: cases_for_the_next_meeting
// title: Which approach could be shown at the next meeting?
// params: theme: str = null, years: int = 2, until: date = null, taken_over: list[str] = TAKEN_OVER, interest: list[str] = INTEREST,
//    ended: list[str] = ENDED, limit: int = 20
// with: years: Years that count as lately (1 to 50); until: Looked at on this day
// returns: approach_id, approach, origin_id, origin, interested, lately, taken_over, visits, last_visit_on
// best: bar(label=approach, value=interested)
// One row per approach that began in a known region or that a region took over, so that someone could show it. A ranking by
// facts and no advice: first those that most regions showed interest in and neither took over nor stopped; then those that
// most regions surely took over lately; then those with fewest visits so far. With a theme, only approaches that address it
// or a part of it. Lately ends on the day given, else on the first day up to which a data set says that it looked for steps,
// else on that of the latest step.
OPTIONAL MATCH (d:DataSet)
WITH min(d.data_until_to) AS looked
OPTIONAL MATCH (step:Adoption)
WITH looked, max(step.on_to) AS latest
WITH coalesce($until, looked, latest) AS day
MATCH (a:Approach)
WHERE $theme IS NULL OR EXISTS { (a)-[:ADDRESSES]->(:Theme)-[:PART_OF*0..]->(:Theme {id: $theme}) }
OPTIONAL MATCH (a)-[:ORIGINATED_IN]->(o:Region)
OPTIONAL MATCH (a)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WHERE o IS NULL OR r.id <> o.id
WITH day, a, o, r, min(CASE WHEN s.stage IN $taken_over THEN s.on_from END) AS taken_from,
     min(CASE WHEN s.stage IN $taken_over THEN s.on_to END) AS taken_to,
     sum(CASE WHEN s.stage IN $taken_over THEN 1 ELSE 0 END) AS takings,
     sum(CASE WHEN s.stage IN $interest THEN 1 ELSE 0 END) AS signs, sum(CASE WHEN s.stage IN $ended THEN 1 ELSE 0 END) AS stops
WITH a, o, sum(CASE WHEN signs > 0 AND takings = 0 AND stops = 0 THEN 1 ELSE 0 END) AS interested,
     sum(CASE WHEN taken_from > day - duration({years: $years}) AND taken_to <= day THEN 1 ELSE 0 END) AS lately,
     sum(CASE WHEN takings > 0 THEN 1 ELSE 0 END) AS taken_over
WHERE o IS NOT NULL OR taken_over > 0
OPTIONAL MATCH (a)<-[:APPLIES]-(p:Project)
WITH a, o, interested, lately, taken_over, collect(p) AS projects
UNWIND [a] + projects AS subject
OPTIONAL MATCH (subject)<-[:ABOUT]-(v:Visit)
WITH a, o, interested, lately, taken_over, count(DISTINCT v.id) AS visits, max(v.on) AS last_visit_on
RETURN a.id AS approach_id, a.name AS approach, o.id AS origin_id, o.name AS origin, interested, lately, taken_over, visits,
       last_visit_on
ORDER BY interested DESC, lately DESC, visits, taken_over DESC, approach, approach_id
LIMIT $limit

// name: who_could_show_an_approach
// title: Who could show an approach to others?
// params: approach: str, taken_over: list[str] = TAKEN_OVER, ended: list[str] = ENDED, limit: int = 1000
// returns: region_id, region, began_here, stage, on, hosted, last_hosted_on
// best: table; map(region=region_id, value=hosted)
// One row per region where the approach began or that took it over at least in part; with its last step of taking over, and
// the visits about the approach, or about a project that applies it, that the region or a body in it hosted so far. A region
// that surely stopped since has no row. Where it began first, then most visits.
MATCH (a:Approach {id: $approach})
CALL (a) {
  MATCH (a)-[:ORIGINATED_IN]->(r:Region)
  RETURN r, 1 AS began, NULL AS s, NULL AS v
  UNION ALL
  MATCH (a)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
  RETURN r, 0 AS began, s, NULL AS v
  UNION ALL
  OPTIONAL MATCH (a)<-[:APPLIES]-(p:Project)
  WITH a, collect(p) AS projects
  UNWIND [a] + projects AS subject
  MATCH (subject)<-[:ABOUT]-(v:Visit)<-[:HOSTED]-(h)
  OPTIONAL MATCH (h)-[:LOCATED_IN]->(seat:Region)
  WITH coalesce(seat, h) AS r, v
  WHERE r:Region
  RETURN r, 0 AS began, NULL AS s, v
}
WITH r, began, s, v, size([step IN range(0, size($taken_over) - 1) WHERE s.stage IN $taken_over[step..]]) AS height
ORDER BY s.on_from IS NULL, s.on_from, s.on_to, height, s.id
WITH r, sum(began) > 0 AS began_here, last(collect(CASE WHEN s.stage IN $taken_over THEN s END)) AS latest,
     max(CASE WHEN s.stage IN $ended THEN s.on_from END) AS stopped, count(DISTINCT v.id) AS hosted, max(v.on) AS last_hosted_on
WHERE (began_here OR latest.id IS NOT NULL)
  AND (stopped IS NULL OR latest.on_to >= stopped OR (latest.id IS NOT NULL AND latest.on_to IS NULL))
RETURN r.id AS region_id, r.name AS region, began_here, latest.stage AS stage, latest.on AS on, hosted, last_hosted_on
ORDER BY began_here DESC, hosted DESC, region, region_id
LIMIT $limit

// name: approaches_nobody_visited
// title: Which approaches did nobody visit?
// params: taken_over: list[str] = TAKEN_OVER, limit: int = 1000
// returns: approach_id, approach, origin_id, origin, regions
// best: table; map(region=origin_id)
// One row per approach about which, or about a project that applies it, no visit is on record; those that most regions from
// elsewhere took over nevertheless come first. Visits may have taken place and not be on record.
MATCH (a:Approach)
WHERE NOT EXISTS { (a)<-[:ABOUT]-(:Visit) } AND NOT EXISTS { (a)<-[:APPLIES]-(:Project)<-[:ABOUT]-(:Visit) }
OPTIONAL MATCH (a)-[:ORIGINATED_IN]->(o:Region)
OPTIONAL MATCH (a)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WHERE s.stage IN $taken_over AND (o IS NULL OR r.id <> o.id)
RETURN a.id AS approach_id, a.name AS approach, o.id AS origin_id, o.name AS origin, count(DISTINCT r.id) AS regions
ORDER BY regions DESC, approach, approach_id
LIMIT $limit

// name: approaches_on_a_theme
// title: Which approaches are about a theme?
// params: theme: str = null, taken_over: list[str] = TAKEN_OVER, limit: int = 1000
// returns: approach_id, approach, theme_id, theme, origin_id, origin, regions
// best: table; graph(start=theme_id, end=approach_id, start_name=theme, end_name=approach, weight=regions)
// One row per approach and theme that it addresses: the theme given or a part of it, at any depth, or any theme. Beside it
// where it began and how many regions from elsewhere took it over at least in part.
MATCH (t:Theme)
WHERE $theme IS NULL OR t.id = $theme OR EXISTS { (t)-[:PART_OF*1..]->(:Theme {id: $theme}) }
MATCH (t)<-[:ADDRESSES]-(a:Approach)
OPTIONAL MATCH (a)-[:ORIGINATED_IN]->(o:Region)
OPTIONAL MATCH (a)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WHERE s.stage IN $taken_over AND (o IS NULL OR r.id <> o.id)
RETURN a.id AS approach_id, a.name AS approach, t.id AS theme_id, t.name AS theme, o.id AS origin_id, o.name AS origin,
       count(DISTINCT r.id) AS regions
ORDER BY theme, theme_id, regions DESC, approach, approach_id
LIMIT $limit

// name: first_and_latest_takers
// title: Which region was the first to take over each approach, and which the latest?
// params: taken_over: list[str] = TAKEN_OVER, limit: int = 1000
// returns: approach_id, approach, first_region_id, first_region, first_on, first_sure, last_region_id, last_region, last_on, last_sure,
//    regions
// best: table; map(region=first_region_id, to=last_region_id)
// One row per approach that regions from elsewhere took over at a known time, at least in part: the first and the latest of
// them, and how many there are; with one only, no latest. Each region counts with its first such step. Sure says whether the
// dates leave no other: of two regions that did so in "2019" either may have been the first, and one of them is named.
MATCH (a:Approach)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WHERE s.stage IN $taken_over AND s.on_from IS NOT NULL AND NOT (a)-[:ORIGINATED_IN]->(r)
WITH a, r, min(s.on) AS told, min(s.on_from) AS start, min(s.on_to) AS final
WITH a, {id: r.id, name: r.name, told: told, start: start, final: final} AS taking
ORDER BY taking.start, taking.final, taking.name, taking.id
WITH a, collect(taking) AS takings
WITH a, takings, takings[0] AS early, CASE WHEN size(takings) > 1 THEN last(takings) END AS late
RETURN a.id AS approach_id, a.name AS approach, early.id AS first_region_id, early.name AS first_region, early.told AS first_on,
       size([item IN takings WHERE item.start <= early.final]) = 1 AS first_sure, late.id AS last_region_id,
       late.name AS last_region, late.told AS last_on,
       CASE WHEN late.id IS NOT NULL THEN size([item IN takings WHERE item.final >= late.start]) = 1 END AS last_sure,
       size(takings) AS regions
ORDER BY approach, approach_id
LIMIT $limit

// name: approaches_taken_together
// title: Which two approaches are often taken over by the same regions?
// params: least: int = 2, taken_over: list[str] = TAKEN_OVER, limit: int = 100
// with: least: Regions at least (1 to 1000)
// returns: approach_a_id, approach_a, approach_b_id, approach_b, both, either, percent
// best: graph(start=approach_a_id, end=approach_b_id, start_name=approach_a, end_name=approach_b, weight=both)
// One row per pair of approaches that so many regions both took over from elsewhere, at least in part; most regions first.
// Beside it the regions that took over the one or the other, and both as a share of these. Two approaches that many regions
// took over meet often by chance alone.
MATCH (a:Approach)
OPTIONAL MATCH (a)-[:ORIGINATED_IN]->(o:Region)
MATCH (a)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WHERE s.stage IN $taken_over AND (o.id IS NULL OR r.id <> o.id)
WITH a, collect(DISTINCT r) AS regions ORDER BY a.id
WITH a, regions, size(regions) AS known
UNWIND regions AS r
WITH r, collect(a) AS taken, collect(known) AS sizes
UNWIND range(0, size(taken) - 2) AS place
UNWIND range(place + 1, size(taken) - 1) AS next
WITH taken[place] AS a, taken[next] AS b, count(*) AS both, min(sizes[place] + sizes[next]) AS total
WHERE both >= $least
WITH a, b, both, total ORDER BY both DESC, a.id, b.id LIMIT $limit
WITH a, b, both, total - both AS either
RETURN a.id AS approach_a_id, a.name AS approach_a, b.id AS approach_b_id, b.name AS approach_b, both, either,
       toInteger(round(100.0 * both / either)) AS percent
ORDER BY both DESC, either, approach_a, approach_b, approach_a_id, approach_b_id
LIMIT $limit

// name: neighbours_without_it
// title: Which neighbours of regions that took an approach over have no step of it?
// params: approach: str, taken_over: list[str] = TAKEN_OVER, limit: int = 1000
// returns: region_id, region, kind, neighbours, neighbour_regions
// best: map(region=region_id, value=neighbours); bar(label=region, value=neighbours)
// One row per region that borders one where the approach began or that took it over at least in part, and that has no step
// of it on record itself, not even of interest; most such neighbours first. Borders are those on record, for a region's own
// kind and those that it borders only. Having no step on record does not mean that the approach is unknown there.
MATCH (a:Approach {id: $approach})
CALL (a) {
  MATCH (a)-[:ORIGINATED_IN]->(r:Region)
  RETURN r
  UNION
  MATCH (a)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
  WHERE s.stage IN $taken_over
  RETURN r
}
WITH a, collect(r) AS users
UNWIND users AS user
MATCH (user)-[:BORDERS]-(other:Region)
WITH DISTINCT a, users, user, other
WHERE NOT other IN users AND NOT EXISTS { (other)-[:TOOK_UP]->(:Adoption)-[:OF]->(a) }
WITH other, user ORDER BY user.name, user.id
WITH other, collect({id: user.id, name: user.name}) AS neighbour_regions
RETURN other.id AS region_id, other.name AS region, other.kind AS kind, size(neighbour_regions) AS neighbours, neighbour_regions
ORDER BY neighbours DESC, region, region_id
LIMIT $limit

// name: changes_since
// title: What changed since a day?
// params: since: date = null, limit: int = 1000
// with: since: From this day on, else the last year on record
// returns: label, id, name, on, detail, region_id, region
// One row per visit, step of taking up, project begun and plan with a date since then, latest first. A step is told by its
// approach; detail is the kind of visit, the stage of the step, the status of the project or plan. The region is that of the
// step, or the one where the visit was held, the project runs or that the plan covers, where it is only one. A date of a
// year counts when all of that year does; a plan is dated by its year. Without a day: from a year before the last day that
// is dated. Counted is when things happened, not when they were loaded.
OPTIONAL MATCH (s:Adoption)
WITH max(s.on_to) AS step
OPTIONAL MATCH (v:Visit)
WITH step, max(v.on_to) AS visit
WITH coalesce($since, CASE WHEN visit > step OR step IS NULL THEN visit ELSE step END - duration({years: 1})) AS day
CALL (day) {
  MATCH (v:Visit)
  WHERE v.on_from >= day
  OPTIONAL MATCH (v)<-[:HOSTED]-(h)
  OPTIONAL MATCH (h)-[:LOCATED_IN]->(seat:Region)
  WITH v, collect(DISTINCT coalesce(seat, h)) AS places
  WITH v, CASE WHEN size(places) = 1 THEN places[0] END AS place
  RETURN 'Visit' AS label, v.id AS id, v.name AS name, v.on AS on, v.on_from AS first, v.kind AS detail, place
  UNION ALL
  MATCH (s:Adoption)
  WHERE s.on_from >= day
  MATCH (s)-[:OF]->(a:Approach)
  MATCH (s)<-[:TOOK_UP]-(place:Region)
  RETURN 'Approach' AS label, a.id AS id, a.name AS name, s.on AS on, s.on_from AS first, s.stage AS detail, place
  UNION ALL
  MATCH (p:Project)
  WHERE p.started_from >= day
  OPTIONAL MATCH (p)-[:RUNS_IN]->(r:Region)
  WITH p, collect(DISTINCT r) AS places
  WITH p, CASE WHEN size(places) = 1 THEN places[0] END AS place
  RETURN 'Project' AS label, p.id AS id, p.name AS name, p.started AS on, p.started_from AS first, p.status AS detail, place
  UNION ALL
  MATCH (w:Plan)
  WHERE date({year: w.year, month: 1, day: 1}) >= day
  OPTIONAL MATCH (w)-[:COVERS]->(r:Region)
  WITH w, collect(DISTINCT r) AS places
  WITH w, CASE WHEN size(places) = 1 THEN places[0] END AS place
  RETURN 'Plan' AS label, w.id AS id, w.name AS name, toString(w.year) AS on, date({year: w.year, month: 1, day: 1}) AS first,
         w.status AS detail, place
}
WITH label, id, name, on, first, detail, CASE WHEN place:Region THEN place END AS place
RETURN label, id, name, on, detail, place.id AS region_id, place.name AS region
ORDER BY first DESC, label, name, id, region, detail
LIMIT $limit
