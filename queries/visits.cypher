// Events where one side learns from another: when, who was there, what about.

// name: visits
// title: Visits
// params: limit: int = 100000
// returns: id, name, on, on_from, on_to, kind, host_ids, hosts, attendees
// best: table
// One row per visit, latest first, undated last; with its hosts and the number of bodies that attended.
MATCH (v:Visit)
OPTIONAL MATCH (v)<-[:HOSTED]-(h)
WITH v, h ORDER BY h.name, h.id
WITH v, collect(h.id) AS host_ids, collect(h.name) AS hosts
OPTIONAL MATCH (v)<-[:ATTENDED]-(b)
WITH v, host_ids, hosts, count(DISTINCT b.id) AS attendees
RETURN v.id AS id, v.name AS name, v.on AS on, v.on_from AS on_from, v.on_to AS on_to, v.kind AS kind, host_ids, hosts, attendees
ORDER BY v.on_from IS NULL, on_from DESC, on_to DESC, name, id
LIMIT $limit

// name: visit_presence
// title: Who was at a visit
// params: visit: str = null, limit: int = 100000
// returns: visit_id, part, body_id, body, body_label, region_id, delegates, outcome, outcome_on, note
// best: table; map(region=region_id)
// One row per visit and body that hosted or attended it, of one visit or of all, hosts first. The region is the body itself where it
// is a region, else the one it lies in.
MATCH (v:Visit)
WHERE $visit IS NULL OR v.id = $visit
MATCH (v)<-[w:HOSTED|ATTENDED]-(b)
OPTIONAL MATCH (b)-[:LOCATED_IN]->(r:Region)
WITH v, w, b, r, CASE WHEN type(w) = 'HOSTED' THEN 'hosted' ELSE 'attended' END AS part
RETURN v.id AS visit_id, part, b.id AS body_id, b.name AS body, labels(b)[0] AS body_label,
       CASE WHEN b:Region THEN b.id ELSE r.id END AS region_id, w.delegates AS delegates, w.outcome AS outcome,
       w.outcome_on AS outcome_on, w.note AS note
ORDER BY visit_id, part DESC, body, body_id
LIMIT $limit

// name: visit_subjects
// title: What visits were about
// params: limit: int = 100000
// returns: visit_id, subject_id, subject, subject_label
// best: table; graph(start=visit_id, end=subject_id, end_name=subject)
// One row per visit and approach or project that it showed.
MATCH (v:Visit)-[:ABOUT]->(s)
RETURN v.id AS visit_id, s.id AS subject_id, s.name AS subject, labels(s)[0] AS subject_label
ORDER BY visit_id, subject, subject_id
LIMIT $limit

// name: visit_themes
// title: Themes of visits
// params: limit: int = 100000
// returns: visit_id, theme_id
// best: table; graph(start=visit_id, end=theme_id)
// One row per visit and theme of an approach or project that it showed.
MATCH (v:Visit)-[:ABOUT]->(s)
MATCH (s)-[:ADDRESSES]->(t:Theme)
WITH DISTINCT v.id AS visit_id, t.id AS theme_id
RETURN visit_id, theme_id
ORDER BY visit_id, theme_id
LIMIT $limit

