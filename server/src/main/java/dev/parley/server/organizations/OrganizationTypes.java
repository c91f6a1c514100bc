package dev.parley.server.organizations;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.Quick;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.jsonapi.ResourceType.Method;

/** The declarations of organizations: one resource at two paths. */
final class OrganizationTypes {

    static final int LONGEST_NAME = 255;

    private static final String CREATED_AT = "createdAt";

    /** For the partner. */
    static final ResourceType MANAGED =
            declared().path("/management/organizations").build();

    /** For the organization itself. */
    static final ResourceType OWN =
            declared().methods(Method.LIST, Method.GET, Method.UPDATE).build();

    private OrganizationTypes() {}

    private static ResourceType.Builder declared() {
        return ResourceType.named("organizations")
                .withoutOrganization()
                .managed()
                .ignoringBadIds()
                .shownOnce("token", "signingSecret")
                .attributes(
                        Attribute.text("name", 1, LONGEST_NAME).required().updatable(),
                        Attribute.url("webhookUrl").optional().updatable(),
                        Attribute.secret("webhookSecret", 255).optional().updatable(),
                        Attribute.text("token", 0, 255),
                        Attribute.text("signingSecret", 0, 255),
                        Attribute.time("createdAt"),
                        Attribute.time("updatedAt"))
                .relation(Relation.toMany("users", "users", "organizationId"))
                .idColumn("o.id")
                .filters(
                        Filter.key("o.id"),
                        Filter.text("name", LONGEST_NAME, "o.name"),
                        Filter.text("webhookUrl", 2048, "o.webhook_url"),
                        Filter.range(CREATED_AT, "o.created_at"),
                        Filter.range("updatedAt", "o.updated_at"))
                .sort(CREATED_AT, "o.created_at")
                .sort("updatedAt", "o.updated_at")
                .sort("name", "o.name")
                .quick(
                        Quick.index("organizations_newest").sorted(CREATED_AT),
                        Quick.index("organizations_newest").within(CREATED_AT).sorted(CREATED_AT),
                        Quick.index("organizations_by_name").by("name", Operator.EQ, Operator.IN, Operator.PREFIX),
                        Quick.index("organizations_pk").by("id", Operator.EQ, Operator.IN));
    }
}
