package dev.parley.server.webhooks.delivery;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers by which a receiver knows who calls: those of Standard Webhooks, and the plain secret where it is wanted.
 * Thread-safe.
 *
 * <p>Source: github.com/standard-webhooks/standard-webhooks, {@code spec/standard-webhooks.md}.
 */
final class Signer {

    private static final String PLAIN = "X-Recrubo-Webhook-Secret";

    private final @Nullable String plain;
    private final List<Webhook> keys;

    /**
     * Signs with one or two secrets.
     *
     * @param plain sent as it is; null without one
     * @param signing {@code whsec_} and base64
     * @param previous signs along; null for none
     */
    Signer(@Nullable String plain, String signing, @Nullable String previous) {
        this.plain = plain;
        List<Webhook> all = new ArrayList<>();
        all.add(new Webhook(signing));
        if (previous != null) {
            all.add(new Webhook(previous));
        }
        this.keys = List.copyOf(all);
    }

    /**
     * The headers of one try.
     *
     * @param id of the delivery, the same at each try
     * @param at when the try is made
     * @param withPlain whether the plain secret goes along
     */
    Map<String, String> headers(String id, Instant at, String body, boolean withPlain) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/vnd.api+json");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(at.getEpochSecond()));
        headers.put("webhook-signature", signatures(id, at.getEpochSecond(), body));
        if (withPlain && plain != null) {
            headers.put(PLAIN, plain);
        }
        return headers;
    }

    private String signatures(String id, long second, String body) {
        List<String> signatures = new ArrayList<>();
        for (Webhook key : keys) {
            try {
                signatures.add(key.sign(id, second, body));
            } catch (WebhookSigningException e) {
                throw new IllegalStateException("this Java has no HmacSHA256", e);
            }
        }
        return String.join(" ", signatures);
    }
}
