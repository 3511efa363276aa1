// Documents and pages that the facts are stated in.

// name: sources
// title: Sources
// params: limit: int = 100000
// returns: id, name, publisher, published, url
// One row per document or page that some row of the data names as its source.
MATCH (s:Source)
RETURN s.id AS id, s.name AS name, s.publisher AS publisher, s.published AS published, s.url AS url
ORDER BY name, id
LIMIT $limit

// name: stated_by
// title: What rests on a source
// params: source: str, limit: int = 100000
// returns: id, label, name
// One row per entry that names this source.
MATCH (n)
WHERE $source IN n.sources
RETURN n.id AS id, labels(n)[0] AS label, n.name AS name
ORDER BY label, name, id
LIMIT $limit

// name: sources_by_facts
// title: Which sources state most?
// params: limit: int = 20
// returns: source_id, source, publisher, published, nodes, ties, facts
// best: bar(label=source, value=facts)
// One row per source that anything names, with how many entries (regions, organisations, projects, visits and so on) and how many ties
// between them name it, and both together; most first. A fact that several sources state counts for each.
CALL {
  MATCH (n)
  WHERE size(n.sources) > 0
  WITH n.sources AS named, count(*) AS times
  UNWIND named AS source
  RETURN source, times AS nodes, 0 AS ties
  UNION ALL
  MATCH ()-[tie]->()
  WHERE size(tie.sources) > 0
  WITH tie.sources AS named, count(*) AS times
  UNWIND named AS source
  RETURN source, 0 AS nodes, times AS ties
}
WITH source, sum(nodes) AS nodes, sum(ties) AS ties
MATCH (s:Source {id: source})
RETURN s.id AS source_id, s.name AS source, s.publisher AS publisher, s.published AS published, nodes, ties, nodes + ties AS facts
ORDER BY facts DESC, source, source_id
LIMIT $limit

// name: how_well_sourced
// title: How much rests on one source only?
// params: internal: list[str] = INTERNAL_LABELS, limit: int = 100
// returns: label, nodes, without_source, one_source, more_sources
// best: bar(label=label, value=one_source); bar(label=label, value=without_source)
// One row per kind of entry, with how many there are, how many of them name no source, one source only, or several. Sources and data
// sets themselves need none and are left out. How good a source is, the data do not say.
MATCH (n)
WITH labels(n)[0] AS label, size(coalesce(n.sources, [])) AS named, count(*) AS nodes
WHERE NOT label IN $internal AND NOT label IN ['Source', 'DataSet']
WITH label, sum(nodes) AS nodes, sum(CASE WHEN named = 0 THEN nodes ELSE 0 END) AS without_source,
     sum(CASE WHEN named = 1 THEN nodes ELSE 0 END) AS one_source, sum(CASE WHEN named > 1 THEN nodes ELSE 0 END) AS more_sources
RETURN label, nodes, without_source, one_source, more_sources
ORDER BY one_source DESC, label
LIMIT $limit

// name: only_stated_by
// title: What does one source alone state?
// params: source: str, limit: int = 1000
// returns: label, id, name, ties
// One row per entry (region, organisation, project, visit and so on) that names this source and no other: what would rest on nothing
// without it. Beside it how many of the entry's ties to others name this source alone.
MATCH (n)
WHERE $source IN n.sources AND size(n.sources) = 1
WITH n, labels(n)[0] AS label ORDER BY label, n.name, n.id
LIMIT $limit
OPTIONAL MATCH (n)-[tie]-()
WITH n, label, count(CASE WHEN size(tie.sources) = 1 AND $source IN tie.sources THEN 1 END) AS ties
RETURN label, n.id AS id, n.name AS name, ties
ORDER BY label, name, id
LIMIT $limit