// name: region_attendance
// title: Attendance of regions
// params: approach: str = null, counted: list[str] = COUNTED_REGIONS, limit: int = 100000
// returns: region_id, region, visit_id, attendee_id, attendee, how
// best: table; map(region=region_id); graph(start=attendee_id, end=visit_id, start_name=attendee)
// One row per region, visit and body whose presence counts for the region; with an approach, only visits about it or about a project
// that applies it. How: "own" when the region or a body that lies in it attended; "within" when that region is a part of it, at any
// depth (never counted for a country); "from above" when the body belongs to a territory that the region is a part of, said only for
// regions that took up an approach (this one, where one is given).
MATCH (v:Visit)
OPTIONAL MATCH (v)-[:ABOUT]->(s)
OPTIONAL MATCH (s)-[:APPLIES]->(applied:Approach)
WITH v, collect(s.id) AS shown, collect(applied.id) AS applied
WHERE $approach IS NULL OR $approach IN shown OR $approach IN applied
MATCH (v)<-[:ATTENDED]-(b)
OPTIONAL MATCH (b)-[:LOCATED_IN]->(seat:Region)
WITH v, b, coalesce(seat, b) AS home
WHERE home:Region
WITH home, collect({visit: v.id, id: b.id, name: b.name}) AS presences
CALL (home) {
  MATCH (home)-[:PART_OF*0..]->(r:Region)
  WHERE r.id = home.id OR r.kind IN $counted
  RETURN r, CASE WHEN r.id = home.id THEN 'own' ELSE 'within' END AS how
  UNION
  MATCH (home)<-[:PART_OF*1..]-(r:Region)
  MATCH (r)-[:TOOK_UP]->(:Adoption)-[:OF]->(a:Approach)
  WHERE $approach IS NULL OR a.id = $approach
  RETURN r, 'from above' AS how
}
UNWIND presences AS presence
WITH DISTINCT r, how, presence
RETURN r.id AS region_id, r.name AS region, presence.visit AS visit_id, presence.id AS attendee_id, presence.name AS attendee, how
ORDER BY region_id, visit_id, how, attendee_id
LIMIT $limit

// name: visits_without_result
// title: Which visits has nothing come of yet?
// params: until: date = null, counted: list[str] = COUNTED_REGIONS, limit: int = 1000
// with: until: Only visits held by this day
// returns: visit_id, visit, on, kind, guests, said_none, hosts
// best: table
// One row per visit with guests of whom none reported that it considers, adapts or took over what it saw, to which no step of
// taking up is credited, and after which none is on record: of no region where a guest lies, or that is a guest itself, or that contains it (never a
// country), on an approach that the visit or a project shown there is about. A step counts unless the dates surely place it
// before the visit. Latest first, undated last. Said none: guests who reported that nothing came of it or that they decided
// against it; the others have not said. Much may have come of a visit that no record tells.
MATCH (v:Visit)<-[w:ATTENDED]-(b)
WHERE ($until IS NULL OR v.on_to <= $until) AND NOT EXISTS { (v)<-[:CREDITED_TO]-(:Adoption) }
WITH b, collect({visit: v, outcome: w.outcome}) AS seen
OPTIONAL MATCH (b)-[:LOCATED_IN]->(seat:Region)
WITH coalesce(seat, b) AS home, collect(seen) AS lists
CALL (home) {
  MATCH (home)-[:PART_OF*0..]->(r:Region)
  WHERE r.id = home.id OR r.kind IN $counted
  RETURN collect(r.id) AS places
}
UNWIND lists AS seen
UNWIND seen AS one
WITH one.visit AS v, count(*) AS guests, collect(places) AS nested,
     sum(CASE WHEN one.outcome IN ['considering', 'adapting', 'taken over'] THEN 1 ELSE 0 END) AS results,
     sum(CASE WHEN one.outcome IN ['none', 'declined'] THEN 1 ELSE 0 END) AS said_none
WHERE results = 0
OPTIONAL MATCH (v)-[:ABOUT]->(subject)
OPTIONAL MATCH (subject)-[:APPLIES]->(applied:Approach)
WITH v, guests, said_none, reduce(known = [], some IN nested | known + some) AS regions, coalesce(applied, subject) AS shown
WITH shown, collect({visit: v, day: coalesce(v.on_from, date('0001-01-01')), guests: guests, said: said_none, regions: regions}) AS visits
CALL (shown) {
  OPTIONAL MATCH (shown)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
  WITH r, max(coalesce(s.on_to, date('9999-12-31'))) AS latest
  RETURN collect({region: r.id, latest: latest}) AS takings
}
UNWIND visits AS seen
WITH seen, any(taking IN takings WHERE taking.latest >= seen.day AND taking.region IN seen.regions) AS later
WITH seen.visit AS v, seen.guests AS guests, seen.said AS said_none, sum(CASE WHEN later THEN 1 ELSE 0 END) AS steps
WHERE steps = 0
OPTIONAL MATCH (v)<-[:HOSTED]-(h)
WITH v, guests, said_none, h ORDER BY h.name, h.id
WITH v, guests, said_none, collect(CASE WHEN h.id IS NOT NULL THEN {id: h.id, name: h.name} END) AS hosts
RETURN v.id AS visit_id, v.name AS visit, v.on AS on, v.kind AS kind, guests, said_none, hosts
ORDER BY v.on_from IS NULL, v.on_from DESC, v.on_to DESC, visit, visit_id
LIMIT $limit

