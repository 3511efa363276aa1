// Who is there, and who works with whom.

// name: organisations
// title: Organisations
// params: limit: int = 100000
// returns: id, name, kind, aliases, region_id, region, country
// best: table; map(region=region_id)
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
// best: table; graph(start=organisation_id, end=project_id, end_name=project)
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
// best: table; graph(start=organisation_id, end=member_of_id)
// One row per organisation, umbrella and role.
MATCH (o:Organisation)-[m:MEMBER_OF]->(u:Organisation)
RETURN o.id AS organisation_id, u.id AS member_of_id, m.role AS role, m.since_from AS date_from, m.until_to AS date_to
ORDER BY organisation_id, member_of_id, role, date_from
LIMIT $limit

// name: partners_of
// title: Partners of an organisation
// params: organisation: str, limit: int = 100000
// returns: partner_id, name, shared_projects
// best: bar(label=name, value=shared_projects)
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
// best: bar(label=name, value=partners)
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

// name: brokers_between
// title: Who connects two regions?
// params: region: str, other: str, limit: int = 100
// with: region: One region (Region); other: The other region (Region)
// returns: organisation_id, organisation, kind, home_id, home, projects, visits, other_projects, other_visits
// One row per organisation that shares a project or a visit with a body of the one region and one with a body of the other; an
// organisation of one of the two needs only the other. Bodies of a region are its organisations, those of the regions in it, and these
// regions themselves. The first two counts are of what is shared with the one region, the last two with the other; a visit is shared
// by all who hosted or attended it. Those with most on their weaker side come first. What is not on record as a project or visit
// connects nobody here.
UNWIND [{id: $region, first: true}, {id: $other, first: false}] AS side
MATCH (r:Region {id: side.id})<-[:PART_OF*0..]-(place:Region)
OPTIONAL MATCH (place)<-[:LOCATED_IN]-(body:Organisation)
WITH side, collect(DISTINCT place) + collect(DISTINCT body) AS bodies
UNWIND bodies AS body
MATCH (body)-[:PARTICIPATES_IN|HOSTED|ATTENDED]->(thing)
WITH thing, collect(DISTINCT CASE WHEN side.first THEN body END) AS ones, collect(DISTINCT CASE WHEN NOT side.first THEN body END) AS others
MATCH (thing)<-[:PARTICIPATES_IN|HOSTED|ATTENDED]-(o:Organisation)
WITH DISTINCT thing, ones, others, o
WITH o, thing, o IN ones AS of_one, o IN others AS of_other, any(body IN ones WHERE body <> o) AS with_one,
     any(body IN others WHERE body <> o) AS with_other
WITH o, max(CASE WHEN of_one THEN 1 ELSE 0 END) AS of_one, max(CASE WHEN of_other THEN 1 ELSE 0 END) AS of_other,
     count(CASE WHEN with_one AND thing:Project THEN 1 END) AS projects, count(CASE WHEN with_one AND thing:Visit THEN 1 END) AS visits,
     count(CASE WHEN with_other AND thing:Project THEN 1 END) AS other_projects,
     count(CASE WHEN with_other AND thing:Visit THEN 1 END) AS other_visits
WITH o, of_one, of_other, projects, visits, other_projects, other_visits, projects + visits AS one, other_projects + other_visits AS another
WHERE (of_one = 1 OR one > 0) AND (of_other = 1 OR another > 0) AND one + another > 0
OPTIONAL MATCH (o)-[:LOCATED_IN]->(home:Region)
RETURN o.id AS organisation_id, o.name AS organisation, o.kind AS kind, home.id AS home_id, home.name AS home,
       projects, visits, other_projects, other_visits
ORDER BY CASE WHEN of_one = 1 OR (of_other = 0 AND another < one) THEN another ELSE one END DESC, one + another DESC, organisation, organisation_id
LIMIT $limit

