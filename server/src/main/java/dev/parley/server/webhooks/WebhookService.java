package dev.parley.server.webhooks;

import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes, changes and ends webhooks; each change and its event are one transaction, which holds the organization's row first.
 * Safe for use by many threads at once.
 */
final class WebhookService {

    private final Database database;
    private final InstantSource clock;
    private final Ids ids;
    private final WebhookDraft drafts;
    private final int most;

    /** @param most webhooks of an organization */
    WebhookService(Database database, InstantSource clock, Ids ids, WebhookDraft drafts, int most) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
        this.drafts = drafts;
        this.most = most;
    }

    WriteResult create(UUID organization, Write write) {
        Webhook made = drafts.made(write, Objects.requireNonNullElseGet(write.id(), ids::next), now());
        return database.transact(connection -> {
            Optional<String> fallback = EndpointStore.lockOrganizationUrl(connection, organization);
            String url = made.url() == null ? fallback.orElse(null) : made.url();
            if (url == null) {
                return WriteResult.refused(Problem.at(
                        ProblemCode.MISSING_MEMBER,
                        "/data/attributes",
                        "Give webhookUrl, or give the organization one first: PATCH /organizations."));
            }
            if (WebhookStore.count(connection, organization) >= most) {
                return WriteResult.refused(Problem.of(
                        ProblemCode.TOO_MANY_WEBHOOKS,
                        "Delete a webhook first, or join some; an organization has at most " + most + "."));
            }
            Webhook stored = made.at(EndpointStore.of(connection, organization, ids.next(), url, made.createdAt()));
            if (!WebhookStore.insert(connection, organization, stored)) {
                return WriteResult.refused(Problem.at(
                        ProblemCode.ID_TAKEN, "/data/id", "Write another id, or leave it out; this one is taken."));
            }
            append(connection, organization, stored, Event.Kind.CREATE, List.of());
            return new WriteResult.Created(WebhookView.resource(stored));
        });
    }

    WriteResult update(UUID organization, UUID id, Write write) {
        Instant now = now();
        return database.transact(connection -> {
            Optional<String> fallback = EndpointStore.lockOrganizationUrl(connection, organization);
            Optional<Webhook> found = WebhookStore.lock(connection, organization, id);
            if (found.isEmpty()) {
                return new WriteResult.Missing();
            }
            Webhook before = found.get();
            WebhookDraft.Change change = drafts.changed(before, write, now);
            Webhook after = change.after();
            List<Problem> problems =
                    drafts.together(write, after.resource(), after.event(), fieldsToCheck(write, change));
            if (!problems.isEmpty()) {
                return new WriteResult.Refused(problems);
            }
            String url = after.url() == null ? fallback.orElse(null) : after.url();
            if (url == null && write.has(WebhookType.URL)) {
                return WriteResult.refused(Problem.at(
                        ProblemCode.INVALID_VALUE,
                        write.pointer(WebhookType.URL),
                        "Write a URL, or give the organization one first: PATCH /organizations."));
            }
            UUID endpoint = url == null ? null : EndpointStore.of(connection, organization, ids.next(), url, now);
            return stored(connection, organization, before, after, change.fields(), endpoint, write);
        });
    }

    private static WriteResult stored(
            Connection connection,
            UUID organization,
            Webhook before,
            Webhook after,
            List<String> fields,
            @Nullable UUID endpoint,
            Write write)
            throws SQLException {
        if (Boolean.TRUE.equals(write.bool(WebhookType.ACTIVE)) && endpoint != null) {
            EndpointStore.resume(connection, organization, endpoint);
        }
        if (fields.isEmpty()) {
            return new WriteResult.Updated(WebhookView.resource(before));
        }
        Webhook kept = endpoint == null ? after : after.at(endpoint);
        WebhookStore.update(connection, organization, kept);
        boolean ended = before.active() && !kept.active();
        if (ended || !Objects.equals(before.endpointId(), kept.endpointId())) {
            MoveStore.note(connection, organization, kept.id(), before.endpointId());
        }
        append(connection, organization, kept, Event.Kind.UPDATE, fields);
        return new WriteResult.Updated(WebhookView.resource(kept));
    }

    /** False when there is none. */
    boolean delete(UUID organization, UUID id) {
        Instant now = now();
        return database.transact(connection -> {
            EndpointStore.lockOrganizationUrl(connection, organization);
            Optional<Webhook> found = WebhookStore.lock(connection, organization, id);
            if (found.isEmpty()) {
                return false;
            }
            WebhookStore.hide(connection, organization, id, now);
            MoveStore.note(connection, organization, id, found.get().endpointId());
            EventLog.append(
                    connection,
                    new Event(organization, Event.Kind.DELETE, WebhookType.NAME, id, null, List.of(), null, now));
            return true;
        });
    }

    /** As they were written where the write has them, so that a problem names them so. */
    private static List<String> fieldsToCheck(Write write, WebhookDraft.Change change) {
        FieldNames given = write.value(WebhookType.FIELDS, FieldNames.class);
        return given == null ? change.after().fields() : given.names();
    }

    static void append(Connection connection, UUID organization, Webhook w, Event.Kind kind, List<String> fields)
            throws SQLException {
        EventLog.append(
                connection,
                new Event(
                        organization,
                        kind,
                        WebhookType.NAME,
                        w.id(),
                        null,
                        fields,
                        WebhookView.state(w),
                        w.updatedAt()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
