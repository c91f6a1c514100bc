package dev.parley.server.webhooks.delivery;

import dev.parley.connector.Outbound.Call;
import dev.parley.connector.Outbound.Exchange;
import dev.parley.server.platform.outbound.GuardedHttp;
import dev.parley.server.webhooks.delivery.TryResult.Outcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes one try: renders, signs, calls, and reads what the answer means. Safe for use by many threads at once; blocks. */
final class Caller {

    private static final int ANSWER_LIMIT = 16 << 10;
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final GuardedHttp http;
    private final DeliveryDocument document;
    private final DeliverySettings settings;
    private final InstantSource clock;

    Caller(GuardedHttp http, DeliveryDocument document, DeliverySettings settings, InstantSource clock) {
        this.http = http;
        this.document = document;
        this.settings = settings;
        this.clock = clock;
    }

    TryResult make(Pending pending, String url, @Nullable Signer signer) {
        Instant at = clock.instant();
        long start = System.nanoTime();
        Outcome outcome = outcome(pending, url, signer, at);
        return new TryResult(pending, outcome, at, Duration.ofNanos(System.nanoTime() - start));
    }

    private Outcome outcome(Pending pending, String url, @Nullable Signer signer, Instant at) {
        Pending.Subscription webhook = pending.webhook();
        Pending.Told told = pending.event();
        if (webhook == null) {
            return new Outcome.Unsent("the webhook was deleted");
        }
        if (!webhook.active()) {
            return new Outcome.Unsent("the webhook is switched off");
        }
        if (webhook.endpointId() == null) {
            return new Outcome.Unsent("neither the webhook nor the organization has an address");
        }
        if (told == null) {
            return new Outcome.Unsent("the event is not kept any more");
        }
        if (signer == null) {
            return new Outcome.Failed(null, "this server can't open the organization's secrets", null);
        }
        String body = document.of(pending.endpoint().organizationId(), pending.id(), pending.webhookId(), told);
        Map<String, String> headers = signer.headers(pending.id().toString(), at, body, webhook.secretHeader());
        return judged(http.tell(call(url, headers, body), settings.firstByteTimeout()), at);
    }

    private Call call(String url, Map<String, String> headers, String body) {
        return new Call(
                "POST",
                URI.create(url),
                headers,
                body.getBytes(StandardCharsets.UTF_8),
                settings.answerTimeout(),
                ANSWER_LIMIT);
    }

    private static Outcome judged(Exchange exchange, Instant at) {
        return switch (exchange) {
            case Exchange.Answer answer -> answered(answer.status(), answer.headers(), at);
            case Exchange.NotSent(String reason) -> new Outcome.Failed(null, reason, null);
            case Exchange.Unknown(String reason) -> new Outcome.Failed(null, reason, null);
        };
    }

    private static Outcome answered(int status, Map<String, String> headers, Instant at) {
        if (status >= 200 && status < 300) {
            return new Outcome.Delivered(status);
        }
        if (status == GONE) {
            return new Outcome.Gone(status);
        }
        Duration wait =
                status == TOO_MANY || status == UNAVAILABLE ? RetryAfter.read(headers.get("retry-after"), at) : null;
        String error = status >= 300 && status < 400 ? "redirects are not followed" : "the receiver refused it";
        return new Outcome.Failed(status, error, wait);
    }
}
