// The territories.

// name: regions
// title: Regions
// params: limit: int = 100000
// returns: id, name, kind, country, parent_id, latitude, longitude, population
// best: table; map(region=id)
// One row per region of any depth, with the region it is part of.
MATCH (r:Region)
OPTIONAL MATCH (r)-[:PART_OF]->(above:Region)
RETURN r.id AS id, r.name AS name, r.kind AS kind, r.country AS country, above.id AS parent_id,
       r.latitude AS latitude, r.longitude AS longitude, r.population AS population
ORDER BY name, id
LIMIT $limit

// name: borders
// title: Regions that border each other
// params: limit: int = 100000
// returns: region_a, region_b
// best: map(region=region_a, to=region_b); graph(start=region_a, end=region_b)
// One row per pair of neighbours, however often and in whichever direction it was said.
MATCH (a:Region)-[:BORDERS]->(b:Region)
WITH DISTINCT CASE WHEN a.id < b.id THEN a.id ELSE b.id END AS region_a, CASE WHEN a.id < b.id THEN b.id ELSE a.id END AS region_b
RETURN region_a, region_b
ORDER BY region_a, region_b
LIMIT $limit

// name: regions_with_most_adoptions
// title: Regions that took over most
// params: taken_over: list[str] = TAKEN_OVER, limit: int = 10
// returns: id, name, taken_over, origin_of
// best: bar(label=name, value=taken_over); map(region=id, value=taken_over)
// One row per region that took over an approach from elsewhere at least in part, most approaches first; beside it how many
// approaches began there.
MATCH (r:Region)-[:TOOK_UP]->(s:Adoption)-[:OF]->(a:Approach)
WHERE s.stage IN $taken_over AND NOT (a)-[:ORIGINATED_IN]->(r)
WITH r, count(DISTINCT a.id) AS taken_over
OPTIONAL MATCH (r)<-[:ORIGINATED_IN]-(began:Approach)
WITH r, taken_over, count(DISTINCT began.id) AS origin_of
RETURN r.id AS id, r.name AS name, taken_over, origin_of
ORDER BY taken_over DESC, origin_of DESC, name, id
LIMIT $limit

// name: region_ties
// title: Which regions work together most?
// params: rolled: str = "labour-market region", limit: int = 200
// with: rolled: What lies in a region of this kind counts for it (Region.kind)
// returns: region_id, region, other_id, other, projects
// best: map(region=region_id, to=other_id, value=projects); graph(start=region_id, start_name=region, end=other_id, end_name=other, weight=projects)
// One row per pair of regions whose organisations share a project, with the number of such projects, most first. An organisation
// counts for its labour-market region, else for the region that it is said to lie in; one without a region counts for none. Ended
// projects count as well.
MATCH (seat:Region)
OPTIONAL MATCH (seat)-[:PART_OF*0..]->(wide:Region)
WHERE wide.kind = $rolled
WITH seat, collect(wide) AS wider
WITH seat, coalesce(wider[0], seat) AS home
MATCH (seat)<-[:LOCATED_IN]-(:Organisation)-[:PARTICIPATES_IN]->(p:Project)
WITH p, collect(DISTINCT home) AS homes
WHERE size(homes) > 1
UNWIND homes AS a
UNWIND homes AS b
WITH p, a, b
WHERE a.id < b.id
WITH a, b, count(*) AS projects
RETURN a.id AS region_id, a.name AS region, b.id AS other_id, b.name AS other, projects
ORDER BY projects DESC, region, other, region_id, other_id
LIMIT $limit

