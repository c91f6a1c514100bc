package dev.parley.server.platform.settings;

import static dev.parley.server.platform.settings.SettingKey.setting;
import static dev.parley.server.platform.settings.ValueTypes.duration;
import static dev.parley.server.platform.settings.ValueTypes.wholeNumber;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Settings of live streams. */
final class StreamKeys {

    private static final String ORIGIN = "https?://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?";
    private static final ValueType<List<String>> ORIGINS =
            new ValueType<>("list of origins, or *", StreamKeys::origins, all -> String.join(",", all));

    static final SettingKey<Integer> STREAM_PER_NODE = setting(
            "stream.perNode",
            wholeNumber(1, 1_000_000),
            "10000",
            "Streams of events open at once, per node; more are answered 503. Each takes a connection and a file"
                    + " descriptor.");
    static final SettingKey<Integer> STREAM_PER_ORGANIZATION = setting(
            "stream.perOrganization",
            wholeNumber(1, 1_000_000),
            "1000",
            "Streams of one organization open at once, per node; more are answered 429.");
    static final SettingKey<Duration> STREAM_HEARTBEAT = setting(
            "stream.heartbeat",
            duration("1s", "10m"),
            "15s",
            "After so much silence a stream gets a comment. Less than what proxies on the way take for dead.");
    static final SettingKey<Duration> STREAM_PATIENCE = setting(
            "stream.patience",
            duration("1s", "30s"),
            "20s",
            "A reader that takes nothing for so long is cut off; it comes back with the last id it has.");
    static final SettingKey<List<String>> STREAM_ORIGINS = setting(
            "stream.origins",
            ORIGINS,
            "",
            "Origins of web pages that may open a stream with a ticket (CORS), separated by commas, as"
                    + " https://app.example.com; * for any.");

    static final List<SettingSection> SECTIONS = List.of(new SettingSection(
            "Streams",
            List.of(STREAM_PER_NODE, STREAM_PER_ORGANIZATION, STREAM_HEARTBEAT, STREAM_PATIENCE, STREAM_ORIGINS)));

    private StreamKeys() {}

    private static List<String> origins(String text) {
        List<String> all = Stream.of(text.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
        if (!all.stream().allMatch(one -> one.equals("*") || one.matches(ORIGIN))) {
            throw new IllegalArgumentException(
                    "must be a list of origins such as https://app.example.com, without a path, or *");
        }
        return all;
    }
}
