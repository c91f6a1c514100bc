package dev.parley.server.templates;

import dev.parley.connector.ProviderTemplate;
import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.templates.Template.Owner;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes what one template turned out to be at its provider. */
final class TemplateSyncStore {

    private TemplateSyncStore() {}

    /**
     * Writes one.
     *
     * @param row as it stood before the provider was asked; null when there was none
     * @param found as the provider has it; null when it has it no more
     * @return its id when something changed, else null
     */
    static @Nullable UUID write(
            Connection connection,
            UUID organization,
            Owner owner,
            @Nullable Template row,
            @Nullable ProviderTemplate found,
            Ids ids,
            Instant at)
            throws SQLException {
        if (row == null) {
            return found == null ? null : insert(connection, Template.of(organization, ids.next(), owner, found, at));
        }
        if (found != null && row.known() && !differs(row, found, at)) {
            return null;
        }
        Template now = TemplateStore.lock(connection, organization, row.id());
        if (now == null || now.version() != row.version() || now.known() != row.known()) {
            return null;
        }
        if (found == null) {
            TemplateChanges.delete(connection, now);
            return now.id();
        }
        if (!now.name().equals(found.name()) || !now.language().equals(found.language())) {
            return null;
        }
        Template next = now.as(found, at);
        if (!TemplateChanges.save(connection, now, next)) {
            // Nothing that is shown: another id at the provider.
            TemplateStore.update(connection, now.identifiedBy(found.providerId()));
        }
        return now.id();
    }

    private static boolean differs(Template row, ProviderTemplate found, Instant at) {
        return !found.providerId().equals(row.providerId())
                || !row.differences(row.as(found, at)).isEmpty();
    }

    private static @Nullable UUID insert(Connection connection, Template template) throws SQLException {
        if (!TemplateStore.insert(connection, template)) {
            return null;
        }
        EventLog.append(connection, TemplateView.event(Event.Kind.CREATE, template, List.of()));
        return template.id();
    }
}
