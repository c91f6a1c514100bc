package dev.parley.server.platform.outbound;

import dev.parley.connector.Outbound.Exchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** One call of whose answer only the head is of interest: the rest is read to a limit and forgotten, so that the connection can be
 * used again; beyond the limit it is cut off, and the head counts. */
final class TellingCall implements Response.Listener {

    private static final Duration TAKE_DOWN = Duration.ofSeconds(1);

    private final WriteWitness witness = new WriteWitness();
    private final CountDownLatch head = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final int answerLimit;
    private long taken;
    private volatile boolean cut;
    private volatile @Nullable Response answer;
    private volatile @Nullable Result result;

    TellingCall(int answerLimit) {
        this.answerLimit = answerLimit;
    }

    /** Sends the request and waits for the head of the answer so long, and for its end so long, both from now. */
    Exchange send(Request request, Duration firstByte, Duration deadline) {
        long start = System.nanoTime();
        request.onRequestBegin(witness).send(this);
        try {
            boolean inTime = head.await(Math.min(firstByte.toNanos(), deadline.toNanos()), TimeUnit.NANOSECONDS)
                    && done.await(deadline.toNanos() - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
            if (!inTime) {
                abort(request);
            }
        } catch (InterruptedException e) {
            abort(request);
            Thread.currentThread().interrupt();
        }
        return outcome();
    }

    @Override
    public void onHeaders(Response response) {
        answer = response;
        head.countDown();
    }

    @Override
    public void onContent(Response response, ByteBuffer content) {
        taken += content.remaining();
        if (taken > answerLimit && !cut) {
            cut = true;
            var _ = response.abort(new IOException("the rest of the answer is not wanted"));
        }
    }

    @Override
    public void onComplete(Result completed) {
        result = completed;
        head.countDown();
        done.countDown();
    }

    private void abort(Request request) {
        var _ = request.abort(new TimeoutException());
        try {
            done.await(TAKE_DOWN.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Exchange outcome() {
        Result completed = result;
        Response response = answer;
        if (completed == null) {
            return new Exchange.Unknown(FailureReason.of(new TimeoutException()));
        }
        if (response != null && (cut || completed.getResponseFailure() == null)) {
            return response.getStatus() < HttpStatus.OK_200
                    ? new Exchange.Unknown("the answer is not HTTP")
                    : new Exchange.Answer(response.getStatus(), PendingCall.headers(response), new byte[0]);
        }
        String reason = FailureReason.of(completed.getFailure());
        return witness.nothingLeft() ? new Exchange.NotSent(reason) : new Exchange.Unknown(reason);
    }
}
