// The territories.

// name: regions
// title: Regions
// params: limit: int = 100000
// returns: id, name, kind, country, parent_id, latitude, longitude, population
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