// name: brokers
// title: Which organisations connect most regions?
// params: rolled: str = "labour-market region", limit: int = 20
// with: rolled: What lies in a region of this kind counts for it (Region.kind)
// returns: organisation_id, organisation, home_id, home, regions, countries, projects
// best: bar(label=organisation, value=regions); map(region=home_id, value=regions)
// One row per organisation, with the number of other regions, and of countries other than its own, that its partners in projects lie
// in, most regions first, and the number of projects shared with them. A partner counts for its labour-market region, else for the
// region that it is said to lie in; one without a region counts for none. Partners in two places do not say that the organisation
// brought these together.
MATCH (o:Organisation)
OPTIONAL MATCH (o)-[:LOCATED_IN]->(seat:Region)
OPTIONAL MATCH (seat)-[:PART_OF*0..]->(wide:Region)
WHERE wide.kind = $rolled
WITH o, seat, collect(wide) AS wider
WITH o, coalesce(wider[0], seat) AS home
MATCH (o)-[:PARTICIPATES_IN]->(p:Project)
WITH DISTINCT p, o, home
WITH p, collect({body: o, home: home}) AS parts, collect(DISTINCT home) AS homes
WHERE size(parts) > 1
UNWIND parts AS part
UNWIND homes AS other
WITH part.body AS o, part.home AS home, p.id AS project, other
WHERE home IS NULL OR other.id <> home.id
WITH o, home, count(DISTINCT other.id) AS regions, count(DISTINCT project) AS projects,
     count(DISTINCT CASE WHEN home IS NULL OR other.country <> home.country THEN other.country END) AS countries
RETURN o.id AS organisation_id, o.name AS organisation, home.id AS home_id, home.name AS home, regions, countries, projects
ORDER BY regions DESC, countries DESC, projects DESC, organisation, organisation_id
LIMIT $limit

// name: sole_ties
// title: Which organisations are the only tie between their region and others?
// params: rolled: str = "labour-market region", limit: int = 50
// with: rolled: What lies in a region of this kind counts for it (Region.kind)
// returns: organisation_id, organisation, region_id, region, only_tie_to, tied_to, organisations
// best: bar(label=organisation, value=only_tie_to); map(region=region_id, value=only_tie_to)
// One row per organisation that alone, of all in its region, shares projects with some other region, most such regions first. Beside
// it how many regions its region is tied to by projects at all, and how many of its organisations take part in projects; where that is
// a single one, the answer is plain and it is left out. An organisation counts for its labour-market region, else for the region that
// it is said to lie in. Projects that have ended count as well.
MATCH (seat:Region)
OPTIONAL MATCH (seat)-[:PART_OF*0..]->(wide:Region)
WHERE wide.kind = $rolled
WITH seat, collect(wide) AS wider
WITH seat, coalesce(wider[0], seat) AS home
MATCH (seat)<-[:LOCATED_IN]-(o:Organisation)-[:PARTICIPATES_IN]->(p:Project)
WITH p, home, collect(DISTINCT o) AS bodies
WITH p, collect({home: home, bodies: bodies}) AS sides, count(*) AS regions
UNWIND sides AS side
UNWIND sides AS opposite
WITH side.home AS home, opposite.home AS other, side.bodies AS bodies
UNWIND bodies AS o
WITH home, other, collect(DISTINCT o) AS bodies
WITH home, max(CASE WHEN other.id = home.id THEN size(bodies) END) AS organisations,
     collect(CASE WHEN other.id <> home.id THEN bodies END) AS ties
WHERE organisations > 1
WITH home, organisations, ties, size(ties) AS tied_to
UNWIND ties AS bodies
WITH home, organisations, tied_to, bodies
WHERE size(bodies) = 1
UNWIND bodies AS o
WITH o, home, tied_to, organisations, count(*) AS only_tie_to
RETURN o.id AS organisation_id, o.name AS organisation, home.id AS region_id, home.name AS region, only_tie_to, tied_to, organisations
ORDER BY only_tie_to DESC, organisations DESC, organisation, organisation_id
LIMIT $limit

