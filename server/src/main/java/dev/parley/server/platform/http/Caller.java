package dev.parley.server.platform.http;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who a token belongs to.
 *
 * @param kind which of the two kinds of token it is
 * @param organizationId the organization; null for a partner
 * @param tokenName what the token is called in an audit entry; never the token or a part of it
 */
public record Caller(Kind kind, @Nullable UUID organizationId, String tokenName) {

    /** The two kinds of token. */
    public enum Kind {
        PARTNER,
        ORGANIZATION
    }

    /** The caller that holds the partner token. */
    public static Caller partner(String tokenName) {
        return new Caller(Kind.PARTNER, null, tokenName);
    }

    /** The caller that holds a token of that organization. */
    public static Caller organization(UUID organizationId, String tokenName) {
        return new Caller(Kind.ORGANIZATION, organizationId, tokenName);
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

    boolean may(Access access) {
        return switch (access) {
            case PUBLIC -> true;
            case PARTNER -> kind == Kind.PARTNER;
            case ORGANIZATION -> kind == Kind.ORGANIZATION;
        };
    }
}
