package dev.parley.server.platform.http;

import dev.parley.server.platform.actor.Actor;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who a token belongs to.
 *
 * @param kind which of the two kinds of token it is
 * @param organizationId the organization; null for a partner that calls for none
 * @param tokenName what the token is called in an audit entry; never the token or a part of it
 * @param scopes what the token may be used for; of no meaning for a partner
 * @param tokenId the id of an organization's token; null for a partner
 * @param tokenKey by which it can be asked later whether the token still holds; empty where it can't. Not to be logged
 */
public record Caller(
        Kind kind,
        @Nullable UUID organizationId,
        String tokenName,
        Set<Scope> scopes,
        @Nullable UUID tokenId,
        String tokenKey) {

    private static final Set<Scope> ALL = Set.copyOf(EnumSet.allOf(Scope.class));

    /** Keeps the scopes as they are now. */
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** The two kinds of token. */
    public enum Kind {
        PARTNER,
        ORGANIZATION
    }

    /** The caller that holds the partner token. */
    public static Caller partner(String tokenName) {
        return new Caller(Kind.PARTNER, null, tokenName, ALL, null, "");
    }

    /** The caller that holds a token of that organization. */
    public static Caller organization(UUID organizationId, String tokenName) {
        return new Caller(Kind.ORGANIZATION, organizationId, tokenName, ALL, null, "");
    }

    /** The same with no more than these scopes. */
    public Caller limitedTo(Set<Scope> only) {
        return new Caller(kind, organizationId, tokenName, only, tokenId, tokenKey);
    }

    /** A partner that calls for this organization. */
    public Caller actingFor(UUID organization) {
        return new Caller(kind, organization, tokenName, scopes, tokenId, tokenKey);
    }

    /** The same with the id of its token. */
    public Caller withToken(UUID id) {
        return new Caller(kind, organizationId, tokenName, scopes, id, tokenKey);
    }

    /** The same with what its token can be asked for by. */
    public Caller knownBy(String key) {
        return new Caller(kind, organizationId, tokenName, scopes, tokenId, key);
    }

    /** As whom it acts in a request. */
    Actor actor(String requestId) {
        return switch (kind) {
            case PARTNER -> new Actor(Actor.Kind.PARTNER, null, null, requestId);
            case ORGANIZATION -> new Actor(Actor.Kind.TOKEN, tokenId, tokenName, requestId);
        };
    }

    /**
     * The organization on a route with {@link Access#ORGANIZATION}, or whose path names it.
     *
     * @throws IllegalStateException for a partner that calls for none, which such a route never sees
     */
    public UUID organization() {
        if (organizationId == null) {
            throw new IllegalStateException("a partner token has no organization");
        }
        return organizationId;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Caller[" + kind + " " + organizationId + "]";
    }

    /** Whether its token may be used for that. */
    public boolean has(Scope scope) {
        return kind == Kind.PARTNER || scopes.contains(scope);
    }

    boolean may(Access access) {
        return switch (access) {
            case PUBLIC -> true;
            case PARTNER -> kind == Kind.PARTNER;
            case ORGANIZATION -> kind == Kind.ORGANIZATION;
        };
    }
}
