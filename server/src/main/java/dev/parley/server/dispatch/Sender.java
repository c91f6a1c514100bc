package dev.parley.server.dispatch;

import dev.parley.connector.Outbound;
import dev.parley.connector.SendRequest;
import dev.parley.connector.SendResult;
import dev.parley.server.dispatch.AttemptResult.Outcome;
import dev.parley.server.payloads.Payloads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/** Makes one attempt: the last checks, the call, its result. Safe for use by many threads at once. */
final class Sender {

    private final Payloads payloads;
    private final Outbound outbound;
    private final DispatchSettings settings;
    private final InstantSource clock;

    Sender(Payloads payloads, Outbound outbound, DispatchSettings settings, InstantSource clock) {
        this.payloads = payloads;
        this.outbound = outbound;
        this.settings = settings;
        this.clock = clock;
    }

    AttemptResult send(Duty duty) {
        long start = System.nanoTime();
        Outcome outcome = attempt(duty, start);
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        return new AttemptResult(duty, outcome, milliseconds, clock.instant());
    }

    private Outcome attempt(Duty duty, long now) {
        Duration since = Duration.ofNanos(now - duty.claimedAt());
        if (since.plus(settings.callDeadline()).compareTo(settings.lease()) >= 0) {
            return new Outcome.TooLate();
        }
        if (duty.windowLeft() != null && duty.windowLeft().compareTo(since) <= 0) {
            return new Outcome.WindowClosed();
        }
        SendRequest request = new SendRequest(
                new Reference(duty.message().organizationId(), duty.message().id(), duty.attempt()).text(),
                duty.to(),
                payloads.content(Objects.requireNonNull(duty.message().payload(), "a message to send has content")),
                duty.account().settings(),
                settings.callDeadline());
        return new Outcome.Called(call(duty, request));
    }

    private SendResult call(Duty duty, SendRequest request) {
        try {
            return duty.account().connector().send(request, outbound);
        } catch (RuntimeException e) {
            // A connector never throws; one that does may have sent.
            return new SendResult.Unknown(
                    "the connector failed: " + e.getClass().getSimpleName(), null);
        }
    }
}