// name: visits_of_a_region
// title: Which visits did a region host, and at which was it a guest?
// params: region: str, counted: list[str] = COUNTED_REGIONS, limit: int = 1000
// returns: visit_id, visit, on, kind, part, bodies
// best: table
// One row per visit and part in it, host or guest, latest first, undated last; with the bodies that count for the region:
// itself, those that lie in it, and parts of it with theirs, at any depth (of a country only itself and those that lie in no
// smaller region). Bodies of a territory that contains it are not counted.
MATCH (r:Region {id: $region})<-[:PART_OF*0..]-(place:Region)
WHERE place.id = r.id OR r.kind IN $counted
OPTIONAL MATCH (place)<-[:LOCATED_IN]-(o:Organisation)
WITH collect(DISTINCT place) + collect(DISTINCT o) AS bodies
UNWIND bodies AS b
MATCH (b)-[w:HOSTED|ATTENDED]->(v:Visit)
WITH v, CASE WHEN type(w) = 'HOSTED' THEN 'hosted' ELSE 'attended' END AS part, b ORDER BY b.name, b.id
WITH v, part, collect(DISTINCT b) AS there
WITH v, part, [b IN there | {id: b.id, name: b.name}] AS bodies
RETURN v.id AS visit_id, v.name AS visit, v.on AS on, v.kind AS kind, part, bodies
ORDER BY v.on_from IS NULL, v.on_from DESC, v.on_to DESC, visit, visit_id, part DESC
LIMIT $limit

// name: outcomes_of_visits
// title: What came of each visit, as its guests say?
// params: region: str = null, limit: int = 1000
// with: region: Region of a host (Region)
// returns: visit_id, visit, on, kind, guests, taken_over, adapting, considering, declined, nothing, not_said
// best: table; bar(label=visit, value=taken_over)
// One row per visit with guests, latest first, undated last: how many bodies were guests, and what they reported afterwards.
// With a region, only visits that it or a body in it hosted. A guest that has not said may have done much or nothing.
MATCH (v:Visit)<-[w:ATTENDED]-(b)
WHERE $region IS NULL OR EXISTS { (v)<-[:HOSTED]-(:Region {id: $region}) }
   OR EXISTS { (v)<-[:HOSTED]-(:Organisation)-[:LOCATED_IN]->(:Region {id: $region}) }
WITH v, count(*) AS guests, sum(CASE WHEN w.outcome = 'taken over' THEN 1 ELSE 0 END) AS taken_over,
     sum(CASE WHEN w.outcome = 'adapting' THEN 1 ELSE 0 END) AS adapting,
     sum(CASE WHEN w.outcome = 'considering' THEN 1 ELSE 0 END) AS considering,
     sum(CASE WHEN w.outcome = 'declined' THEN 1 ELSE 0 END) AS declined,
     sum(CASE WHEN w.outcome = 'none' THEN 1 ELSE 0 END) AS nothing,
     sum(CASE WHEN w.outcome IS NULL THEN 1 ELSE 0 END) AS not_said
RETURN v.id AS visit_id, v.name AS visit, v.on AS on, v.kind AS kind, guests, taken_over, adapting, considering, declined, nothing, not_said
ORDER BY v.on_from IS NULL, v.on_from DESC, v.on_to DESC, visit, visit_id
LIMIT $limit

