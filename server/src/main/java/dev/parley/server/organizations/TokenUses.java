package dev.parley.server.organizations;

import dev.parley.server.platform.db.Database;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers when tokens were used, and writes it down once in a while: a request costs no statement. What a killed node had not
 * written yet is lost. Safe for use by many threads at once.
 */
public final class TokenUses {

    /** So many tokens are remembered; the uses of further ones are not, until some were written. */
    private static final int MOST = 50_000;

    /** So many are written in one statement. */
    private static final int AT_ONCE = 1_000;

    private final Database database;
    private final InstantSource clock;
    private final ConcurrentHashMap<ByteBuffer, Instant> waiting = new ConcurrentHashMap<>();

    /** None yet. */
    public TokenUses(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The last use of the token with a hash. */
    record Use(byte[] hash, Instant at) {}

    /** The token with this hash is used now. */
    void used(ByteBuffer hash) {
        if (waiting.size() < MOST || waiting.containsKey(hash)) {
            waiting.merge(hash, clock.instant(), TokenUses::later);
        }
    }

    /**
     * Writes down what came since the last time. Changes neither the version of a token nor tells anybody.
     *
     * @return how many tokens were used since; those of which another node wrote a later use count, too
     */
    public int runOneCycle() {
        List<ByteBuffer> keys = waiting.keySet().stream().sorted().toList();
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            write(keys.subList(from, Math.min(keys.size(), from + AT_ONCE)));
        }
        return keys.size();
    }

    private void write(List<ByteBuffer> keys) {
        List<Use> uses = new ArrayList<>(keys.size());
        for (ByteBuffer key : keys) {
            Instant at = waiting.remove(key);
            if (at != null) {
                uses.add(new Use(bytes(key), at.truncatedTo(ChronoUnit.MICROS)));
            }
        }
        boolean written = false;
        try {
            database.transact(connection -> {
                TokenStore.used(connection, uses);
                return true;
            });
            written = true;
        } finally {
            if (!written) {
                uses.forEach(use -> waiting.merge(ByteBuffer.wrap(use.hash()), use.at(), TokenUses::later));
            }
        }
    }

    private static byte[] bytes(ByteBuffer key) {
        byte[] bytes = new byte[key.remaining()];
        key.duplicate().get(bytes);
        return bytes;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
