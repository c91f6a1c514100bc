package dev.parley.server.platform.kept;

import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.jsonapi.RequestContext;
import java.util.Objects;
import java.util.UUID;

/**
 * What a key belongs to.
 *
 * @param organization whose it is; of zeros alone for the partner's
 * @param key SHA-256 of method, path and the caller's key
 * @param fingerprint SHA-256 of the raw body
 */
record KeptKey(UUID organization, byte[] key, byte[] fingerprint) {

    /** Stands for the partner where an organization's id is asked for; no organization can have it. */
    private static final UUID PARTNER = new UUID(0, 0);

    static KeptKey of(RequestContext context) {
        Caller caller = context.caller();
        UUID organization = Objects.requireNonNullElse(caller.organizationId(), PARTNER);
        return new KeptKey(organization, context.keyHash(), context.bodySha256());
    }
}
