package dev.parley.server.organizations;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.http.Scope;
import dev.parley.server.platform.jsonapi.Resource;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The named tokens of organizations, for an operator at the command line. Safe for use by many threads at once. */
public final class OperatorTokens {

    private final Database database;
    private final OrganizationService service;
    private final NamedTokens tokens;

    /** @param most an organization has at most so many named tokens */
    public OperatorTokens(Database database, OrganizationService service, int most) {
        this.database = database;
        this.service = service;
        this.tokens = new NamedTokens(database, service, most);
    }

    /** A token just made; it is shown this once. */
    public record Shown(UUID id, String token) {
        /** The id alone. */
        @Override
        public String toString() {
            return id.toString();
        }
    }

    /** A token as it is listed; times are null for never. */
    public record Listed(
            UUID id,
            String name,
            Set<Scope> scopes,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {}

    /**
     * Checks a name.
     *
     * @throws IllegalArgumentException with a sentence that says what a name has to be
     */
    public static void checkName(String name) {
        int length = name.codePointCount(0, name.length());
        if (length < 1 || length > TokenType.LONGEST_NAME || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "The name of a token must have 1 to " + TokenType.LONGEST_NAME + " characters, none of them NUL.");
        }
    }

    /**
     * All of an organization, the newest first.
     *
     * @throws IllegalArgumentException when there is no such organization
     */
    public List<Listed> list(UUID organization) {
        if (!service.exists(organization)) {
            throw nobody(organization);
        }
        return database.call(connection -> NamedTokenStore.all(connection, organization)).stream()
                .map(token ->
                        new Listed(token.id(), token.name(), token.scopes(), token.expiresAt(), token.lastUsedAt()))
                .toList();
    }

    /**
     * Makes a token.
     *
     * @param scopes at least one
     * @param expiresAt a time to come; null for no end
     * @throws IllegalArgumentException when there is no such organization, or it has as many tokens as it may
     */
    public Shown create(UUID organization, String name, Set<Scope> scopes, @Nullable Instant expiresAt) {
        checkName(name);
        Instant now = service.now();
        Token made = new Token(service.nextId(), name, scopes, expiresAt, null, 1, now, now);
        Caller operator = Caller.partner("command line").actingFor(organization);
        return switch (tokens.make(operator, made)) {
            case WriteResult.Created(Resource resource) ->
                new Shown(resource.id(), resource.attributes().get("token").stringValue());
            case WriteResult.Missing() -> throw nobody(organization);
            case WriteResult.Refused refused ->
                throw new IllegalArgumentException(refused.problems().getFirst().detail());
            case WriteResult.Existing unexpected -> throw new IllegalStateException();
            case WriteResult.Updated unexpected -> throw new IllegalStateException();
            case WriteResult.Deleted unexpected -> throw new IllegalStateException();
            case WriteResult.Stale unexpected -> throw new IllegalStateException();
            case WriteResult.Busy unexpected -> throw new IllegalStateException();
            case WriteResult.Replayed unexpected -> throw new IllegalStateException();
            case WriteResult.Kept unexpected -> throw new IllegalStateException();
        };
    }

    /**
     * Ends a token at once.
     *
     * @throws IllegalArgumentException when the organization has no such token
     */
    public void revoke(UUID organization, UUID id) {
        if (tokens.revoke(organization, id) instanceof WriteResult.Missing) {
            throw new IllegalArgumentException("The organization " + organization + " has no token " + id + ".");
        }
    }

    private static IllegalArgumentException nobody(UUID organization) {
        return new IllegalArgumentException("There is no organization " + organization + ".");
    }
}
