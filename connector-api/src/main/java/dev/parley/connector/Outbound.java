package dev.parley.connector;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
     * As {@link #call}, with a body that is streamed: it is opened once, when the request goes out.
     *
     * @param call its own body is not used
     */
    default Exchange send(Call call, ByteSource body) {
        try (InputStream in = body.open()) {
            return call(call.with(in.readAllBytes()));
        } catch (IOException e) {
            return new Exchange.NotSent("the file to send can't be read");
        }
    }

    /**
     * As {@link #call}, with the body of a 200 streamed into {@code sink}; the answer then holds none. Of any other status
     * the body is read as {@link #call} does.
     *
     * @return {@link Exchange.Unknown} with the reason {@link #TOO_LONG} when the sink's limit was reached
     */
    default Exchange receive(Call call, Sink sink) {
        Exchange exchange = call(call);
        if (!(exchange instanceof Exchange.Answer(int status, Map<String, String> headers, byte[] body))
                || status != 200) {
            return exchange;
        }
        if (body.length > sink.limit()) {
            return new Exchange.Unknown(TOO_LONG);
        }
        try (OutputStream out = sink.open()) {
            out.write(body);
        } catch (IOException e) {
            return new Exchange.Unknown("what came can't be stored");
        }
        return new Exchange.Answer(status, headers, new byte[0]);
    }

    /** The reason of an exchange whose answer was longer than its {@link Sink} takes. */
    String TOO_LONG = "the answer is too long";

    /** Takes the bytes of an answer as they come. */
    interface Sink {

        /** The most bytes that it takes. */
        long limit();

        /** Where they go; called at most once for an exchange, and closed by the caller. */
        OutputStream open() throws IOException;
    }

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
        /** The same with another body. */
        Call with(byte[] other) {
            return new Call(method, uri, headers, other, deadline, answerLimit);
        }

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
