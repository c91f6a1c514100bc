package dev.parley.server.organizations;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Authenticator;
import dev.parley.server.platform.http.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the holder of a token, remembering each for at most five seconds: so long may a token work after it was
 * replaced on another node. Unknown tokens are not remembered. Safe for use by many threads at once.
 */
public final class TokenAuthenticator implements Authenticator {

    private static final Duration LIFE = Duration.ofSeconds(5);
    private static final int MOST = 10_000;

    private record Entry(Caller caller, Instant until) {}

    private final Database database;
    private final InstantSource clock;
    private final Map<String, Entry> cache = new ConcurrentHashMap<>();

    /** An authenticator with an empty memory. */
    public TokenAuthenticator(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public @Nullable Caller authenticate(String token) {
        byte[] hash = Credentials.hash(token);
        String key = HexFormat.of().formatHex(hash);
        Instant now = clock.instant();
        Entry known = cache.get(key);
        if (known != null && now.isBefore(known.until())) {
            return known.caller();
        }
        Caller caller =
                database.call(connection -> TokenStore.find(connection, hash)).orElse(null);
        if (caller == null) {
            cache.remove(key);
            return null;
        }
        if (cache.size() >= MOST) {
            cache.clear();
        }
        cache.put(key, new Entry(caller, now.plus(LIFE)));
        return caller;
    }

    /** Forgets everything: a token was replaced, or the news of it may have been missed. */
    public void clear() {
        cache.clear();
    }
}