// name: region_partners
// title: With which regions does a region work?
// params: region: str, rolled: str = "labour-market region", limit: int = 1000
// with: rolled: What lies in a region of this kind counts for it (Region.kind)
// returns: region_id, region, country, projects, visits, last_year
// best: bar(label=region, value=projects); map(region=region_id, value=projects)
// One row per other region, with the projects that organisations of both take part in, the visits at which both were, and the last
// year in which any of these visits was or any of these projects is known to have begun. The region is all that lies in it, at any
// depth; a body elsewhere counts for its labour-market region, else for where it is said to lie, which may be the country itself.
MATCH (here:Region {id: $region})<-[:PART_OF*0..]-(place:Region)
OPTIONAL MATCH (place)<-[:LOCATED_IN]-(body:Organisation)
WITH collect(DISTINCT place) + collect(DISTINCT body) AS there, collect(DISTINCT place.id) AS inside
UNWIND there AS x
MATCH (x)-[:PARTICIPATES_IN|HOSTED|ATTENDED]->(thing)
WITH DISTINCT inside, thing
MATCH (thing)<-[:PARTICIPATES_IN|HOSTED|ATTENDED]-(y)
WITH inside, y, collect(DISTINCT thing) AS things
OPTIONAL MATCH (y)-[:LOCATED_IN]->(lies:Region)
WITH inside, things, coalesce(lies, y) AS seat
WHERE seat:Region AND NOT seat.id IN inside
OPTIONAL MATCH (seat)-[:PART_OF*0..]->(wide:Region)
WHERE wide.kind = $rolled
WITH things, seat, collect(DISTINCT wide) AS wider
WITH things, coalesce(wider[0], seat) AS r
UNWIND things AS thing
WITH r, count(DISTINCT CASE WHEN thing:Project THEN thing.id END) AS projects, count(DISTINCT CASE WHEN thing:Visit THEN thing.id END) AS visits,
     max(coalesce(thing.on_to, thing.started_to)) AS last
RETURN r.id AS region_id, r.name AS region, r.country AS country, projects, visits, last.year AS last_year
ORDER BY projects DESC, visits DESC, region, region_id
LIMIT $limit

// name: neighbours_apart
// title: Which neighbours share no project and never met?
// params: counted: list[str] = COUNTED_REGIONS, limit: int = 1000
// returns: region_id, region, other_id, other
// best: map(region=region_id, to=other_id); graph(start=region_id, start_name=region, end=other_id, end_name=other)
// One row per pair of regions that border each other, where no project runs in both or has organisations of both, and no visit was
// hosted or attended by both. To a region belongs all that lies in it, at any depth; what belongs to the land above it does not count.
// Borders of countries are left out. Where nothing is on record, much may still have happened.
MATCH (a:Region)-[:BORDERS]-(b:Region)
WHERE a.id < b.id AND a.kind IN $counted AND b.kind IN $counted
WITH a, collect(DISTINCT b) AS neighbours
CALL (a) {
  MATCH (a)<-[:PART_OF*0..]-(place:Region)
  OPTIONAL MATCH (place)<-[:LOCATED_IN]-(body:Organisation)
  WITH collect(DISTINCT place) + collect(DISTINCT body) AS there
  UNWIND there AS x
  MATCH (x)-[:PARTICIPATES_IN|RUNS_IN|HOSTED|ATTENDED]-(thing)
  RETURN collect(DISTINCT thing) AS ours
}
UNWIND neighbours AS b
CALL (b) {
  MATCH (b)<-[:PART_OF*0..]-(place:Region)
  OPTIONAL MATCH (place)<-[:LOCATED_IN]-(body:Organisation)
  WITH collect(DISTINCT place) + collect(DISTINCT body) AS there
  UNWIND there AS x
  MATCH (x)-[:PARTICIPATES_IN|RUNS_IN|HOSTED|ATTENDED]-(thing)
  RETURN collect(DISTINCT thing) AS theirs
}
WITH a, b, ours, theirs
WHERE none(thing IN ours WHERE thing IN theirs)
RETURN a.id AS region_id, a.name AS region, b.id AS other_id, b.name AS other
ORDER BY region, other, region_id, other_id
LIMIT $limit