// name: organisations_everywhere
// title: Which organisations take part everywhere?
// params: limit: int = 20
// returns: organisation_id, organisation, kind, region_id, region, themes, regions, projects, visits, umbrellas
// best: bar(label=organisation, value=themes); bar(label=organisation, value=regions)
// One row per organisation that takes part in a project, with the number of themes of its projects, of regions that these run in, and
// of projects: most themes first, then most regions and projects. Beside them the visits that it hosted or attended, and the bodies
// that it is a member of. A theme or region that lies in another counts for itself only.
MATCH (o:Organisation)-[:PARTICIPATES_IN]->(p:Project)
WITH p, collect(DISTINCT o) AS bodies
OPTIONAL MATCH (p)-[:ADDRESSES]->(t:Theme)
WITH p, bodies, collect(t.id) AS theme_ids
OPTIONAL MATCH (p)-[:RUNS_IN]->(r:Region)
WITH p, bodies, theme_ids, collect(r.id) AS region_ids
UNWIND bodies AS o
UNWIND CASE WHEN size(theme_ids) = 0 THEN [null] ELSE theme_ids END AS theme_id
UNWIND CASE WHEN size(region_ids) = 0 THEN [null] ELSE region_ids END AS region_id
WITH o, count(DISTINCT p.id) AS projects, count(DISTINCT theme_id) AS themes, count(DISTINCT region_id) AS regions
ORDER BY themes DESC, regions DESC, projects DESC, o.name, o.id
LIMIT $limit
OPTIONAL MATCH (o)-[:HOSTED|ATTENDED]->(v:Visit)
WITH o, projects, themes, regions, count(DISTINCT v.id) AS visits
OPTIONAL MATCH (o)-[:MEMBER_OF]->(u:Organisation)
WITH o, projects, themes, regions, visits, count(DISTINCT u.id) AS umbrellas
OPTIONAL MATCH (o)-[:LOCATED_IN]->(home:Region)
RETURN o.id AS organisation_id, o.name AS organisation, o.kind AS kind, home.id AS region_id, home.name AS region,
       themes, regions, projects, visits, umbrellas
ORDER BY themes DESC, regions DESC, projects DESC, organisation, organisation_id
LIMIT $limit

// name: organisations_nowhere
// title: Which organisations take part in nothing?
// params: limit: int = 1000
// returns: organisation_id, organisation, kind, region_id, region, member_of, members
// best: table; map(region=region_id)
// One row per organisation that takes part in no project, neither hosted nor attended a visit, and carries no theme or project of a
// plan. Beside it how many bodies it is a member of and how many members it has. It may well do much that nobody recorded.
MATCH (o:Organisation)
WHERE NOT EXISTS { (o)-[:PARTICIPATES_IN|HOSTED|ATTENDED|CARRIES]->() }
OPTIONAL MATCH (o)-[:MEMBER_OF]->(u:Organisation)
WITH o, count(DISTINCT u.id) AS member_of
OPTIONAL MATCH (o)<-[:MEMBER_OF]-(m:Organisation)
WITH o, member_of, count(DISTINCT m.id) AS members
OPTIONAL MATCH (o)-[:LOCATED_IN]->(r:Region)
RETURN o.id AS organisation_id, o.name AS organisation, o.kind AS kind, r.id AS region_id, r.name AS region, member_of, members
ORDER BY region IS NULL, region, organisation, organisation_id
LIMIT $limit

// name: partners_across_borders
// title: Who works together across the border of two countries?
// params: country: str = null, limit: int = 200
// with: country: Code of a country that one of the two lies in, such as DE
// returns: organisation_id, organisation, region_id, country, partner_id, partner, partner_region_id, partner_country, projects
// best: graph(start=organisation_id, start_name=organisation, end=partner_id, end_name=partner, weight=projects);
//    map(region=region_id, to=partner_region_id, value=projects)
// One row per pair of organisations that lie in different countries and share a project, most shared projects first; of one country,
// or of all. Of the two the one that lies in the country asked for stands first, else the one whose country comes first by its code.
// Organisations without a region are left out.
MATCH (p:Project)<-[:PARTICIPATES_IN]-(o:Organisation)-[:LOCATED_IN]->(r:Region)
WHERE $country IS NULL OR r.country = $country
WITH DISTINCT p, o, r
MATCH (p)<-[:PARTICIPATES_IN]-(x:Organisation)
WITH o, r, x, count(DISTINCT p.id) AS projects
MATCH (x)-[:LOCATED_IN]->(s:Region)
WHERE s.country > r.country OR ($country IS NOT NULL AND s.country < r.country)
RETURN o.id AS organisation_id, o.name AS organisation, r.id AS region_id, r.country AS country,
       x.id AS partner_id, x.name AS partner, s.id AS partner_region_id, s.country AS partner_country, projects
ORDER BY projects DESC, organisation, organisation_id, partner, partner_id
LIMIT $limit

// name: partners_no_more
// title: With whom has an organisation stopped working?
// params: organisation: str, day: date = null, limit: int = 1000
// with: day: As things stood on this day, or today
// returns: partner_id, partner, region_id, region, projects, last_project_id, last_project, ended
// One row per organisation that shared projects with this one, all of which surely ended before the day, latest end first; with their
// number and the one that ended last, its end as written. Shared work ends when the project or the part of either of the two in it
// does. As soon as one shared project has no known end, the partner is left out, for they may still work together; "2019" is over on
// the first day of 2020.
MATCH (o:Organisation {id: $organisation})-[mine:PARTICIPATES_IN]->(p:Project)
MATCH (p)<-[theirs:PARTICIPATES_IN]-(x:Organisation)
WHERE x.id <> $organisation
WITH x, p, coalesce(mine.until_to, p.ended_to) AS a, coalesce(mine.until, p.ended) AS a_on,
     coalesce(theirs.until_to, p.ended_to) AS b, coalesce(theirs.until, p.ended) AS b_on
