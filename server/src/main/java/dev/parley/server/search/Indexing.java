package dev.parley.server.search;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes the entries of resources as these are now: whatever an event said of them, nothing older is ever written. */
final class Indexing {

    private Indexing() {}

    static void run(Connection connection, List<Changed> asked, EntryStore.Side side, int full) throws SQLException {
        List<Source> found = new ArrayList<>();
        Set<Changed> gone = new HashSet<>(asked);
        for (Source source : SourceStore.read(connection, asked)) {
            if (!source.words().isEmpty()) {
                found.add(source);
                gone.remove(new Changed(source.organizationId(), source.type(), source.id()));
            }
        }
        EntryStore.remove(connection, List.copyOf(gone));
        EntryStore.write(connection, found, side, full);
    }
}
