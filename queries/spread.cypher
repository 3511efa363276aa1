// How approaches spread: how far, how fast, along which stated ways, and where they came to a halt.
// Taken over means by a region other than where the approach began; a country may be one such region.

// name: approaches_quickly_in_several_regions
// title: Which approaches reached several regions soon after their first visit?
// params: least: int = 3, years: int = 2, taken_over: list[str] = TAKEN_OVER, limit: int = 100
// with: least: Regions at least (1 to 1000); years: Years after the first visit (1 to 50)
// returns: approach_id, approach, visit_id, visit, visit_on, regions, at_most
// best: bar(label=approach, value=regions)
// One row per approach that so many regions took over, at least in part, within so many years of the first dated visit about it
// or about a project that applies it; most regions first. Regions counts those for which the dates leave no doubt; at most
// adds those for which a date of a year or a month could mean so. Regions that took it over before that visit are not counted. Nothing
// here tells that they took it over because of the visit.
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
// One row per approach that a region took over at least in part, most countries first. Countries are those of the regions that took
// it over, the country where it began among them only if another region there did. Regions abroad lie in another country than the
// one where it began; empty where nobody stated where that was.
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
// One row per approach with the farthest region that took it over at least in part, in kilometres as the crow flies from the centre of
// the region where it began; farthest first. Counted are regions whose position is known. Where nobody stated where an approach
// began, or that region has no position, there is no row.
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
// One row per approach that so many regions took over at a known time, at least in part; the fastest first. The days are those from the
// first region to the one that made up the number, at least and at most: a date of a year or a month leaves room. Regions are
// all that took it over at a known time. How long the first region took after the approach began is not counted.
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
// One row per year, from the first taking-over to the last; years without any have 0. Counted is the first dated step by which a
// region took an approach over at least in part; with a theme, only approaches that address it or a part of it. Few in the last years may
// mean only that they are not on record yet.
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
// One row per approach and year in which a region took it over for the first time, at least in part: the regions new in that year
// and all up to it. One approach, or all that so many regions took over. Steps without a date are in no year, and regions that stopped
// later stay counted.
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
// One row per region and approach from elsewhere that it took a step with: the stage of its last step, when that was, and how many
// steps are on record. Steps without a date count as the last; where dates do not tell, the higher stage does. With a theme, only
// approaches that address it or a part of it. No row means that no step is on record, not that nothing happened.
MATCH (a:Approach)
WHERE ($approach IS NULL OR a.id = $approach)
  AND ($theme IS NULL OR EXISTS { (a)-[:ADDRESSES]->(:Theme)-[:PART_OF*0..]->(:Theme {id: $theme}) })
MATCH (a)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
WHERE ($region IS NULL OR r.id = $region) AND NOT (a)-[:ORIGINATED_IN]->(r)
WITH a, r, collect(s) AS taken, $interest + $taken_over + $ended AS ladder
CALL (taken, ladder) {
  UNWIND taken AS s
  WITH s, size([step IN range(0, size(ladder) - 1) WHERE s.stage IN ladder[step..]]) AS height
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
// One row per step by which a region decided against an approach or stopped it, latest first, undated last; where an approach
// began, too. Before is its last step that the dates surely place earlier, with its stage; resumed, the first that they surely place
// later. Where neither is told, none is on record or the dates do not tell.
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
// One row per region and approach from elsewhere in which it showed interest, where it neither took it over nor stopped and no step is on
// record for so many years; the longest silence first. Days are those surely gone by since its last step. Looked at is the day
// given, else the first day up to which a data set says that it looked for steps, else the day of the latest step. Where a step has no date,
// it may have come since, and there is no row. Silence on record is not silence in the region.
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
