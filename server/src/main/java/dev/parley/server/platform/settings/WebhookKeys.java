package dev.parley.server.platform.settings;

import static dev.parley.server.platform.settings.SettingKey.setting;
import static dev.parley.server.platform.settings.ValueTypes.duration;
import static dev.parley.server.platform.settings.ValueTypes.wholeNumber;

import java.time.Duration;
import java.util.List;

/** Settings of webhooks. */
final class WebhookKeys {

    static final SettingKey<Integer> WEBHOOKS_CONCURRENCY = setting(
            "webhooks.concurrency",
            wholeNumber(1, 10_000),
            "512",
            "Most requests under way at once, per node; at most 32 of them to one endpoint.");
    static final SettingKey<Duration> WEBHOOKS_CONNECT_TIMEOUT = setting(
            "webhooks.connectTimeout",
            duration("100ms", "1m"),
            "5s",
            "How long a receiver may take to accept a connection.");
    static final SettingKey<Duration> WEBHOOKS_FIRST_BYTE_TIMEOUT = setting(
            "webhooks.firstByteTimeout",
            duration("100ms", "1m"),
            "10s",
            "From the look-up of its name to the head of its answer.");
    static final SettingKey<Duration> WEBHOOKS_ANSWER_TIMEOUT =
            setting("webhooks.answerTimeout", duration("100ms", "1m"), "15s", "The same to the end of its answer.");
    static final SettingKey<List<Duration>> WEBHOOKS_RETRIES = setting(
            "webhooks.retries",
            ValueTypes.durations("1s", "7d", 20),
            "10s,5m,30m,4h,19h",
            "Pauses before each further try, give or take a tenth; after the last one a delivery has failed.");
    static final SettingKey<Integer> WEBHOOKS_CIRCUIT_FAILURES = setting(
            "webhooks.circuit.failures",
            wholeNumber(1, 1000),
            "10",
            "Failures in a row after which an endpoint is left alone; what is not tried meanwhile loses no try.");
    static final SettingKey<Duration> WEBHOOKS_CIRCUIT_PAUSE = setting(
            "webhooks.circuit.pause",
            duration("1s", "1h"),
            "5s",
            "How long it is left alone before one request tries it again; doubled while that fails.");
    static final SettingKey<Duration> WEBHOOKS_CIRCUIT_MAX_PAUSE =
            setting("webhooks.circuit.maxPause", duration("1s", "24h"), "5m", "The longest such pause.");
    static final SettingKey<Duration> WEBHOOKS_PAUSE_AFTER = setting(
            "webhooks.pauseAfter",
            duration("1h", "30d"),
            "3d",
            "An endpoint that did nothing but fail for so long is paused until its organization resumes it.");

    static final List<SettingSection> SECTIONS = List.of(new SettingSection(
            "Webhooks",
            List.of(
                    WEBHOOKS_CONCURRENCY,
                    WEBHOOKS_CONNECT_TIMEOUT,
                    WEBHOOKS_FIRST_BYTE_TIMEOUT,
                    WEBHOOKS_ANSWER_TIMEOUT,
                    WEBHOOKS_RETRIES,
                    WEBHOOKS_CIRCUIT_FAILURES,
                    WEBHOOKS_CIRCUIT_PAUSE,
                    WEBHOOKS_CIRCUIT_MAX_PAUSE,
                    WEBHOOKS_PAUSE_AFTER)));

    private WebhookKeys() {}
}
