package dev.parley.server.organizations;

import dev.parley.server.platform.http.Scope;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Resource;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A named token as callers see it: in answers and in events alike. */
final class TokenView {

    private TokenView() {}

    /** The resource; with the token itself only in the answer that made it. */
    static Resource resource(Token t, @Nullable String token) {
        ObjectNode attributes = Json.MAPPER.createObjectNode();
        attributes.put(TokenType.NAME, t.name());
        ArrayNode scopes = attributes.putArray(TokenType.SCOPES);
        EnumSet.copyOf(t.scopes()).stream().map(Scope::word).forEach(scopes::add);
        attributes.put(TokenType.EXPIRES_AT, Json.time(t.expiresAt()));
        attributes.put(TokenType.LAST_USED_AT, Json.time(t.lastUsedAt()));
        attributes.put("token", token);
        attributes.put("createdAt", Json.time(t.createdAt()));
        attributes.put("updatedAt", Json.time(t.updatedAt()));
        return new Resource(t.id(), attributes, Json.MAPPER.createObjectNode().put("version", t.version()));
    }

    /** What an event keeps; never the token. */
    static String state(Token t) {
        return resource(t, null).state();
    }
}
