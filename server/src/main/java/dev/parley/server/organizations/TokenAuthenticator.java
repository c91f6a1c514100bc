package dev.parley.server.organizations;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Authenticator;
import dev.parley.server.platform.http.Caller;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the holder of a token and remembers the answer, also a negative one, for at most five seconds: that long may a
 * token go on working that was replaced on another node, when the hint of it gets lost. Hashes are remembered, never tokens. Safe for use by many
 * threads at once.
 */
public final class TokenAuthenticator implements Authenticator {

    /** For so long is an answer remembered, counted from before the database was asked. */
    static final Duration LIFE = Duration.ofSeconds(5);

    /** So many tokens are remembered of each sort. */
    private static final int MOST = 10_000;

    /** So many are asked for in one statement. */
    private static final int AT_ONCE = 1_000;

    private final Database database;
    private final LongSupplier ticker;
    private final Runnable others;
    private final TokenUses uses;
    // Apart, so that a flood of made-up tokens doesn't push out those that work.
    private final Recollection<Caller> known;
    private final Recollection<Boolean> unknown;
    private final List<Runnable> forgetting = new CopyOnWriteArrayList<>();

    /**
     * An authenticator with an empty memory.
     *
     * @param ticker nanoseconds of a clock that only goes forward, such as {@link System#nanoTime}
     * @param others tells the other nodes to forget, too
     * @param uses is told of each use of a token that works
     */
    public TokenAuthenticator(Database database, LongSupplier ticker, Runnable others, TokenUses uses) {
        this(database, ticker, others, uses, MOST);
    }

    TokenAuthenticator(Database database, LongSupplier ticker, Runnable others, TokenUses uses, int most) {
        this.database = database;
        this.ticker = ticker;
        this.others = others;
        this.uses = uses;
        this.known = new Recollection<>(most, LIFE);
        this.unknown = new Recollection<>(most, LIFE);
    }

    @Override
    public @Nullable Caller authenticate(String token) {
        byte[] hash = Credentials.hash(token);
        ByteBuffer key = ByteBuffer.wrap(hash);
        long now = ticker.getAsLong();
        Caller found = known.find(key, now);
        if (found == null && unknown.find(key, now) == null) {
            found = ask(hash, key, now);
        }
        if (found != null) {
            uses.used(key);
        }
        return found;
    }

    /** Forgets everything, here and on the other nodes: tokens were replaced, and that is committed. */
    void replaced() {
        clear();
        others.run();
    }

    /** Forgets everything: tokens were replaced elsewhere, or the news of it may have been missed. */
    public void clear() {
        known.clear();
        unknown.clear();
        forgetting.forEach(Runnable::run);
    }

    /** @param listener is run whenever tokens may have been replaced; it must be quick and must not throw */
    public void whenForgotten(Runnable listener) {
        forgetting.add(listener);
    }

    /** Those of these keys ({@link Caller#tokenKey}) whose tokens don't hold any more; asks the database, not the memory. */
    public Set<String> ended(Collection<String> keys) {
        Set<String> ended = new HashSet<>();
        List<String> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            List<byte[]> hashes = some.stream().map(HexFormat.of()::parseHex).toList();
            Set<ByteBuffer> good = database.call(connection -> TokenStore.good(connection, hashes));
            for (int i = 0; i < some.size(); i++) {
                if (!good.contains(ByteBuffer.wrap(hashes.get(i)))) {
                    ended.add(some.get(i));
                }
            }
        }
        return ended;
    }

    private @Nullable Caller ask(byte[] hash, ByteBuffer key, long now) {
        long knownTerm = known.term();
        long unknownTerm = unknown.term();
        Caller caller = database.call(connection -> TokenStore.find(connection, hash))
                .map(found -> found.knownBy(HexFormat.of().formatHex(hash)))
                .orElse(null);
        if (caller == null) {
            unknown.put(key, true, now, unknownTerm);
        } else {
            known.put(key, caller, now, knownTerm);
        }
        return caller;
    }
}
