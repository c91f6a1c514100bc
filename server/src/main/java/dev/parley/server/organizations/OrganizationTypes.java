package dev.parley.server.organizations;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.jsonapi.ResourceType.Method;

/** The declarations of organizations: one resource at two paths. */
final class OrganizationTypes {

    static final int LONGEST_NAME = 255;

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
                .sort("createdAt", "o.created_at");
    }
}