// name: themes_never_met
// title: Which regions share a theme with a region and never met it?
// params: region: str, taken_over: list[str] = TAKEN_OVER, counted: list[str] = COUNTED_REGIONS, rolled: str = "labour-market region", limit: int = 200
// with: rolled: What lies in a region of this kind counts for it (Region.kind)
// returns: region_id, region, country, themes, theme_names
// best: bar(label=region, value=themes); map(region=region_id, value=themes)
// One row per other region that has a theme of this one and was at no visit with it, most common themes first. A region's themes are
// those of the projects that run in it or that its organisations take part in, of plans for it, and of approaches that began there or
// that it took over at least in part. All that lies in the region belongs to it; elsewhere a body counts for its labour-market region,
// else for where it is said to lie. Countries are left out.
MATCH (here:Region {id: $region})<-[:PART_OF*0..]-(place:Region)
OPTIONAL MATCH (place)<-[:LOCATED_IN]-(body:Organisation)
WITH collect(DISTINCT place) + collect(DISTINCT body) AS there, collect(DISTINCT place.id) AS inside
CALL (there) {
  UNWIND there AS x
  MATCH (x)-[:HOSTED|ATTENDED]->(v:Visit)
  WITH DISTINCT v
  MATCH (v)<-[:HOSTED|ATTENDED]-(y)
  WITH DISTINCT y
  OPTIONAL MATCH (y)-[:LOCATED_IN]->(lies:Region)
  WITH DISTINCT coalesce(lies, y) AS seat
  OPTIONAL MATCH (seat)-[:PART_OF*0..]->(wide:Region)
  WHERE wide.kind = $rolled
  WITH seat, collect(wide) AS wider
  RETURN collect(DISTINCT coalesce(wider[0], seat).id) AS met
}
CALL (there) {
  UNWIND there AS x
  OPTIONAL MATCH (x)-[:RUNS_IN|COVERS|ORIGINATED_IN|PARTICIPATES_IN]-(item)
  OPTIONAL MATCH (x)-[:TOOK_UP]->(s:Adoption)-[:OF]->(taken:Approach)
  WHERE s.stage IN $taken_over
  WITH collect(DISTINCT item) + collect(DISTINCT taken) AS items
  UNWIND items AS item
  MATCH (item)-[:ADDRESSES]->(t:Theme)
  RETURN collect(DISTINCT t) AS themes
}
UNWIND themes AS t
MATCH (t)<-[:ADDRESSES]-(item)
MATCH (item)-[:RUNS_IN|COVERS|ORIGINATED_IN|PARTICIPATES_IN|OF]-(x)
WITH DISTINCT inside, met, t, x
WHERE NOT x:Adoption OR x.stage IN $taken_over
OPTIONAL MATCH (x)-[:LOCATED_IN]->(lies:Region)
OPTIONAL MATCH (x)<-[:TOOK_UP]-(taker:Region)
WITH DISTINCT inside, met, t, coalesce(lies, taker, x) AS seat
WHERE seat:Region AND NOT seat.id IN inside AND seat.kind IN $counted
OPTIONAL MATCH (seat)-[:PART_OF*0..]->(wide:Region)
WHERE wide.kind = $rolled
WITH inside, met, seat, t, collect(wide) AS wider
WITH DISTINCT inside, met, coalesce(wider[0], seat) AS r, t
WHERE NOT r.id IN met AND NOT r.id IN inside
WITH r, t ORDER BY t.name, t.id
WITH r, collect(t.name) AS theme_names
RETURN r.id AS region_id, r.name AS region, r.country AS country, size(theme_names) AS themes, theme_names
ORDER BY themes DESC, region, region_id
LIMIT $limit

// name: unvisited_regions
// title: Which regions has nobody visited?
// params: counted: list[str] = COUNTED_REGIONS, limit: int = 1000
// returns: region_id, region, kind, country, approaches, organisations
// best: map(region=region_id, value=approaches); bar(label=region, value=approaches)
// One row per region in which no visit was hosted, by the region itself or by anything that lies in it, with the approaches that began
// there and the organisations in it; most approaches first, for these could be shown. Countries are left out, and so are regions with
// neither. A visit whose host nobody told is missing here.
MATCH (r:Region)
WHERE r.kind IN $counted
MATCH (r)<-[:PART_OF*0..]-(place:Region)
WITH r, collect(DISTINCT place) AS places
UNWIND places AS place
OPTIONAL MATCH (place)<-[:LOCATED_IN]-(o:Organisation)
OPTIONAL MATCH (o)-[held:HOSTED]->()
WITH r, place, count(DISTINCT o.id) AS bodies, count(held) AS held
OPTIONAL MATCH (place)<-[:ORIGINATED_IN]-(a:Approach)
WITH r, place, bodies, held, count(DISTINCT a.id) AS began
OPTIONAL MATCH (place)-[own:HOSTED]->()
WITH r, place, bodies, held, began, count(own) AS own
WITH r, sum(bodies) AS organisations, sum(began) AS approaches, sum(held) + sum(own) AS hosted
WHERE hosted = 0 AND organisations + approaches > 0
RETURN r.id AS region_id, r.name AS region, r.kind AS kind, r.country AS country, approaches, organisations
ORDER BY approaches DESC, organisations DESC, region, region_id
LIMIT $limit

