package dev.parley.server.organizations;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.ResourceType;

/** The declaration of named tokens. */
final class TokenType {

    static final String NAME = "name";
    static final String SCOPES = "scopes";
    static final String EXPIRES_AT = "expiresAt";
    static final String LAST_USED_AT = "lastUsedAt";

    static final ResourceType TYPE = ResourceType.named("tokens")
            .managed()
            .shownOnce("token")
            .attributes(
                    Attribute.text(NAME, 1, 255).required().updatable(),
                    Attribute.special(SCOPES, Scopes::parse).required(),
                    Attribute.time(EXPIRES_AT).optional().updatable(),
                    Attribute.time(LAST_USED_AT),
                    Attribute.text("token", 0, 255),
                    Attribute.time("createdAt"),
                    Attribute.time("updatedAt"))
            .idColumn("t.id")
            .sort("createdAt", "t.created_at")
            .build();

    private TokenType() {}
}
