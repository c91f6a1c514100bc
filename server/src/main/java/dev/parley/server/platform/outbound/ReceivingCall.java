package dev.parley.server.platform.outbound;

import dev.parley.connector.Outbound;
import dev.parley.connector.Outbound.Exchange;
import dev.parley.connector.Outbound.Sink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** One call whose answer is streamed away: what the caller doesn't take yet waits in the network, not in memory. */
final class ReceivingCall {

    private static final int CHUNK = 64 << 10;
    private static final String UNSTORED = "what came can't be stored";

    private final WriteWitness witness = new WriteWitness();
    private final InputStreamResponseListener listener = new InputStreamResponseListener();
    private final Sink sink;
    private final int answerLimit;

    ReceivingCall(Sink sink, int answerLimit) {
        this.sink = sink;
        this.answerLimit = answerLimit;
    }

    Exchange send(Request request, Duration deadline) {
        request.timeout(deadline.toMillis() + 1, TimeUnit.MILLISECONDS)
                .onRequestBegin(witness)
                .send(listener);
        try {
            Response response = listener.get(deadline.toMillis() + 1, TimeUnit.MILLISECONDS);
            return read(request, response);
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } catch (TimeoutException e) {
            var _ = request.abort(e);
            return failed(e);
        } catch (InterruptedException e) {
            var _ = request.abort(e);
            Thread.currentThread().interrupt();
            return failed(e);
        }
    }

    private Exchange failed(@Nullable Throwable cause) {
        String reason = FailureReason.of(cause);
        return witness.nothingLeft() ? new Exchange.NotSent(reason) : new Exchange.Unknown(reason);
    }

    private Exchange read(Request request, Response response) {
        try (InputStream in = listener.getInputStream()) {
            String problem = response.getStatus() == HttpStatus.OK_200 ? into(in) : null;
            if (problem != null) {
                var _ = request.abort(new IOException(problem));
                return new Exchange.Unknown(problem);
            }
            byte[] body = response.getStatus() == HttpStatus.OK_200 ? new byte[0] : in.readNBytes(answerLimit + 1);
            return body.length > answerLimit
                    ? new Exchange.Unknown(Outbound.TOO_LONG)
                    : new Exchange.Answer(response.getStatus(), PendingCall.headers(response), body);
        } catch (IOException e) {
            return new Exchange.Unknown(FailureReason.of(e.getCause() == null ? e : e.getCause()));
        }
    }

    /** What went wrong on our side; null when all went in. What goes wrong on the other is thrown. */
    private @Nullable String into(InputStream in) throws IOException {
        OutputStream out;
        try {
            out = sink.open();
        } catch (IOException e) {
            return UNSTORED;
        }
        try (Quiet quiet = new Quiet(out)) {
            byte[] chunk = new byte[CHUNK];
            long length = 0;
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                length += n;
                if (length > sink.limit()) {
                    return Outbound.TOO_LONG;
                }
                if (!quiet.write(chunk, n)) {
                    return UNSTORED;
                }
            }
            return quiet.flush() ? null : UNSTORED;
        }
    }

    /** Says whether it worked: an exception would look like one of the network's. */
    private record Quiet(OutputStream out) implements AutoCloseable {

        boolean write(byte[] chunk, int length) {
            try {
                out.write(chunk, 0, length);
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        boolean flush() {
            try {
                out.flush();
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                // What was flushed is there; what was not was said to have failed.
                flush();
            }
        }
    }
}