// name: outcomes_by_kind
// title: Of which kinds of visit did most come?
// params: limit: int = 100
// returns: kind, outcome, guests, visits
// best: matrix(row=kind, column=outcome, cell=guests)
// One row per kind of visit and outcome that guests reported: how many bodies reported it, of how many visits. Guests that
// have not said are left out, so shares of what is reported are not shares of all guests; what visitors of one kind report
// need not be due to the kind.
MATCH (v:Visit)<-[w:ATTENDED]-()
WHERE w.outcome IS NOT NULL
WITH v.kind AS kind, w.outcome AS outcome, count(*) AS guests, count(DISTINCT v.id) AS visits
RETURN kind, outcome, guests, visits
ORDER BY kind, outcome
LIMIT $limit

// name: who_visited_whom
// title: Who visited whom?
// params: region: str = null, limit: int = 1000
// with: region: Region of a guest or a host (Region)
// returns: from_region_id, from_region, to_region_id, to_region, visits, first_on, last_on
// best: graph(start=from_region_id, end=to_region_id, start_name=from_region, end_name=to_region, weight=visits);
//    map(region=from_region_id, to=to_region_id, value=visits)
// One row per region that guests came from and region of a host, most visits first. A body counts for the region that it is
// or lies in, not for those that contain it; guests from the host's own region are left out. First and last are of the dated
// visits.
MATCH (v:Visit)<-[:HOSTED]-(h)
OPTIONAL MATCH (h)-[:LOCATED_IN]->(seat:Region)
WITH DISTINCT v, coalesce(seat, h) AS host
WHERE host:Region
WITH v, v.on AS day, host, host.id AS host_id
MATCH (v)<-[:ATTENDED]-(g)
WITH g, collect({visit: v, day: day, host: host, host_id: host_id}) AS seen
OPTIONAL MATCH (g)-[:LOCATED_IN]->(seat:Region)
WITH coalesce(seat, g) AS guest, seen
WHERE guest:Region
WITH guest, guest.id AS guest_id, seen
UNWIND seen AS one
WITH guest, guest_id, one
WHERE guest_id <> one.host_id AND ($region IS NULL OR one.host_id = $region OR guest_id = $region)
WITH guest, one.host AS host, count(DISTINCT one.visit) AS visits, min(one.day) AS first_on, max(one.day) AS last_on
RETURN guest.id AS from_region_id, guest.name AS from_region, host.id AS to_region_id, host.name AS to_region, visits, first_on, last_on
ORDER BY visits DESC, from_region, to_region, from_region_id, to_region_id
LIMIT $limit

// name: mutual_visits
// title: Which regions visited each other?
// params: limit: int = 1000
// returns: region_a_id, region_a, region_b_id, region_b, there, back, visits
// best: graph(start=region_a_id, end=region_b_id, start_name=region_a, end_name=region_b, weight=visits);
//    map(region=region_a_id, to=region_b_id, value=visits)
// One row per pair of regions of which each was a guest of the other, most visits first: there are visits of the first to
// the second, back those of the second to the first. A body counts for the region that it is or lies in, not for those that
// contain it.
MATCH (v:Visit)<-[:HOSTED]-(h)
OPTIONAL MATCH (h)-[:LOCATED_IN]->(seat:Region)
WITH DISTINCT v, coalesce(seat, h) AS host
WHERE host:Region
MATCH (v)<-[:ATTENDED]-(g)
OPTIONAL MATCH (g)-[:LOCATED_IN]->(seat:Region)
WITH DISTINCT v, host, coalesce(seat, g) AS guest
WHERE guest:Region AND guest.id <> host.id
WITH CASE WHEN guest.id < host.id THEN guest ELSE host END AS a, CASE WHEN guest.id < host.id THEN host ELSE guest END AS b,
     CASE WHEN guest.id < host.id THEN 1 ELSE 0 END AS forth
WITH a, b, sum(forth) AS there, count(*) AS visits
WITH a, b, there, visits - there AS back, visits
WHERE there > 0 AND back > 0
RETURN a.id AS region_a_id, a.name AS region_a, b.id AS region_b_id, b.name AS region_b, there, back, visits
ORDER BY visits DESC, region_a, region_b, region_a_id, region_b_id
LIMIT $limit