// name: data_set_facts
// title: What does each data set hold?
// params: data_set: str = null, internal: list[str] = INTERNAL_LABELS, limit: int = 1000
// returns: data_set_id, data_set, what, facts
// best: matrix(row=what, column=data_set, cell=facts); bar(label=what, value=facts)
// One row per data set and kind of entry (such as Visit) or tie (such as ATTENDED), with how many of them it states; of one data set,
// or of all. What several data sets state counts for each.
CALL {
  MATCH (n)
  WITH n.data_sets AS sets, labels(n)[0] AS what, count(*) AS times
  WHERE NOT what IN $internal
  UNWIND sets AS data_set
  RETURN data_set, what, times, 0 AS place
  UNION ALL
  MATCH ()-[tie]->()
  WITH tie.data_sets AS sets, type(tie) AS what, count(*) AS times
  UNWIND sets AS data_set
  RETURN data_set, what, times, 1 AS place
}
WITH data_set, what, place, sum(times) AS facts
WHERE $data_set IS NULL OR data_set = $data_set
MATCH (d:DataSet {id: data_set})
RETURN d.id AS data_set_id, d.name AS data_set, what, facts
ORDER BY data_set, data_set_id, place, facts DESC, what
LIMIT $limit

// name: oldest_sources
// title: Which sources are oldest, and how much rests on them?
// params: limit: int = 50
// returns: source_id, source, publisher, published, nodes
// best: table; bar(label=source, value=nodes)
// One row per source, oldest first, undated last, with how many entries (regions, organisations, projects, visits and so on) name it;
// ties between entries are not counted. "2019" counts as old as its first day.
CALL {
  MATCH (n)
  WHERE size(n.sources) > 0
  WITH n.sources AS named, count(*) AS times
  UNWIND named AS source
  RETURN source, times
  UNION ALL
  MATCH (unused:Source)
  RETURN unused.id AS source, 0 AS times
}
WITH source, sum(times) AS nodes
MATCH (s:Source {id: source})
RETURN s.id AS source_id, s.name AS source, s.publisher AS publisher, s.published AS published, nodes
ORDER BY s.published_from IS NULL, s.published_from, s.published_to, source, source_id
LIMIT $limit

// name: sources_per_year
// title: From which years are the sources?
// params: limit: int = 1000
// returns: year, sources, publishers
// best: bar(label=year, value=sources); line(along=year, value=sources)
// One row per year in which a source was published, latest first, with how many sources and publishers; the year is empty for sources
// without a date.
MATCH (s:Source)
WITH s, s.published_from AS published
WITH published.year AS year, count(*) AS sources, count(DISTINCT s.publisher) AS publishers
RETURN year, sources, publishers
ORDER BY year IS NULL, year DESC
LIMIT $limit

// name: region_sources
// title: What does each source say about a region?
// params: region: str, source: str = null, limit: int = 1000
// returns: source_id, source, published, label, id, name
// One row per source and entry about the region: the region itself and what lies in it, its organisations, the projects and plans for
// it, the visits that it or these hosted or attended, its steps of taking up and the approaches that began there. Of one source, or of
// all; latest source first. What the source says is told by the entry.
MATCH (:Region {id: $region})<-[:PART_OF*0..]-(place:Region)
OPTIONAL MATCH (place)<-[:LOCATED_IN]-(body:Organisation)
WITH collect(DISTINCT place) + collect(DISTINCT body) AS there
UNWIND there AS x
OPTIONAL MATCH (x)-[:RUNS_IN|COVERS|ORIGINATED_IN|TOOK_UP|HOSTED|ATTENDED|PARTICIPATES_IN]-(thing)
WITH there, collect(DISTINCT thing) AS things
UNWIND there + things AS n
UNWIND n.sources AS named
WITH n, named
WHERE $source IS NULL OR named = $source
MATCH (s:Source {id: named})
RETURN s.id AS source_id, s.name AS source, s.published AS published, labels(n)[0] AS label, n.id AS id, n.name AS name
ORDER BY s.published_from IS NULL, s.published_from DESC, source, source_id, label, name, id
LIMIT $limit

// name: publishers
// title: Who publishes the sources?
// params: limit: int = 100
// returns: publisher, sources, first_published, last_published, linked
// best: bar(label=publisher, value=sources)
// One row per publisher, most sources first, with the dates of the earliest and the latest as written, and how many of them have an
// address on the web. The publisher is empty where nobody told it; two spellings count as two.
MATCH (s:Source)
WITH s ORDER BY s.published_from, s.published_to, s.id
WITH s.publisher AS publisher, count(*) AS sources, [day IN collect(s.published) WHERE day <> ''] AS days, count(s.url) AS linked
RETURN publisher, sources, head(days) AS first_published, last(days) AS last_published, linked
ORDER BY sources DESC, publisher IS NULL, publisher
LIMIT $limit
