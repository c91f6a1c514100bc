package dev.parley.server.candidates;

import dev.parley.server.platform.ids.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The statuses that every organization starts with. */
public final class CandidateStatuses {

    private static final List<String> FIRST = List.of("new", "in progress", "hired", "rejected");

    private final Ids ids;

    /** Statuses with such ids. */
    public CandidateStatuses(Ids ids) {
        this.ids = ids;
    }

    /** Stores them for a new organization, in the transaction that makes it. */
    public void seed(Connection connection, UUID organizationId, Instant now) throws SQLException {
        for (int i = 0; i < FIRST.size(); i++) {
            CandidateStatus status = new CandidateStatus(ids.next(), FIRST.get(i), i + 1, 1, now, now);
            CandidateStatusStore.insert(connection, organizationId, status);
        }
    }
}
