package dev.parley.server.events.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.server.platform.http.Authenticator;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.secrets.CannotOpenException;
import dev.parley.server.platform.secrets.SecretBox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tickets open streams where a token can't be sent: a browser's {@code EventSource} sends no header, and a token does not belong
 * into a page or an address. A ticket holds for a minute on every node, for it carries what is to be known, sealed with the
 * secret key; nothing is stored, so it may be used more than once in that minute. It ends with the token it was asked for with.
 * Thread-safe.
 */
final class Tickets implements Authenticator {

    static final Duration LIFE = Duration.ofSeconds(60);

    /** What is sealed for another purpose is no ticket. */
    private static final String KIND = "parley stream ticket 1";

    /** Longer than any ticket. */
    private static final int MOST = 500;

    private final SecretBox box;
    private final InstantSource clock;
    private final Function<Collection<String>, Set<String>> ended;

    /** @param ended which of some tokens do not hold any more */
    Tickets(SecretBox box, InstantSource clock, Function<Collection<String>, Set<String>> ended) {
        this.box = box;
        this.clock = clock;
        this.ended = ended;
    }

    /**
     * A ticket.
     *
     * @param text for the address
     * @param expiresAt until when a stream can be opened with it
     */
    record Ticket(String text, Instant expiresAt) {
        @Override
        public String toString() {
            return "Ticket until " + Json.time(expiresAt);
        }
    }

    Ticket make(Caller caller) {
        Instant end = clock.instant().plus(LIFE);
        String content = String.join(
                " ", caller.organization().toString(), Long.toString(end.getEpochSecond()), caller.tokenKey(), KIND);
        return new Ticket(Base64.getUrlEncoder().withoutPadding().encodeToString(box.seal(content)), end);
    }

    /** The caller who asked for the ticket; null when it is none, or is over. */
    @Override
    public @Nullable Caller authenticate(String ticket) {
        String content = ticket.length() > MOST ? null : content(ticket);
        if (content == null) {
            return null;
        }
        List<String> words = List.of(content.split(" ", 4));
        if (words.size() < 4 || !words.get(3).equals(KIND)) {
            return null;
        }
        String key = words.get(2);
        boolean over = clock.instant().getEpochSecond() > Long.parseLong(words.get(1));
        return over || !ended.apply(Set.of(key)).isEmpty()
                ? null
                : Caller.organization(UUID.fromString(words.getFirst()), "ticket")
                        .knownBy(key);
    }

    private @Nullable String content(String ticket) {
        try {
            return box.open(Base64.getUrlDecoder().decode(ticket.getBytes(US_ASCII)));
        } catch (IllegalArgumentException | CannotOpenException none) {
            return null;
        }
    }
}
