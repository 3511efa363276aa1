// Who is there, and who works with whom.

// name: organisations
// title: Organisations
// params: limit: int = 100000
// returns: id, name, kind, aliases, region_id, region, country
// One row per organisation, with the region it lies in.
MATCH (o:Organisation)
OPTIONAL MATCH (o)-[:LOCATED_IN]->(r:Region)
RETURN o.id AS id, o.name AS name, o.kind AS kind, coalesce(o.aliases, []) AS aliases,
       r.id AS region_id, r.name AS region, r.country AS country
ORDER BY name, id
LIMIT $limit

// name: participations
// title: Who takes part in which project
// params: limit: int = 100000
// returns: organisation_id, project_id, project, role, date_from, date_to
// One row per organisation, project and role. The dates are the participation's own; where it has none, the project's; empty where neither is known.
MATCH (o:Organisation)-[t:PARTICIPATES_IN]->(p:Project)
RETURN o.id AS organisation_id, p.id AS project_id, p.name AS project, t.role AS role,
       coalesce(t.since_from, p.started_from) AS date_from, coalesce(t.until_to, p.ended_to) AS date_to
ORDER BY organisation_id, project_id, role, date_from
LIMIT $limit

// name: memberships
// title: Who is a member of what
// params: limit: int = 100000
// returns: organisation_id, member_of_id, role, date_from, date_to
// One row per organisation, umbrella and role.
MATCH (o:Organisation)-[m:MEMBER_OF]->(u:Organisation)
RETURN o.id AS organisation_id, u.id AS member_of_id, m.role AS role, m.since_from AS date_from, m.until_to AS date_to
ORDER BY organisation_id, member_of_id, role, date_from
LIMIT $limit

// name: partners_of
// title: Partners of an organisation
// params: organisation: str, limit: int = 100000
// returns: partner_id, name, shared_projects
// One row per organisation that takes part in a project of this one, most shared projects first.
MATCH (o:Organisation {id: $organisation})-[:PARTICIPATES_IN]->(p:Project)<-[:PARTICIPATES_IN]-(other:Organisation)
WHERE other.id <> $organisation
RETURN other.id AS partner_id, other.name AS name, count(DISTINCT p.id) AS shared_projects
ORDER BY shared_projects DESC, name, partner_id
LIMIT $limit

// name: most_connected
// title: Organisations with most partners
// params: limit: int = 10
// returns: id, name, region, partners, projects
// One row per organisation that shares a project with another, most partners first. Projects are all that it takes part in.
MATCH (o:Organisation)-[:PARTICIPATES_IN]->(p:Project)
MATCH (p)<-[:PARTICIPATES_IN]-(other)
WITH o, count(DISTINCT p.id) AS projects, count(DISTINCT CASE WHEN other.id <> o.id THEN other.id END) AS partners
WHERE partners > 0
OPTIONAL MATCH (o)-[:LOCATED_IN]->(r:Region)
RETURN o.id AS id, o.name AS name, r.name AS region, partners, projects
ORDER BY partners DESC, projects DESC, name, id
LIMIT $limit

// name: shared_projects
// title: Projects that two organisations share
// params: organisation: str, partner: str, limit: int = 100000
// with: partner: The other organisation (Organisation)
// returns: id, name, started, ended
// One row per project that both take part in, in time order, undated last.
MATCH (a:Organisation {id: $organisation})-[:PARTICIPATES_IN]->(p:Project)<-[:PARTICIPATES_IN]-(b:Organisation {id: $partner})
WITH DISTINCT p
RETURN p.id AS id, p.name AS name, p.started AS started, p.ended AS ended
ORDER BY p.started_from IS NULL, p.started_from, name, id
LIMIT $limit
