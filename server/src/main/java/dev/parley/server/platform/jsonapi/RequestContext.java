package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.hash.Sha256;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.http.HttpCall;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The request that a write or a call came with, its headers checked. Belongs to one thread. */
public final class RequestContext {

    private final HttpCall call;
    private final String contentType;
    private final @Nullable String idempotencyKey;
    private @Nullable Caller acting;
    private boolean working;
    private boolean unfinished;
    private boolean undemanding;
    private Fieldsets fieldsets = Fieldsets.WHOLE;

    RequestContext(HttpCall call, String contentType, @Nullable String idempotencyKey) {
        this.call = call;
        this.contentType = contentType;
        this.idempotencyKey = idempotencyKey;
    }

    /** The request itself. */
    public HttpCall call() {
        return call;
    }

    /** Who calls; on a path that names an organization, for that one. */
    public Caller caller() {
        return acting == null ? call.requireCaller() : acting;
    }

    /** The organization that the answer is about; null for none. */
    @Nullable
    UUID organization() {
        Caller caller = acting == null ? call.caller() : acting;
        return caller == null ? null : caller.organizationId();
    }

    /** The path names the organization that a partner calls for. */
    void actFor(UUID organization) {
        acting = call.requireCaller().actingFor(organization);
    }

    /** What {@code If-Match} demands of the state that is changed. */
    public Precondition precondition() {
        return undemanding ? Precondition.NONE : new Precondition(EntityTags.read(call.headers(), EntityTags.IF_MATCH));
    }

    /** The same, demanding nothing: for one of several writes, of which the header can't mean one. */
    RequestContext undemanding() {
        RequestContext several = new RequestContext(call, contentType, idempotencyKey);
        several.undemanding = true;
        several.acting = acting;
        return several;
    }

    /** The id of the request. */
    public String requestId() {
        return call.requestId();
    }

    /** The key of a POST, without its quotes; null for none. */
    public @Nullable String idempotencyKey() {
        return idempotencyKey;
    }

    /** SHA-256 of method, path and the key of a POST: with the organization the scope of the key. */
    public byte[] keyHash() {
        String scope = call.method() + "\n" + call.path() + "\n" + idempotencyKey;
        return Sha256.of(scope.getBytes(StandardCharsets.UTF_8));
    }

    /** Which fields the answer is to show. */
    void show(Fieldsets wanted) {
        fieldsets = wanted;
    }

    /** Which fields the answer shows: all of them until {@link #show} says otherwise. */
    Fieldsets fieldsets() {
        return fieldsets;
    }

    /** The request is in order: what is answered from now on is what the work found, and is kept for its key. */
    public void working() {
        working = true;
    }

    /** Whether the work began. */
    public boolean isWorking() {
        return working;
    }

    /** Not all that was asked for was done: the answer is not kept for the key, and whoever repeats the request has the rest done. */
    public void unfinished() {
        unfinished = true;
    }

    /** Whether something was left to be done. */
    public boolean isUnfinished() {
        return unfinished;
    }

    /** The fingerprint of the raw body: SHA-256, computed anew at each call. */
    public byte[] bodySha256() {
        byte[] taken = call.bodySha256();
        return taken == null ? Sha256.of(call.body()) : taken;
    }

    /** The media type that the caller accepts. */
    String contentType() {
        return contentType;
    }
}
