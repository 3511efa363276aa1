// One thing, whatever it is, by its id: an indexed look-up per label.

// name: node
// title: What is known of a node
// params: id: str
// returns: label, properties
// One row with its label and all its properties; no row where no node has that id.
CALL {
  MATCH (n:Region {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Organisation {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Project {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Approach {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Visit {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Adoption {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Plan {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Theme {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Element {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Source {id: $id}) RETURN n
  UNION ALL
  MATCH (n:DataSet {id: $id}) RETURN n
}
RETURN labels(n)[0] AS label, properties(n) AS properties
ORDER BY label
LIMIT 1

// name: neighbours
// title: Neighbours of a node
// params: id: str, internal: list[str] = INTERNAL_LABELS, limit: int = 100000
// returns: type, outgoing, other_id, other_label, other_name, other_on, properties
// One row per relationship of the node, in both directions; with the date of the other end as written, where it has one.
CALL {
  MATCH (n:Region {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Organisation {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Project {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Approach {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Visit {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Adoption {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Plan {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Theme {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Element {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Source {id: $id}) RETURN n
  UNION ALL
  MATCH (n:DataSet {id: $id}) RETURN n
}
CALL (n) {
  MATCH (n)-[r]->(other)
  RETURN r, other, true AS outgoing
  UNION ALL
  MATCH (n)<-[r]-(other)
  RETURN r, other, false AS outgoing
}
WITH type(r) AS type, outgoing, other, labels(other)[0] AS other_label, properties(r) AS properties
WHERE NOT other_label IN $internal
RETURN type, outgoing, other.id AS other_id, other_label, other.name AS other_name,
       coalesce(other.on, other.started, other.published, other.data_until) AS other_on, properties
ORDER BY type, outgoing DESC, other_name, other_id
LIMIT $limit

// name: sources_of
// title: Sources of a node
// params: id: str, limit: int = 100000
// returns: id, name, publisher, published, url
// One row per source that states the node itself.
CALL {
  MATCH (n:Region {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Organisation {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Project {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Approach {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Visit {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Adoption {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Plan {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Theme {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Element {id: $id}) RETURN n
  UNION ALL
  MATCH (n:Source {id: $id}) RETURN n
  UNION ALL
  MATCH (n:DataSet {id: $id}) RETURN n
}
UNWIND coalesce(n.sources, []) AS source
MATCH (s:Source {id: source})
RETURN s.id AS id, s.name AS name, s.publisher AS publisher, s.published AS published, s.url AS url
ORDER BY name, id
LIMIT $limit