WITH x, p, CASE WHEN b IS NULL OR a <= b THEN a ELSE coalesce(b, a) END AS over,
     CASE WHEN b IS NULL OR a <= b THEN a_on ELSE coalesce(b_on, a_on) END AS on
WITH x, p, over, on ORDER BY over DESC, on, p.name, p.id
WITH x, count(*) AS times, count(CASE WHEN over < coalesce($day, date()) THEN 1 END) AS ended, count(DISTINCT p.id) AS projects,
     collect(p)[0] AS last, collect(on)[0] AS last_on, max(over) AS last_day
WHERE times = ended
OPTIONAL MATCH (x)-[:LOCATED_IN]->(r:Region)
RETURN x.id AS partner_id, x.name AS partner, r.id AS region_id, r.name AS region, projects,
       last.id AS last_project_id, last.name AS last_project, last_on AS ended
ORDER BY last_day DESC, projects DESC, partner, partner_id
LIMIT $limit

// name: partners_of_partners
// title: Which partners of its partners is an organisation not yet working with?
// params: organisation: str, limit: int = 100
// returns: organisation_id, organisation, kind, region_id, region, partners, through, visits
// best: bar(label=organisation, value=partners); map(region=region_id, value=partners)
// One row per organisation that shares a project with a partner of this one and none with this one itself, most partners in common
// first, with their names. Visits are those that both hosted or attended: they may have met already.
MATCH (me:Organisation {id: $organisation})-[:PARTICIPATES_IN]->(:Project)<-[:PARTICIPATES_IN]-(partner:Organisation)
WHERE partner.id <> $organisation
WITH DISTINCT me, partner ORDER BY partner.name, partner.id
WITH me, collect(partner) AS partners, collect(partner.id) AS known
UNWIND partners AS partner
MATCH (partner)-[:PARTICIPATES_IN]->(:Project)<-[:PARTICIPATES_IN]-(x:Organisation)
WHERE x.id <> $organisation AND NOT x.id IN known
WITH DISTINCT me, x, partner ORDER BY partner.name, partner.id
WITH me, x, collect(partner.name) AS through
OPTIONAL MATCH (me)-[:HOSTED|ATTENDED]->(v:Visit)<-[:HOSTED|ATTENDED]-(x)
WITH x, through, count(DISTINCT v.id) AS visits
OPTIONAL MATCH (x)-[:LOCATED_IN]->(r:Region)
RETURN x.id AS organisation_id, x.name AS organisation, x.kind AS kind, r.id AS region_id, r.name AS region, size(through) AS partners, through, visits
ORDER BY partners DESC, visits DESC, organisation, organisation_id
LIMIT $limit

// name: joined_projects
// title: Who joined projects newly?
// params: since: date = null, limit: int = 200
// with: since: From this day on, or from the start of the last year on record
// returns: organisation_id, organisation, project_id, project, on, first_project
// One row per organisation and project whose taking part surely began on or after the day, latest first; the beginning is the
// organisation's own, or the project's where it has none. Whether it is its first project says that no other is known to have begun
// before, and none is undated. Without a day, the last year is meant in which anyone is known to have begun. "2019" is surely after 31
// December 2018, not after 1 March 2019; undated participations are left out.
MATCH (:Organisation)-[t:PARTICIPATES_IN]->(p:Project)
WITH max(coalesce(t.since_from, p.started_from)) AS latest
WHERE latest IS NOT NULL
WITH coalesce($since, date.truncate('year', latest)) AS day
MATCH (new:Organisation)-[t:PARTICIPATES_IN]->(p:Project)
WHERE coalesce(t.since_from, p.started_from) >= day
WITH DISTINCT day, new AS o
MATCH (o)-[t:PARTICIPATES_IN]->(p:Project)
WITH day, o, p, coalesce(t.since_from, p.started_from) AS began, coalesce(t.since, p.started) AS on
ORDER BY began, on
WITH day, o, p, min(began) AS began, collect(on)[0] AS on
WITH day, o, collect({project: p, began: began, on: on}) AS parts, min(began) AS first, count(*) AS projects, count(began) AS dated
WHERE first IS NOT NULL
UNWIND parts AS part
WITH o, part.project AS p, part.began AS began, part.on AS on, day, first >= day AND projects = dated AS first_project
WHERE began >= day
RETURN o.id AS organisation_id, o.name AS organisation, p.id AS project_id, p.name AS project, on, first_project
ORDER BY began DESC, organisation, organisation_id, project, project_id
LIMIT $limit

