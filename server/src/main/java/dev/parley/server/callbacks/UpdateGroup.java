package dev.parley.server.callbacks;

import dev.parley.connector.ProviderUpdate;
import dev.parley.server.callbacks.PendingStore.Kept;
import dev.parley.server.callbacks.PendingStore.Row;
import dev.parley.server.templates.TemplateApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Updates of one transaction, by what is done about them.
 *
 * @param written messages of candidates
 * @param reported statuses of ours
 * @param changing edits and takings back
 * @param templates changes of templates; their rows are done with
 * @param renamed a candidate's new address; it stands alone in its transaction, as what comes before and after it may be by
 *     another address. Null for none
 * @param done rows that nothing is to be done about
 * @param kept rows that are not understood
 */
record UpdateGroup(
        List<InboundApplication.Item> written,
        List<StatusApplication.Item<Row>> reported,
        List<ChangeApplication.Item> changing,
        List<TemplateApplication.Item> templates,
        RenameApplication.@Nullable Item renamed,
        List<Row> done,
        List<Kept> kept) {

    /** The first of these rows that can be applied together; the rest waits for its turn. */
    static UpdateGroup of(List<Row> rows, Function<Row, ProviderUpdate> parse) {
        UpdateGroup group = empty(null);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            switch (parse.apply(row)) {
                case ProviderUpdate.Inbound update -> group.written.add(new InboundApplication.Item(row, update));
                case ProviderUpdate.Status update ->
                    group.reported.add(
                            new StatusApplication.Item<>(row, row.organizationId(), row.accountId(), update));
                case ProviderUpdate.Edited update ->
                    group.changing.add(new ChangeApplication.Item(row, update, update.originalId()));
                case ProviderUpdate.Revoked update ->
                    group.changing.add(new ChangeApplication.Item(row, update, update.originalId()));
                case ProviderUpdate.Renamed update -> {
                    if (i > 0) {
                        return group;
                    }
                    UpdateGroup alone = empty(new RenameApplication.Item(row, update));
                    alone.done.add(row);
                    return alone;
                }
                case ProviderUpdate.Template update -> {
                    group.done.add(row);
                    group.templates.add(new TemplateApplication.Item(
                            row.organizationId(), row.accountId(), row.provider(), update));
                }
                case ProviderUpdate.Notice _ -> group.done.add(row);
                case ProviderUpdate.Unknown(String reason) -> group.kept.add(new Kept(row, "set_aside", null, reason));
            }
        }
        return group;
    }

    private static UpdateGroup empty(RenameApplication.@Nullable Item renamed) {
        return new UpdateGroup(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                renamed,
                new ArrayList<>(),
                new ArrayList<>());
    }
}