// name: visits_by_year
// title: How many visits were there each year, and of what kind?
// params: limit: int = 1000
// returns: year, kind, visits
// best: line(along=year, value=visits, series=kind)
// One row per year and kind of visit, from the first year to the last; years without a visit of that kind have 0. Visits
// without a date are in no year.
MATCH (v:Visit)
WHERE v.on_from IS NOT NULL
WITH v.on_from.year AS year, v.kind AS kind, count(*) AS visits
WITH collect({year: year, kind: kind, visits: visits}) AS told, collect(DISTINCT kind) AS kinds, min(year) AS first, max(year) AS last
WHERE first IS NOT NULL
UNWIND kinds AS kind
UNWIND range(first, last) AS year
WITH year, kind, [item IN told WHERE item.year = year AND item.kind = kind | item.visits] AS found
RETURN year, kind, coalesce(found[0], 0) AS visits
ORDER BY year, kind
LIMIT $limit

// name: repeated_visits
// title: Which regions came to see the same approach more than once?
// params: least: int = 2, counted: list[str] = COUNTED_REGIONS, taken_over: list[str] = TAKEN_OVER, limit: int = 100
// with: least: Visits at least (2 to 1000)
// returns: region_id, region, approach_id, approach, visits, first_on, last_on, took_it_over
// best: matrix(row=region, column=approach, cell=visits)
// One row per region and approach from elsewhere about which, or about a project that applies it, so many visits count for
// the region: at which it was a guest, or a body in it, or a part of it, at any depth (never counted for a country). Most
// visits first; with the first and last dated one, and whether the region ever took it over at least in part, before or
// after.
MATCH (v:Visit)-[:ABOUT]->(subject)
OPTIONAL MATCH (subject)-[:APPLIES]->(applied:Approach)
WITH v, v.on AS day, coalesce(applied, subject) AS a
WHERE a:Approach
MATCH (v)<-[:ATTENDED]-(b)
WITH b, collect({visit: v, day: day, approach: a}) AS seen
OPTIONAL MATCH (b)-[:LOCATED_IN]->(seat:Region)
WITH coalesce(seat, b) AS home, seen
WHERE home:Region
WITH home, collect(seen) AS lists
MATCH (home)-[:PART_OF*0..]->(r:Region)
WHERE r.id = home.id OR r.kind IN $counted
UNWIND lists AS seen
UNWIND seen AS item
WITH r, item.approach AS a, count(DISTINCT item.visit) AS visits, min(item.day) AS first_on, max(item.day) AS last_on
WHERE visits >= $least
OPTIONAL MATCH (a)-[:ORIGINATED_IN]->(o:Region)
WITH r, a, o, visits, first_on, last_on
WHERE o.id IS NULL OR o.id <> r.id
WITH r, a, visits, first_on, last_on
ORDER BY visits DESC, r.name, a.name, r.id, a.id LIMIT $limit
OPTIONAL MATCH (r)-[:TOOK_UP]->(s:Adoption)-[:OF]->(taken:Approach)
WHERE s.stage IN $taken_over AND taken.id = a.id
RETURN r.id AS region_id, r.name AS region, a.id AS approach_id, a.name AS approach, visits, first_on, last_on,
       count(taken) > 0 AS took_it_over
ORDER BY visits DESC, region, approach, region_id, approach_id
LIMIT $limit

