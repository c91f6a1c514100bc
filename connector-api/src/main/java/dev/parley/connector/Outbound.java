package dev.parley.connector;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * The one way out: an HTTP call on behalf of an organization, through the guard that checks each address. Safe for use by
 * many threads at once; blocks the calling (virtual) thread.
 */
public interface Outbound {

    /** Makes one call and never follows a redirect. Never throws for anything that the network does. */
    Exchange call(Call call);

    /**
     * What to call.
     *
     * @param method GET, POST, …
     * @param headers by name
     * @param body empty for none
     * @param deadline for the whole exchange, from the first look-up to the last byte
     * @param answerLimit the most bytes of the answer that are read; a longer one is an {@link Exchange.Unknown}
     */
    record Call(String method, URI uri, Map<String, String> headers, byte[] body, Duration deadline, int answerLimit) {
        @Override
        public String toString() {
            return "Call[" + method + " " + uri.getHost() + "]";
        }
    }

    /** What became of a call. */
    sealed interface Exchange {

        /**
         * A whole answer came.
         *
         * @param headers names in lower case, the first value of each
         */
        record Answer(int status, Map<String, String> headers, byte[] body) implements Exchange {
            @Override
            public String toString() {
                return "Answer[" + status + ", " + body.length + " bytes]";
            }
        }

        /** It failed before the first byte of the request was written. */
        record NotSent(String reason) implements Exchange {}

        /** It failed at or after the first byte of the request: nobody knows what the other side did. */
        record Unknown(String reason) implements Exchange {}
    }
}
