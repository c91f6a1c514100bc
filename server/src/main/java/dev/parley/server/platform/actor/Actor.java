package dev.parley.server.platform.actor;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a change. What a thread does inside of {@link #doing} is done by that actor; whatever else runs is the system's own
 * work. Another thread that does something for this one, such as a group writer, knows nothing of it. Immutable.
 *
 * @param kind which sort of actor
 * @param tokenId the organization's token that was used; null for every other kind
 * @param tokenName what that token is called; null for every other kind
 * @param requestId the request's; null outside of one
 */
public record Actor(
        Kind kind,
        @Nullable UUID tokenId,
        @Nullable String tokenName,
        @Nullable String requestId) {

    private static final ScopedValue<Actor> NOW = ScopedValue.newInstance();

    /** The server itself, in the background. */
    public static final Actor SYSTEM = new Actor(Kind.SYSTEM, null, null, null);

    /** An operator at the command line. */
    public static final Actor COMMAND_LINE = new Actor(Kind.COMMAND_LINE, null, null, null);

    /** The sorts of actor. */
    public enum Kind {
        PARTNER("partner"),
        TOKEN("token"),
        COMMAND_LINE("commandLine"),
        SYSTEM("system");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it stands in the database and on the wire. */
        public String word() {
            return word;
        }
    }

    /** Who this thread works for. */
    public static Actor current() {
        return NOW.isBound() ? NOW.get() : SYSTEM;
    }

    /** Does something as this actor. */
    public <T extends @Nullable Object, X extends Throwable> T doing(ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(NOW, this).call(work);
    }
}