// name: region_activity
// title: How much goes on in each region?
// params: counted: list[str] = COUNTED_REGIONS, limit: int = 1000
// returns: region_id, region, kind, country, organisations, projects, hosted, attended
// best: map(region=region_id, value=projects); bar(label=region, value=projects)
// One row per region with its organisations, the projects that run in it or that these take part in, and the visits that it or they
// hosted or attended; most projects first. What lies in a region counts for it at any depth, so a city's project counts for its
// province, too. Countries are left out, and so are regions of which nothing of this is known.
MATCH (r:Region)
WHERE r.kind IN $counted
MATCH (r)<-[:PART_OF*0..]-(place:Region)
OPTIONAL MATCH (place)<-[:LOCATED_IN]-(o:Organisation)
WITH r, collect(DISTINCT place) + collect(DISTINCT o) AS there, count(DISTINCT o.id) AS organisations
UNWIND there AS x
OPTIONAL MATCH (x)-[w:PARTICIPATES_IN|RUNS_IN|HOSTED|ATTENDED]-(thing)
WITH r, organisations, type(w) AS how, thing
WITH r, organisations, count(DISTINCT CASE WHEN how IN ['PARTICIPATES_IN', 'RUNS_IN'] THEN thing END) AS projects,
     count(DISTINCT CASE WHEN how = 'HOSTED' THEN thing END) AS hosted, count(DISTINCT CASE WHEN how = 'ATTENDED' THEN thing END) AS attended
WHERE organisations + projects + hosted + attended > 0
RETURN r.id AS region_id, r.name AS region, r.kind AS kind, r.country AS country, organisations, projects, hosted, attended
ORDER BY projects DESC, organisations DESC, hosted DESC, region, region_id
LIMIT $limit

// name: regions_abroad
// title: Which regions take part in projects of another country?
// params: rolled: str = "labour-market region", limit: int = 1000
// with: rolled: What lies in a region of this kind counts for it (Region.kind)
// returns: region_id, region, country, projects, countries
// best: map(region=region_id, value=projects); bar(label=region, value=projects)
// One row per region whose organisations take part in a project that runs in another country, with the number of such projects and the
// codes of these countries. An organisation counts for its labour-market region, else for where it is said to lie. A project of which
// nobody told where it runs is left out, wherever its partners are.
MATCH (p:Project)-[:RUNS_IN]->(place:Region)
WITH p, collect(DISTINCT place.country) AS runs
MATCH (p)<-[:PARTICIPATES_IN]-(o:Organisation)-[:LOCATED_IN]->(seat:Region)
WITH DISTINCT p, seat, [code IN runs WHERE code <> seat.country] AS abroad
WHERE size(abroad) > 0
WITH seat, collect({project: p.id, abroad: abroad}) AS parts
OPTIONAL MATCH (seat)-[:PART_OF*0..]->(wide:Region)
WHERE wide.kind = $rolled
WITH seat, parts, collect(wide) AS wider
WITH coalesce(wider[0], seat) AS r, parts
UNWIND parts AS part
UNWIND part.abroad AS code
WITH r, part.project AS project, code ORDER BY code
WITH r, count(DISTINCT project) AS projects, collect(DISTINCT code) AS countries
RETURN r.id AS region_id, r.name AS region, r.country AS country, projects, countries
ORDER BY projects DESC, size(countries) DESC, region, region_id
LIMIT $limit

