package dev.parley.server.templates;

import dev.parley.connector.ProviderUpdate;
import dev.parley.connector.TemplateChange;
import dev.parley.connector.TemplateStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Applies what providers' callbacks say of templates. Used for one group of updates: {@link #run} in its transaction, {@link
 * #follow} after the commit.
 */
public final class TemplateApplication {

    private final TemplateMemory memory;
    private final InstantSource clock;
    private final List<Item> wanted = new ArrayList<>();
    private final List<Template> changed = new ArrayList<>();

    /**
     * One update.
     *
     * @param organization whose account it came to
     * @param account that it came to
     */
    public record Item(UUID organization, UUID account, String provider, ProviderUpdate.Template update) {}

    public TemplateApplication(TemplateMemory memory, InstantSource clock) {
        this.memory = memory;
        this.clock = clock;
    }

    /** Applies a group; those of one template in the order of the list. */
    public void run(Connection connection, List<Item> items) throws SQLException {
        wanted.clear();
        changed.clear();
        List<Item> ordered = new ArrayList<>(items);
        ordered.sort(Comparator.comparing(Item::organization)
                .thenComparing(item -> item.update().providerId()));
        for (Item item : ordered) {
            apply(connection, item);
        }
    }

    /** What is done once the group is committed: what is no longer true is forgotten, and what is not known is asked for. */
    public void follow() {
        changed.forEach(template -> memory.forget(template.organizationId(), template.id()));
        wanted.forEach(item -> memory.refresh(item.organization(), item.account()));
    }

    private void apply(Connection connection, Item item) throws SQLException {
        ProviderUpdate.Template update = item.update();
        Template before = TemplateStore.lock(
                connection,
                item.organization(),
                item.provider(),
                update.providerId(),
                update.name(),
                update.language());
        boolean gone =
                update.change() instanceof TemplateChange.Status status && status.status() == TemplateStatus.DELETED;
        if (before == null) {
            if (!gone) {
                wanted.add(item);
            }
            return;
        }
        if (gone && before.providerId() == null) {
            // An earlier one of this name is gone; this one is being handed in.
            return;
        }
        if (before.changedAt() != null && update.at().isBefore(before.changedAt())) {
            // Later news was told first. Of what the older one is about, the provider knows the latest.
            wanted.add(item);
            return;
        }
        if (update.change() instanceof TemplateChange.Other) {
            wanted.add(item);
            return;
        }
        Template named = before.identifiedBy(update.providerId());
        Template after = after(named, update);
        if (after == null) {
            TemplateChanges.delete(connection, before);
            changed.add(before);
        } else if (TemplateChanges.save(connection, named, after)) {
            changed.add(after);
        }
    }

    private @Nullable Template after(Template before, ProviderUpdate.Template update) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return switch (update.change()) {
            case TemplateChange.Status(TemplateStatus status, String reason, String category) -> {
                if (status == TemplateStatus.DELETED) {
                    yield null;
                }
                yield before.in(status, reason, category, update.at(), at);
            }
            case TemplateChange.Quality(String quality) -> before.rated(quality, before.changedAt(), at);
            case TemplateChange.Category(String category) -> before.moved(category, before.changedAt(), at);
            case TemplateChange.Other() -> before;
        };
    }
}