// name: visits_before_taking_over
// title: Which visits came shortly before a taking-over?
// params: months: int = 24, approach: str = null, counted: list[str] = COUNTED_REGIONS, taken_over: list[str] = TAKEN_OVER,
//    limit: int = 100
// with: months: Months between the two at most (1 to 120)
// returns: visit_id, visit, on, region_id, region, approach_id, approach, taken_on, least_days, most_days, credited
// best: table; map(region=region_id); bar(label=region, value=most_days)
// One row per visit, region and approach: the visit was about the approach or about a project that applies it, the region
// was a guest, or a body in it, or a part of it, at any depth (never counted for a country), and surely within so many
// months after it took the approach over for the first time at least in part. Latest taking-over first. Days are those
// between the two, at least and at most. Where a date of a year or a month leaves room for another order or for longer,
// there is no row. Credited tells whether a source credits the step to the visit; without that, nothing says that the one
// had to do with the other.
CALL () {
  MATCH (v:Visit)-[:ABOUT]->(subject)
  OPTIONAL MATCH (subject)-[:APPLIES]->(applied:Approach)
  WITH v, coalesce(applied, subject) AS a
  WHERE a:Approach AND v.on_from IS NOT NULL AND ($approach IS NULL OR a.id = $approach)
  MATCH (v)<-[:ATTENDED]-(b)
  WITH b, collect({visit: v, approach: a, final: v.on_to, until: v.on_from + duration({months: $months})}) AS seen
  OPTIONAL MATCH (b)-[:LOCATED_IN]->(seat:Region)
  WITH coalesce(seat, b) AS home, seen
  WHERE home:Region
  UNWIND seen AS item
  WITH home, item.approach AS a, collect(item) AS seen
  WITH home, collect({approach: a, seen: seen}) AS shown
  MATCH (home)-[:PART_OF*0..]->(r:Region)
  WHERE r.id = home.id OR r.kind IN $counted
  UNWIND shown AS item
  RETURN r, item.approach AS a, item.seen AS seen, NULL AS told, NULL AS start, NULL AS final
  UNION ALL
  MATCH (a:Approach)
  WHERE $approach IS NULL OR a.id = $approach
  OPTIONAL MATCH (a)-[:ORIGINATED_IN]->(o:Region)
  MATCH (a)<-[:OF]-(s:Adoption)<-[:TOOK_UP]-(r:Region)
  WHERE s.stage IN $taken_over AND s.on_from IS NOT NULL AND (o.id IS NULL OR r.id <> o.id)
  RETURN r, a, NULL AS seen, s.on AS told, s.on_from AS start, s.on_to AS final
}
WITH r, a, min(told) AS told, min(start) AS start, min(final) AS final, collect(seen) AS lists
WHERE start IS NOT NULL
UNWIND lists AS seen
UNWIND seen AS item
WITH r, a, told, start, final, item
WHERE item.final < start AND final <= item.until
WITH DISTINCT r, a, told, start, final, item.visit AS v
ORDER BY start DESC, final DESC, v.on_from DESC, v.on_to DESC, r.name, v.name, r.id, v.id, a.id
LIMIT $limit
OPTIONAL MATCH (v)<-[:CREDITED_TO]-(step:Adoption)<-[:TOOK_UP]-(r)
WHERE EXISTS { (step)-[:OF]->(a) } AND step.stage IN $taken_over
WITH r, v, a, told, start, final, count(step) > 0 AS credited
RETURN v.id AS visit_id, v.name AS visit, v.on AS on, r.id AS region_id, r.name AS region, a.id AS approach_id, a.name AS approach,
       told AS taken_on, duration.inDays(v.on_to, start).days AS least_days, duration.inDays(v.on_from, final).days AS most_days,
       credited
ORDER BY start DESC, final DESC, v.on_from DESC, v.on_to DESC, region, visit, region_id, visit_id, approach_id
LIMIT $limit

// name: most_present
// title: Who was at most visits?
// params: limit: int = 20
// returns: body_id, body, body_label, region_id, region, visits, hosted, attended
// best: bar(label=body, value=visits)
// One row per organisation or region that hosted or attended a visit itself, most visits first; a visit at which it did both
// is one. A region is not counted for the bodies in it.
MATCH (b)-[w:HOSTED|ATTENDED]->(v:Visit)
WITH b, count(DISTINCT v.id) AS visits, sum(CASE WHEN type(w) = 'HOSTED' THEN 1 ELSE 0 END) AS hosted,
     sum(CASE WHEN type(w) = 'ATTENDED' THEN 1 ELSE 0 END) AS attended