// name: regions_by_umbrella
// title: Which regions meet in the same umbrella?
// params: least: int = 2, rolled: str = "labour-market region", limit: int = 1000
// with: least: Regions at least (1 to 1000); rolled: What lies in a region of this kind counts for it (Region.kind)
// returns: umbrella_id, umbrella, region_id, region, members
// best: matrix(row=umbrella, column=region, cell=members); graph(start=umbrella_id, start_name=umbrella, end=region_id, end_name=region, weight=members)
// One row per umbrella and region, with how many organisations of the region are its members; umbrellas with most regions first. A
// member counts for its labour-market region, else for where it is said to lie, so all national bodies are of the one region that is
// the country. Memberships that have ended count as well.
MATCH (seat:Region)
OPTIONAL MATCH (seat)-[:PART_OF*0..]->(wide:Region)
WHERE wide.kind = $rolled
WITH seat, collect(wide) AS wider
WITH seat, coalesce(wider[0], seat) AS home
MATCH (seat)<-[:LOCATED_IN]-(m:Organisation)-[:MEMBER_OF]->(u:Organisation)
WITH u, home, count(DISTINCT m.id) AS members
WITH u, collect({home: home, members: members}) AS sides
WHERE size(sides) >= $least
UNWIND sides AS side
WITH u, size(sides) AS regions, side.home AS r, side.members AS members
RETURN u.id AS umbrella_id, u.name AS umbrella, r.id AS region_id, r.name AS region, members
ORDER BY regions DESC, umbrella, umbrella_id, members DESC, region, region_id
LIMIT $limit

// name: countries_together
// title: Which countries work together?
// params: limit: int = 1000
// returns: country, other_country, projects, organisations
// best: matrix(row=country, column=other_country, cell=projects)
// One row per pair of countries whose organisations share a project, with the number of such projects and of organisations of the two
// in them; most projects first. Of a pair the country whose code comes first stands first. Organisations without a region are left
// out.
MATCH (p:Project)<-[:PARTICIPATES_IN]-(o:Organisation)-[:LOCATED_IN]->(r:Region)
WITH p, r.country AS country, collect(DISTINCT o.id) AS bodies
WITH p, collect({country: country, bodies: bodies}) AS sides
WHERE size(sides) > 1
UNWIND sides AS one
UNWIND sides AS other
WITH p, one, other
WHERE one.country < other.country
UNWIND one.bodies + other.bodies AS body
RETURN one.country AS country, other.country AS other_country, count(DISTINCT p.id) AS projects, count(DISTINCT body) AS organisations
ORDER BY projects DESC, organisations DESC, country, other_country
LIMIT $limit

// name: region_organisations
// title: Who is there in a region?
// params: region: str, limit: int = 1000
// returns: organisation_id, organisation, kind, place_id, place, projects, visits, umbrellas
// best: table; bar(label=organisation, value=projects)
// One row per organisation that lies in the region or in anything within it, most projects first, with the visits that it hosted or
// attended and the bodies that it is a member of. Organisations of the land above that work here as well are not told.
MATCH (:Region {id: $region})<-[:PART_OF*0..]-(place:Region)
WITH DISTINCT place
MATCH (place)<-[:LOCATED_IN]-(o:Organisation)
OPTIONAL MATCH (o)-[w:PARTICIPATES_IN|HOSTED|ATTENDED|MEMBER_OF]->(thing)
WITH place, o, type(w) AS how, thing.id AS thing
WITH place, o, count(DISTINCT CASE WHEN how = 'PARTICIPATES_IN' THEN thing END) AS projects,
     count(DISTINCT CASE WHEN how IN ['HOSTED', 'ATTENDED'] THEN thing END) AS visits,
     count(DISTINCT CASE WHEN how = 'MEMBER_OF' THEN thing END) AS umbrellas
RETURN o.id AS organisation_id, o.name AS organisation, o.kind AS kind, place.id AS place_id, place.name AS place, projects, visits, umbrellas
ORDER BY projects DESC, visits DESC, organisation, organisation_id
LIMIT $limit
