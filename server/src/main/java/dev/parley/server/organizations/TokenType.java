package dev.parley.server.organizations;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.ResourceType;

/** The declaration of named tokens. */
final class TokenType {

    static final String NAME = "name";
    static final String SCOPES = "scopes";
    static final String EXPIRES_AT = "expiresAt";

    private static final String UPDATED_AT = "coalesce(t.updated_at, t.created_at)";

    static final ResourceType TYPE = ResourceType.named("tokens")
            .managed()
            .shownOnce("token")
            .attributes(
                    Attribute.text(NAME, 1, 255).required().updatable(),
                    Attribute.special(SCOPES, Scopes::parse).required(),
                    Attribute.time(EXPIRES_AT).optional().updatable(),
                    Attribute.text("token", 0, 255),
                    Attribute.time("createdAt"),
                    Attribute.time("updatedAt"))
            .idColumn("t.id")
            .filters(
                    Filter.key("t.id"),
                    Filter.text(NAME, 255, "t.name"),
                    Filter.range(EXPIRES_AT, "t.expires_at").nullable(),
                    Filter.range("createdAt", "t.created_at"),
                    Filter.range("updatedAt", UPDATED_AT))
            .sort("createdAt", "t.created_at")
            .sort("updatedAt", UPDATED_AT)
            .sort(NAME, "t.name")
            .nullableSort(EXPIRES_AT, "t.expires_at")
            .few()
            .build();

    private TokenType() {}
}
