package dev.parley.server.platform.settings;

import static dev.parley.server.platform.settings.MessagingKeys.CIRCUIT_MAX_PAUSE;
import static dev.parley.server.platform.settings.MessagingKeys.CIRCUIT_PAUSE;
import static dev.parley.server.platform.settings.MessagingKeys.DISPATCH_BACK_OFF_FIRST;
import static dev.parley.server.platform.settings.MessagingKeys.DISPATCH_BACK_OFF_MAX;
import static dev.parley.server.platform.settings.MessagingKeys.DISPATCH_CALL_DEADLINE;
import static dev.parley.server.platform.settings.MessagingKeys.DISPATCH_LEASE;
import static dev.parley.server.platform.settings.MessagingKeys.SUBMIT_QUEUE_PER_ORGANIZATION;
import static dev.parley.server.platform.settings.MessagingKeys.SUBMIT_QUEUE_TOTAL;
import static dev.parley.server.platform.settings.ServerKeys.DATABASE_PASSWORD;
import static dev.parley.server.platform.settings.ServerKeys.DATABASE_URL;
import static dev.parley.server.platform.settings.ServerKeys.DATABASE_USER;
import static dev.parley.server.platform.settings.ServerKeys.HOST;
import static dev.parley.server.platform.settings.ServerKeys.MANAGEMENT_HOST;
import static dev.parley.server.platform.settings.ServerKeys.MANAGEMENT_PORT;
import static dev.parley.server.platform.settings.ServerKeys.PORT;
import static dev.parley.server.platform.settings.ServerKeys.SECRET_KEY;

import java.time.Duration;
import java.util.List;

/** Rules between settings. A rule is left out when one of its settings is wrong by itself. */
final class CrossChecks {

    private final SettingValues values;
    private final List<String> mistakes;

    private CrossChecks(SettingValues values, List<String> mistakes) {
        this.values = values;
        this.mistakes = mistakes;
    }

    static void check(SettingValues values, List<String> mistakes) {
        CrossChecks checks = new CrossChecks(values, mistakes);
        checks.ports();
        checks.database();
        checks.lease();
        checks.bucket();
        checks.order(DISPATCH_BACK_OFF_FIRST, DISPATCH_BACK_OFF_MAX);
        checks.order(CIRCUIT_PAUSE, CIRCUIT_MAX_PAUSE);
        checks.order(StreamKeys.STREAM_PER_ORGANIZATION, StreamKeys.STREAM_PER_NODE);
        checks.order(WebhookKeys.WEBHOOKS_CIRCUIT_PAUSE, WebhookKeys.WEBHOOKS_CIRCUIT_MAX_PAUSE);
        checks.order(WebhookKeys.WEBHOOKS_FIRST_BYTE_TIMEOUT, WebhookKeys.WEBHOOKS_ANSWER_TIMEOUT);
        checks.order(SUBMIT_QUEUE_PER_ORGANIZATION, SUBMIT_QUEUE_TOTAL);
    }

    private void bucket() {
        if (good(MediaKeys.MEDIA_STORE, MediaKeys.MEDIA_S3_BUCKET)
                && values.get(MediaKeys.MEDIA_STORE) == MediaPlace.S3
                && values.find(MediaKeys.MEDIA_S3_BUCKET) == null) {
            mistakes.add("media.s3.bucket: is required with media.store=s3");
        }
    }

    private void ports() {
        if (good(PORT, MANAGEMENT_PORT, HOST, MANAGEMENT_HOST)
                && values.get(PORT) != 0
                && values.get(PORT).equals(values.get(MANAGEMENT_PORT))
                && values.get(HOST).equals(values.get(MANAGEMENT_HOST))) {
            mistake(
                    MANAGEMENT_PORT,
                    "must not be the same as " + name(PORT) + "; choose another, or 0 for any free one");
        }
    }

    private void database() {
        if (!good(DATABASE_URL, DATABASE_USER, DATABASE_PASSWORD, SECRET_KEY)) {
            return;
        }
        DatabaseUrl url = values.find(DATABASE_URL);
        if (url == null) {
            needsUrl(DATABASE_USER);
            needsUrl(DATABASE_PASSWORD);
            return;
        }
        if (values.find(SECRET_KEY) == null) {
            mistakes.add(
                    "secretKey: is required with " + name(DATABASE_URL) + ", the same for every node (PARLEY_SECRET_KEY"
                            + " or PARLEY_SECRET_KEY_FILE); make one with: head -c 32 /dev/urandom | base64");
        }
        if (url.user() != null && values.find(DATABASE_USER) != null) {
            mistake(DATABASE_USER, "is given in " + name(DATABASE_URL) + " as well; leave one out");
        }
        if (url.password() != null && values.find(DATABASE_PASSWORD) != null) {
            mistake(DATABASE_PASSWORD, "is given in " + name(DATABASE_URL) + " as well; leave one out");
        }
    }

    private void needsUrl(SettingKey<?> key) {
        if (values.find(key) != null) {
            mistake(key, "has no meaning without databaseUrl");
        }
    }

    private void lease() {
        if (!good(DISPATCH_LEASE, DISPATCH_CALL_DEADLINE)) {
            return;
        }
        Duration least = values.get(DISPATCH_CALL_DEADLINE).multipliedBy(3);
        if (values.get(DISPATCH_LEASE).compareTo(least) <= 0) {
            mistake(
                    DISPATCH_LEASE,
                    "must be more than three times " + name(DISPATCH_CALL_DEADLINE) + ", that is more than "
                            + Durations.format(least));
        }
    }

    private <T extends Comparable<T>> void order(SettingKey<T> smaller, SettingKey<T> larger) {
        if (good(smaller, larger) && values.get(smaller).compareTo(values.get(larger)) > 0) {
            mistake(smaller, "must not be more than " + name(larger));
        }
    }

    private boolean good(SettingKey<?>... keys) {
        return List.of(keys).stream().noneMatch(values::bad);
    }

    private void mistake(SettingKey<?> key, String text) {
        mistakes.add(name(key) + ": " + text);
    }

    private String name(SettingKey<?> key) {
        return values.origin(key);
    }
}
