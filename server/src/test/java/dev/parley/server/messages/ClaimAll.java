package dev.parley.server.messages;

import dev.parley.server.platform.db.CommitOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/** Claims whatever is asked for, and remembers what it was asked and told. */
@NullUnmarked
final class ClaimAll implements AcceptClaims, AcceptClaims.Batch {

    final List<Candidacy> asked = new ArrayList<>();
    final List<CommitOutcome> ended = new ArrayList<>();

    @Override
    public Batch begin() {
        return this;
    }

    @Override
    public Lease claim(Candidacy message) {
        asked.add(message);
        return new Lease(
                message.thread().fence() + 1, message.thread().identifier(), Duration.ofSeconds(90), null, null);
    }

    @Override
    public void ended(CommitOutcome outcome) {
        ended.add(outcome);
    }
}