// name: kinds_by_theme
// title: Which kinds of organisation take part in which theme?
// params: limit: int = 1000
// returns: theme_id, theme, kind, organisations, projects
// best: matrix(row=theme, column=kind, cell=organisations)
// One row per theme and kind of organisation, with how many organisations of that kind take part in projects that address the theme,
// and in how many such projects. A theme within another counts for itself only; a kind that is absent from a theme has no row.
MATCH (t:Theme)<-[:ADDRESSES]-(p:Project)<-[:PARTICIPATES_IN]-(o:Organisation)
RETURN t.id AS theme_id, t.name AS theme, o.kind AS kind, count(DISTINCT o.id) AS organisations, count(DISTINCT p.id) AS projects
ORDER BY theme, theme_id, organisations DESC, kind
LIMIT $limit

// name: never_at_a_visit
// title: Who takes part in projects but was never at a visit?
// params: limit: int = 1000
// returns: organisation_id, organisation, kind, region_id, region, projects
// best: table; map(region=region_id, value=projects)
// One row per organisation that takes part in a project and neither hosted nor attended any visit itself, most projects first. That
// its region was there does not count.
MATCH (o:Organisation)
WHERE EXISTS { (o)-[:PARTICIPATES_IN]->() } AND NOT EXISTS { (o)-[:HOSTED|ATTENDED]->() }
MATCH (o)-[:PARTICIPATES_IN]->(p:Project)
WITH o, count(DISTINCT p.id) AS projects
OPTIONAL MATCH (o)-[:LOCATED_IN]->(r:Region)
RETURN o.id AS organisation_id, o.name AS organisation, o.kind AS kind, r.id AS region_id, r.name AS region, projects
ORDER BY projects DESC, organisation, organisation_id
LIMIT $limit

// name: umbrellas
// title: How many members of each umbrella take part in projects?
// params: limit: int = 100
// returns: umbrella_id, umbrella, kind, members, in_projects, in_its_projects
// best: bar(label=umbrella, value=in_projects)
// One row per organisation that has members, with how many members it has, how many of them take part in any project, and how many in
// a project that the umbrella itself takes part in. Members are those on record, whether or not their membership has ended; members of
// members are not counted.
MATCH (u:Organisation)<-[:MEMBER_OF]-(m:Organisation)
WITH DISTINCT u, m
OPTIONAL MATCH (m)-[:PARTICIPATES_IN]->(p:Project)
OPTIONAL MATCH (p)<-[shared:PARTICIPATES_IN]-(u)
WITH u, m, count(p) AS projects, count(shared) AS together
WITH u, count(*) AS members, count(CASE WHEN projects > 0 THEN 1 END) AS in_projects, count(CASE WHEN together > 0 THEN 1 END) AS in_its_projects
RETURN u.id AS umbrella_id, u.name AS umbrella, u.kind AS kind, members, in_projects, in_its_projects
ORDER BY members DESC, umbrella, umbrella_id
LIMIT $limit

// name: umbrella_members_in_project
// title: Which members of an umbrella take part in a project, and which do not?
// params: umbrella: str, project: str, limit: int = 1000
// with: umbrella: Umbrella (Organisation)
// returns: member_id, member, kind, takes_part, roles, member_until
// One row per direct member of the umbrella, those that take part in the project first, with their roles in it. When the membership
// ended stands beside it where that is told; whether a member without such a date is still one, the data do not say.
MATCH (u:Organisation {id: $umbrella})<-[m:MEMBER_OF]-(o:Organisation)
WITH o, m ORDER BY m.until_to
WITH o, count(*) AS times, collect(m.until) AS untils
OPTIONAL MATCH (o)-[t:PARTICIPATES_IN]->(:Project {id: $project})
WITH o, times, untils, t ORDER BY t.role
WITH o, times, untils, count(t) > 0 AS takes_part, collect(DISTINCT t.role) AS roles
RETURN o.id AS member_id, o.name AS member, o.kind AS kind, takes_part, roles, CASE WHEN size(untils) = times THEN last(untils) END AS member_until
ORDER BY takes_part DESC, member, member_id
LIMIT $limit

