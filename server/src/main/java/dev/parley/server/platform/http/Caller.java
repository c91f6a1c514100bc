package dev.parley.server.platform.http;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who a token belongs to.
 *
 * @param kind which of the two kinds of token it is
 * @param organizationId the organization; null for a partner
 * @param tokenName what the token is called in an audit entry; never the token or a part of it
 * @param tokenKey by which it can be asked later whether the token still holds; empty where it can't. Not to be logged
 */
public record Caller(Kind kind, @Nullable UUID organizationId, String tokenName, String tokenKey) {

    /** The two kinds of token. */
    public enum Kind {
        PARTNER,
        ORGANIZATION
    }

    /** The caller that holds the partner token. */
    public static Caller partner(String tokenName) {
        return new Caller(Kind.PARTNER, null, tokenName, "");
    }

    /** The caller that holds a token of that organization. */
    public static Caller organization(UUID organizationId, String tokenName) {
        return new Caller(Kind.ORGANIZATION, organizationId, tokenName, "");
    }

    /** The same with what its token can be asked for by. */
    public Caller knownBy(String key) {
        return new Caller(kind, organizationId, tokenName, key);
    }

    /**
     * The organization on a route with {@link Access#ORGANIZATION}.
     *
     * @throws IllegalStateException for a partner, which such a route never sees
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

    boolean may(Access access) {
        return switch (access) {
            case PUBLIC -> true;
            case PARTNER -> kind == Kind.PARTNER;
            case ORGANIZATION -> kind == Kind.ORGANIZATION;
        };
    }
}
