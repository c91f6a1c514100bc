package dev.parley.server.platform.outbound;

import dev.parley.connector.Outbound.Exchange;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** One call under way: gathers its answer and lets the caller wait for it. */
final class PendingCall extends BufferingResponseListener {

    /** How long an aborted exchange may take to be taken down; it is a matter of microseconds. */
    private static final Duration TAKE_DOWN = Duration.ofSeconds(1);

    private final WriteWitness witness = new WriteWitness();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable Result result;

    PendingCall(int answerLimit) {
        super(Math.max(1, answerLimit));
    }

    /** Sends the request, which is fully built, and waits for the end of the exchange, at most for the deadline. */
    Exchange send(Request request, Duration deadline) {
        request.onRequestBegin(witness).send(this);
        boolean interrupted = false;
        try {
            if (!done.await(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                abort(request);
            }
        } catch (InterruptedException e) {
            abort(request);
            interrupted = true;
        }
        Exchange exchange = outcome();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return exchange;
    }

    @Override
    public void onComplete(Result completed) {
        result = completed;
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
        if (completed == null) {
            return new Exchange.Unknown(FailureReason.of(new TimeoutException()));
        }
        if (completed.getResponseFailure() == null) {
            return answer(completed.getResponse());
        }
        String reason = FailureReason.of(completed.getFailure());
        return witness.nothingLeft() ? new Exchange.NotSent(reason) : new Exchange.Unknown(reason);
    }

    private Exchange answer(Response response) {
        if (response.getStatus() < HttpStatus.OK_200) {
            return new Exchange.Unknown("the answer is not HTTP");
        }
        byte[] content = getContent();
        return new Exchange.Answer(response.getStatus(), headers(response), content == null ? new byte[0] : content);
    }

    /** By names in lower case, the first value of each. */
    static Map<String, String> headers(Response response) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : response.getHeaders()) {
            headers.putIfAbsent(
                    field.getName().toLowerCase(Locale.ROOT), field.getValue() == null ? "" : field.getValue());
        }
        return Map.copyOf(headers);
    }
}