ORDER BY visits DESC, attended DESC, b.name, b.id LIMIT $limit
OPTIONAL MATCH (b)-[:LOCATED_IN]->(seat:Region)
WITH b, CASE WHEN b:Region THEN b ELSE seat END AS r, visits, hosted, attended
RETURN b.id AS body_id, b.name AS body, labels(b)[0] AS body_label, r.id AS region_id, r.name AS region, visits, hosted, attended
ORDER BY visits DESC, attended DESC, body, body_id
LIMIT $limit

// name: most_visited
// title: Whom do most regions come to see?
// params: limit: int = 20
// returns: region_id, region, guest_regions, visits, last_on
// best: bar(label=region, value=guest_regions); map(region=region_id, value=guest_regions)
// One row per region that hosted a visit, or in which a host lies, with guests from other regions; most such regions first.
// A body counts for the region that it is or lies in, not for those that contain it. Visits are those with a guest from
// elsewhere; last is the last dated one.
MATCH (v:Visit)<-[:HOSTED]-(h)
OPTIONAL MATCH (h)-[:LOCATED_IN]->(seat:Region)
WITH DISTINCT v, coalesce(seat, h) AS host
WHERE host:Region
MATCH (v)<-[:ATTENDED]-(g)
OPTIONAL MATCH (g)-[:LOCATED_IN]->(seat:Region)
WITH v, host, coalesce(seat, g) AS guest
WHERE guest:Region AND guest.id <> host.id
WITH host, count(DISTINCT guest.id) AS guest_regions, count(DISTINCT v.id) AS visits, max(v.on) AS last_on
RETURN host.id AS region_id, host.name AS region, guest_regions, visits, last_on
ORDER BY guest_regions DESC, visits DESC, region, region_id
LIMIT $limit

// name: guests_that_never_hosted
// title: Which regions come to see others and never host?
// params: taken_over: list[str] = TAKEN_OVER, limit: int = 100
// returns: region_id, region, visits, last_on, began_here, taken_over
// best: bar(label=region, value=visits); map(region=region_id, value=visits)
// One row per region that was a guest, or a body in it, and where neither the region nor a body in it hosted a visit; most
// visits first. Beside it what it could show: approaches that began there, and those from elsewhere that it took over at
// least in part. Regions within it are not counted for it. Visits that it hosted may not be on record.
MATCH (v:Visit)<-[:ATTENDED]-(g)
OPTIONAL MATCH (g)-[:LOCATED_IN]->(seat:Region)
WITH coalesce(seat, g) AS r, v
WHERE r:Region
WITH r, count(DISTINCT v.id) AS visits, max(v.on) AS last_on
WHERE NOT EXISTS { (r)-[:HOSTED]->(:Visit) } AND NOT EXISTS { (r)<-[:LOCATED_IN]-(:Organisation)-[:HOSTED]->(:Visit) }
OPTIONAL MATCH (r)<-[:ORIGINATED_IN]-(began:Approach)
WITH r, visits, last_on, collect(began.id) AS began
OPTIONAL MATCH (r)-[:TOOK_UP]->(s:Adoption)-[:OF]->(a:Approach)
WHERE s.stage IN $taken_over AND NOT a.id IN began
RETURN r.id AS region_id, r.name AS region, visits, last_on, size(began) AS began_here, count(DISTINCT a.id) AS taken_over
ORDER BY visits DESC, region, region_id
LIMIT $limit

// name: guests_by_year
// title: How many came to a visit for the first time each year?
// params: limit: int = 1000
// returns: year, guests, first_time
// best: line(along=year, value=first_time); line(along=year, value=guests)
// One row per year with a dated visit that had guests: how many organisations and regions were guests, and how many of them
// in no earlier year. Visits without a date are not counted, so an earlier visit may be missing. In the first years on
// record nearly all come for the first time.
MATCH (b)-[:ATTENDED]->(v:Visit)
WHERE v.on_from IS NOT NULL
WITH DISTINCT b, v.on_from.year AS year
WITH b, collect(year) AS years, min(year) AS first
UNWIND years AS year
RETURN year, count(*) AS guests, sum(CASE WHEN year = first THEN 1 ELSE 0 END) AS first_time
ORDER BY year
LIMIT $limit