// name: umbrella_members_without_project
// title: Which members of an umbrella never took part in a project?
// params: umbrella: str, limit: int = 1000
// with: umbrella: Umbrella (Organisation)
// returns: member_id, member, kind, region_id, region, visits, members
// best: table; map(region=region_id)
// One row per direct member of the umbrella that is on record in no project at all, with the visits that it hosted or attended, and
// how many members it has itself: these may take part where it does not.
MATCH (u:Organisation {id: $umbrella})<-[:MEMBER_OF]-(o:Organisation)
WITH DISTINCT o
WHERE NOT EXISTS { (o)-[:PARTICIPATES_IN]->() }
OPTIONAL MATCH (o)-[:HOSTED|ATTENDED]->(v:Visit)
WITH o, count(DISTINCT v.id) AS visits
OPTIONAL MATCH (o)<-[:MEMBER_OF]-(m:Organisation)
WITH o, visits, count(DISTINCT m.id) AS members
OPTIONAL MATCH (o)-[:LOCATED_IN]->(r:Region)
RETURN o.id AS member_id, o.name AS member, o.kind AS kind, r.id AS region_id, r.name AS region, visits, members
ORDER BY visits DESC, member, member_id
LIMIT $limit

// name: roles_by_kind
// title: Which roles do which kinds of organisation have in projects?
// params: limit: int = 1000
// returns: role, kind, organisations, projects
// best: matrix(row=role, column=kind, cell=organisations)
// One row per role and kind of organisation, with how many organisations have it and in how many projects. Roles are as written; the
// role is empty where none is told.
MATCH (o:Organisation)-[t:PARTICIPATES_IN]->(p:Project)
WITH t.role AS role, o.kind AS kind, count(DISTINCT o.id) AS organisations, count(DISTINCT p.id) AS projects
RETURN role, kind, organisations, projects
ORDER BY role IS NULL, role, organisations DESC, kind
LIMIT $limit

// name: project_leads
// title: Who leads most projects?
// params: roles: list[str] = ["lead partner", "lead", "coordinator"], limit: int = 20
// with: roles: Roles that count as leading
// returns: organisation_id, organisation, region_id, region, projects, partners
// best: bar(label=organisation, value=projects); map(region=region_id, value=projects)
// One row per organisation that has one of these roles in a project, most such projects first, with how many other organisations take
// part in them. Capitals make no difference. Who leads a project of which no role is told stays unknown.
WITH [role IN $roles | toLower(role)] AS leading
MATCH (o:Organisation)-[t:PARTICIPATES_IN]->(p:Project)
WHERE toLower(t.role) IN leading
WITH DISTINCT o, p
MATCH (p)<-[:PARTICIPATES_IN]-(x:Organisation)
WITH o, count(DISTINCT p.id) AS projects, count(DISTINCT CASE WHEN x.id <> o.id THEN x.id END) AS partners
OPTIONAL MATCH (o)-[:LOCATED_IN]->(r:Region)
RETURN o.id AS organisation_id, o.name AS organisation, r.id AS region_id, r.name AS region, projects, partners
ORDER BY projects DESC, partners DESC, organisation, organisation_id
LIMIT $limit

// name: steady_partners
// title: Which organisations share most projects?
// params: least: int = 2, limit: int = 50
// with: least: Shared projects at least (1 to 1000)
// returns: organisation_id, organisation, partner_id, partner, projects, first_year
// best: graph(start=organisation_id, start_name=organisation, end=partner_id, end_name=partner, weight=projects)
// One row per pair of organisations, most shared projects first, with the year in which the earliest of these began, where any
// beginning is known. Ended projects count as well; taking part in the same project does not say how closely two worked together.
MATCH (a:Organisation)-[:PARTICIPATES_IN]->(p:Project)
WITH DISTINCT p, a
MATCH (p)<-[:PARTICIPATES_IN]-(b:Organisation)
WHERE a.id < b.id
WITH a, b, count(DISTINCT p.id) AS projects, min(p.started_from) AS first
WHERE projects >= $least
RETURN a.id AS organisation_id, a.name AS organisation, b.id AS partner_id, b.name AS partner, projects, first.year AS first_year
ORDER BY projects DESC, organisation, partner, organisation_id, partner_id
LIMIT $limit
