package dev.parley.server.webhooks;

import dev.parley.server.organizations.WebhookUrlCheck;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.Write;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns a POST or PATCH into what is to be stored, and says what of it does not go together. Immutable. */
final class WebhookDraft {

    private final Announced announced;
    private final WebhookUrlCheck urls;

    WebhookDraft(Announced announced, WebhookUrlCheck urls) {
        this.announced = announced;
        this.urls = urls;
    }

    /**
     * A webhook with what a PATCH gives.
     *
     * @param fields the attributes that changed; empty when none did
     */
    record Change(Webhook after, List<String> fields) {}

    /** What is wrong with a write, as far as it can be told without the row that it changes. */
    List<Problem> problems(Write write, boolean creating) {
        List<Problem> problems = new ArrayList<>(urls.problems(write));
        String resource = write.text(WebhookType.RESOURCE);
        String event = write.text(WebhookType.EVENT);
        List<String> fields = fields(write);
        if (creating && resource != null && event != null) {
            problems.addAll(together(write, resource, event, fields));
        }
        return problems;
    }

    /** What does not go together, with pointers into the write that brought it about. */
    List<Problem> together(Write write, String resource, String event, List<String> fields) {
        if (fields.isEmpty()) {
            return List.of();
        }
        boolean given = write.has(WebhookType.FIELDS);
        if (!event.equals(WebhookType.UPDATE)) {
            String detail = "Leave fields out, or write null: only the event update has fields.";
            String place = given ? WebhookType.FIELDS : WebhookType.EVENT;
            return List.of(Problem.at(ProblemCode.INVALID_VALUE, write.pointer(place), detail));
        }
        List<Problem> unknown = announced.problems(resource, new FieldNames(fields), write.pointer(WebhookType.FIELDS));
        return given || unknown.isEmpty()
                ? unknown
                : List.of(Problem.at(
                        ProblemCode.INVALID_VALUE,
                        write.pointer(WebhookType.RESOURCE),
                        "Give fields of this resource too, or null; those that are set belong to another."));
    }

    /** A new webhook, without its endpoint. */
    Webhook made(Write write, UUID id, Instant now) {
        String resource = write.require(WebhookType.RESOURCE, String.class);
        return new Webhook(
                id,
                resource,
                write.require(WebhookType.EVENT, String.class),
                announced.spelled(resource, fields(write)),
                text(write.url(WebhookType.URL)),
                null,
                Objects.requireNonNullElse(write.bool(WebhookType.SECRET_HEADER), true),
                Objects.requireNonNullElse(write.bool(WebhookType.ACTIVE), true),
                null,
                null,
                1,
                now,
                now);
    }

    /** What a PATCH makes of a webhook; its endpoint stays what it was. */
    Change changed(Webhook before, Write write, Instant now) {
        String resource = Objects.requireNonNullElse(write.text(WebhookType.RESOURCE), before.resource());
        String event = Objects.requireNonNullElse(write.text(WebhookType.EVENT), before.event());
        List<String> fields =
                write.has(WebhookType.FIELDS) ? announced.spelled(resource, fields(write)) : before.fields();
        String url = write.has(WebhookType.URL) ? text(write.url(WebhookType.URL)) : before.url();
        boolean secretHeader = Objects.requireNonNullElse(write.bool(WebhookType.SECRET_HEADER), before.secretHeader());
        boolean active = Objects.requireNonNullElse(write.bool(WebhookType.ACTIVE), before.active());
        boolean resumed = Boolean.TRUE.equals(write.bool(WebhookType.ACTIVE));
        // Whoever switches it off, or on again, knows better than what the server noted.
        String reason = write.has(WebhookType.ACTIVE) ? null : before.inactiveReason();
        Instant paused = resumed ? null : before.pausedAt();
        List<String> changed = new ArrayList<>();
        note(changed, WebhookType.RESOURCE, before.resource(), resource);
        note(changed, WebhookType.EVENT, before.event(), event);
        note(changed, WebhookType.FIELDS, before.fields(), fields);
        note(changed, WebhookType.URL, before.url(), url);
        note(changed, WebhookType.SECRET_HEADER, before.secretHeader(), secretHeader);
        note(changed, WebhookType.ACTIVE, before.active(), active);
        note(changed, WebhookType.INACTIVE_REASON, before.inactiveReason(), reason);
        note(changed, WebhookType.PAUSED_AT, before.pausedAt(), paused);
        return new Change(
                new Webhook(
                        before.id(),
                        resource,
                        event,
                        fields,
                        url,
                        before.endpointId(),
                        secretHeader,
                        active,
                        reason,
                        paused,
                        before.version() + 1,
                        before.createdAt(),
                        now),
                changed);
    }

    private static List<String> fields(Write write) {
        FieldNames given = write.value(WebhookType.FIELDS, FieldNames.class);
        return given == null ? List.of() : given.names();
    }

    private static void note(List<String> changed, String field, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            changed.add(field);
        }
    }

    private static @Nullable String text(@Nullable URI url) {
        return url == null ? null : url.toString();
    }
}