// name: visits_on_a_theme
// title: Which visits were about a theme?
// params: theme: str = null, limit: int = 1000
// returns: visit_id, visit, on, kind, theme_id, theme, guests
// best: table
// One row per visit and theme, latest visit first, undated last: the theme given or a part of it, at any depth, or any
// theme. A visit is about the themes of the approaches and projects shown there, and of the approaches that these projects
// apply. Guests are the bodies that attended.
MATCH (t:Theme)
WHERE $theme IS NULL OR t.id = $theme OR EXISTS { (t)-[:PART_OF*1..]->(:Theme {id: $theme}) }
MATCH (t)<-[:ADDRESSES]-(item)
WHERE item:Approach OR item:Project
OPTIONAL MATCH (item)<-[:APPLIES]-(p:Project)
WITH t, item, collect(p) AS projects
UNWIND [item] + projects AS subject
MATCH (subject)<-[:ABOUT]-(v:Visit)
WITH DISTINCT v, t
OPTIONAL MATCH (v)<-[:ATTENDED]-(b)
WITH v, t, count(b) AS guests
RETURN v.id AS visit_id, v.name AS visit, v.on AS on, v.kind AS kind, t.id AS theme_id, t.name AS theme, guests
ORDER BY v.on_from IS NULL, v.on_from DESC, v.on_to DESC, visit, visit_id, theme, theme_id
LIMIT $limit

// name: visits_hosted_by
// title: Which visits did an organisation host?
// params: organisation: str, limit: int = 1000
// returns: visit_id, visit, on, kind, subjects, guests, regions
// best: table
// One row per visit that the organisation hosted, alone or with others, latest first, undated last; with what was shown, how
// many bodies were guests, and from how many regions: those that a guest is or lies in.
MATCH (:Organisation {id: $organisation})-[:HOSTED]->(v:Visit)
OPTIONAL MATCH (v)-[:ABOUT]->(s)
WITH v, s ORDER BY s.name, s.id
WITH v, collect(CASE WHEN s.id IS NOT NULL THEN {id: s.id, name: s.name} END) AS subjects
OPTIONAL MATCH (v)<-[:ATTENDED]-(b)
OPTIONAL MATCH (b)-[:LOCATED_IN]->(seat:Region)
WITH v, subjects, b, coalesce(seat, b) AS home
WITH v, subjects, count(DISTINCT b.id) AS guests, count(DISTINCT CASE WHEN home:Region THEN home.id END) AS regions
RETURN v.id AS visit_id, v.name AS visit, v.on AS on, v.kind AS kind, subjects, guests, regions
ORDER BY v.on_from IS NULL, v.on_from DESC, v.on_to DESC, visit, visit_id
LIMIT $limit

// name: visits_to_come
// title: Which visits are still to come?
// params: since: date = null, limit: int = 100
// with: since: From this day on, else today
// returns: visit_id, visit, on, kind, hosts, subjects, guests
// best: table
// One row per visit whose date may be on the day given or later, soonest first; with its hosts, what will be shown, and how
// many bodies are on record as guests. A visit of this year without a month may be over already; one without a date has no
// row.
MATCH (v:Visit)
WHERE v.on_to >= coalesce($since, date())
OPTIONAL MATCH (v)<-[:HOSTED]-(h)
WITH v, h ORDER BY h.name, h.id
WITH v, collect(CASE WHEN h.id IS NOT NULL THEN {id: h.id, name: h.name} END) AS hosts
OPTIONAL MATCH (v)-[:ABOUT]->(s)
WITH v, hosts, s ORDER BY s.name, s.id
WITH v, hosts, collect(CASE WHEN s.id IS NOT NULL THEN {id: s.id, name: s.name} END) AS subjects
OPTIONAL MATCH (v)<-[:ATTENDED]-(b)
WITH v, hosts, subjects, count(b) AS guests
RETURN v.id AS visit_id, v.name AS visit, v.on AS on, v.kind AS kind, hosts, subjects, guests
ORDER BY v.on_from, v.on_to, visit, visit_id
LIMIT $limit
