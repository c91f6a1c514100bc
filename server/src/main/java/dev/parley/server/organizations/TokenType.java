package dev.parley.server.organizations;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.ResourceType;

/** The declarations of named tokens: one resource at two paths. */
final class TokenType {

    static final int LONGEST_NAME = 255;
    static final String NAME = "name";
    static final String SCOPES = "scopes";
    static final String EXPIRES_AT = "expiresAt";
    static final String LAST_USED_AT = "lastUsedAt";

    private static final String UPDATED_AT = "coalesce(t.updated_at, t.created_at)";

    /** For the organization itself. */
    static final ResourceType TYPE = declared().build();

    /** For the partner. */
    static final ResourceType MANAGED =
            declared().path("/management/organizations/{organizationId}/tokens").build();

    private TokenType() {}

    private static ResourceType.Builder declared() {
        return ResourceType.named("tokens")
                .managed()
                .shownOnce("token")
                .attributes(
                        Attribute.text(NAME, 1, LONGEST_NAME).required().updatable(),
                        Attribute.special(SCOPES, Scopes::parse).required(),
                        Attribute.time(EXPIRES_AT).optional().updatable(),
                        Attribute.time(LAST_USED_AT),
                        Attribute.text("token", 0, 255),
                        Attribute.time("createdAt"),
                        Attribute.time("updatedAt"))
                .idColumn("t.id")
                .filters(
                        Filter.key("t.id"),
                        Filter.text(NAME, LONGEST_NAME, "t.name"),
                        Filter.range(EXPIRES_AT, "t.expires_at").nullable(),
                        Filter.range(LAST_USED_AT, "t.last_used_at").nullable(),
                        Filter.range("createdAt", "t.created_at"),
                        Filter.range("updatedAt", UPDATED_AT))
                .sort("createdAt", "t.created_at")
                .sort("updatedAt", UPDATED_AT)
                .sort(NAME, "t.name")
                .nullableSort(EXPIRES_AT, "t.expires_at")
                .nullableSort(LAST_USED_AT, "t.last_used_at")
                .few();
    }
}
