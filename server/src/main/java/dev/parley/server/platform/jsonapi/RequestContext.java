package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.http.HttpCall;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The request that a write or a call came with, its headers checked. Belongs to one thread. */
public final class RequestContext {

    private final HttpCall call;
    private final String contentType;
    private final @Nullable String idempotencyKey;

    RequestContext(HttpCall call, String contentType, @Nullable String idempotencyKey) {
        this.call = call;
        this.contentType = contentType;
        this.idempotencyKey = idempotencyKey;
    }

    /** The request itself. */
    public HttpCall call() {
        return call;
    }

    /** Who calls. */
    public Caller caller() {
        return call.requireCaller();
    }

    /** The id of the request. */
    public String requestId() {
        return call.requestId();
    }

    /** The key of a POST, without its quotes; null for none. */
    public @Nullable String idempotencyKey() {
        return idempotencyKey;
    }

    /** The fingerprint of the raw body: SHA-256, computed anew at each call. */
    public byte[] bodySha256() {
        byte[] taken = call.bodySha256();
        if (taken != null) {
            return taken;
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(call.body());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The media type that the caller accepts. */
    String contentType() {
        return contentType;
    }
}
