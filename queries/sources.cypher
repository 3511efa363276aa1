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
