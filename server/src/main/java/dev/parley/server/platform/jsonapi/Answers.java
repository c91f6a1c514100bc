package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.HttpCall;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns what came of a call into an answer. Thread-safe. */
public final class Answers {

    private static final byte[] NOTHING = new byte[0];

    /** The resource is in another state than the caller demands. */
    static final Problem STALE = new Problem(
            ProblemCode.PRECONDITION_FAILED,
            "It was changed since you got it. GET it again, apply your change to what it is now, and send that with the new ETag.",
            new Problem.Source.Header(EntityTags.IF_MATCH),
            null);

    private final Documents documents;

    Answers(Documents documents) {
        this.documents = documents;
    }

    Documents documents() {
        return documents;
    }

    /** Whatever came of a write. */
    public HttpAnswer of(RequestContext context, ResourceType type, WriteResult result) {
        return of(context, type, result, Set.of(), null);
    }

    /** @param compound that holds the resource and what is included with it; null when nothing was to be */
    HttpAnswer of(
            RequestContext context,
            ResourceType type,
            WriteResult result,
            Collection<String> ignored,
            @Nullable Compound compound) {
        return switch (result) {
            case WriteResult.Created(Resource resource) ->
                one(context, 201, type, resource, ignored, compound)
                        .with("Location", documents.path(type, organization(context), resource.id()));
            case WriteResult.Existing(Resource resource) -> one(context, 200, type, resource, ignored, compound);
            case WriteResult.Updated(Resource resource) -> one(context, 200, type, resource, ignored, compound);
            case WriteResult.Deleted() -> HttpAnswer.empty(204).with("Vary", "Accept");
            case WriteResult.Missing() -> refused(context, Problem.notFound(type.type()));
            case WriteResult.Stale() -> refused(context, STALE);
            case WriteResult.Refused(List<Problem> problems) -> refused(context, problems);
            case WriteResult.Busy busy -> busy(context, busy);
            case WriteResult.Replayed(WriteResult first) -> replayed(of(context, type, first, ignored, compound));
            case WriteResult.Kept kept -> kept(context, kept);
        };
    }

    /** One resource, with what is included; null when nothing was to be. */
    HttpAnswer one(RequestContext context, ResourceType type, Resource resource, @Nullable Compound compound) {
        return one(context, 200, type, resource, Set.of(), compound);
    }

    /** The same, or 304 without a body where that is what the caller has. */
    HttpAnswer one(
            RequestContext context,
            ResourceType type,
            Resource resource,
            @Nullable Compound compound,
            EntityTags.Given had) {
        HttpAnswer answer = one(context, type, resource, compound);
        if (!EntityTags.has(had, EntityTag.of(resource, answer.body()))) {
            return answer;
        }
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.remove("Content-Type");
        return new HttpAnswer(304, headers, NOTHING);
    }

    /** One page of a list, with what is included; null when nothing was to be. */
    HttpAnswer page(
            RequestContext context, ResourceType type, Page page, ListQuery query, @Nullable Compound compound) {
        HttpCall call = context.call();
        UUID organization = organization(context);
        return answer(
                context,
                200,
                documents.page(type, page, query, PageLinks.of(call), organization, compound, context.fieldsets()));
    }

    /**
     * 200 with what came of each of many.
     *
     * @param ignored what of each was left out; as many as results
     */
    public HttpAnswer many(
            RequestContext context,
            ResourceType type,
            List<WriteResult> results,
            List<? extends Collection<String>> ignored) {
        ResourceWriter writer = documents.writer(type, organization(context));
        return answer(context, 200, ManyAnswers.write(documents, writer, results, ignored));
    }

    /** 200 with a document that a feature wrote itself. */
    public HttpAnswer document(RequestContext context, byte[] document) {
        return answer(context, 200, document);
    }

    /** One problem. */
    public HttpAnswer refused(RequestContext context, Problem problem) {
        return refused(context, List.of(problem));
    }

    /** Problems, at least one. */
    public HttpAnswer refused(RequestContext context, List<Problem> problems) {
        return refused(context.contentType(), problems, context.requestId());
    }

    /** The attributes of a type that only the first answer shows. */
    public Set<String> shownOnce(String type) {
        return documents.shownOnce(type);
    }

    /** What was answered before, with {@code Idempotency-Replayed: true}. */
    public HttpAnswer again(RequestContext context, int status, @Nullable String location, byte[] body) {
        return kept(context, new WriteResult.Kept(status, location, body));
    }

    HttpAnswer refused(String contentType, List<Problem> problems, String requestId) {
        byte[] body = documents.problems(problems, requestId);
        return new HttpAnswer(Documents.status(problems), headers(contentType), body);
    }

    private HttpAnswer one(
            RequestContext context,
            int status,
            ResourceType type,
            Resource resource,
            Collection<String> ignored,
            @Nullable Compound compound) {
        UUID organization = organization(context);
        byte[] document = documents.one(type, resource, organization, ignored, compound, context.fieldsets());
        return answer(context, status, document)
                .with("ETag", EntityTag.of(resource, document).header());
    }

    private HttpAnswer busy(RequestContext context, WriteResult.Busy busy) {
        return retryAfter(refused(context, busy.problem()), busy.retryAfter());
    }

    /** Says when to come again, in whole seconds and not at once. */
    static HttpAnswer retryAfter(HttpAnswer refused, Duration wait) {
        long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
        return refused.with("Retry-After", Long.toString(seconds));
    }

    private static HttpAnswer replayed(HttpAnswer first) {
        return first.with("Idempotency-Replayed", "true");
    }

    private static HttpAnswer kept(RequestContext context, WriteResult.Kept kept) {
        Map<String, String> headers = kept.status() == 204 ? Map.of() : headers(context.contentType());
        HttpAnswer answer = new HttpAnswer(kept.status(), headers, kept.status() == 204 ? NOTHING : kept.body());
        String location = kept.location();
        return replayed(location == null ? answer : answer.with("Location", location));
    }

    private static HttpAnswer answer(RequestContext context, int status, byte[] body) {
        return new HttpAnswer(status, headers(context.contentType()), body);
    }

    /** The answer depends on what is accepted, and holds what no cache between should keep. */
    private static Map<String, String> headers(String contentType) {
        Map<String, String> headers = new LinkedHashMap<>(8);
        headers.put("Content-Type", contentType);
        headers.put("Vary", "Accept");
        headers.put("Cache-Control", "no-store");
        return headers;
    }

    /** That of everything in the answer, what is included too; null for a partner that calls for none. */
    private static @Nullable UUID organization(RequestContext context) {
        return context.organization();
    }
}
