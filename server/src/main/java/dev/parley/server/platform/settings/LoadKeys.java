package dev.parley.server.platform.settings;

import static dev.parley.server.platform.settings.SettingKey.optionalSetting;
import static dev.parley.server.platform.settings.SettingKey.setting;
import static dev.parley.server.platform.settings.ValueTypes.duration;
import static dev.parley.server.platform.settings.ValueTypes.size;
import static dev.parley.server.platform.settings.ValueTypes.wholeNumber;

import java.time.Duration;
import java.util.List;

/** Settings of what one caller, and all together, may ask for. */
final class LoadKeys {

    static final SettingKey<Integer> ORGANIZATION_RATE = setting(
            "limits.organizationRequestsPerSecond",
            wholeNumber(0, 1_000_000),
            "0",
            "Requests a second that all tokens of one organization may make together, at each node; more are answered 429."
                    + " 0 for any number.");
    static final SettingKey<Integer> TOKEN_RATE = setting(
            "limits.tokenRequestsPerSecond",
            wholeNumber(0, 1_000_000),
            "0",
            "Requests a second with one token of an organization, at each node; more are answered 429. 0 for any number.");
    static final SettingKey<Duration> REQUEST_BURST = setting(
            "limits.requestBurst",
            duration("1s", "10m"),
            "10s",
            "Requests that were not made for so long may be made at once, on top of these rates.");

    static final SettingKey<Integer> QUEUE_QUOTA = setting(
            "limits.queuedMessagesPerOrganization",
            wholeNumber(0, 1_000_000_000),
            "0",
            "Messages of one organization that may be accepted and not handed over yet, scheduled ones among them; more are"
                    + " answered 429. 0 for any number.");
    static final SettingKey<DataSize> STORAGE_QUOTA = setting(
            "limits.storagePerOrganization",
            size("0B", "1024GiB"),
            "0B",
            "Bytes of files that one organization may have stored; files of further messages to candidates are answered 409,"
                    + " those of candidates are kept all the same. 0 for any amount.");
    static final SettingKey<DataSize> BODY_MEMORY = optionalSetting(
            "limits.bodyMemory",
            size("1MiB", "1GiB"),
            "Bytes of request bodies that a node holds at once, all together; more are answered 503. Files of messages pass by"
                    + " and do not count. Without it: an eighth of the heap, 32 MiB at least.");
    static final SettingKey<Integer> REQUESTS_AT_ONCE = setting(
            "limits.requestsAtOnce",
            wholeNumber(1, 1_000_000),
            "4096",
            "Requests that a node works on at once; more are answered 503.");
    static final SettingKey<Integer> CONNECTIONS = setting(
            "limits.connections",
            wholeNumber(1, 1_000_000),
            "10000",
            "Connections that a node has open at once, beside those of streams; more wait to be accepted.");
    static final SettingKey<Duration> REQUEST_TIME = setting(
            "limits.requestTime",
            duration("100ms", "10m"),
            "30s",
            "How long a request may be worked on (then 503), a small body may take to arrive (then 408), and an answer to be"
                    + " taken (then the connection is closed).");
    static final SettingKey<Duration> IDLE_TIME = setting(
            "limits.idleTime",
            duration("100ms", "10m"),
            "30s",
            "A silent connection is closed after this, and one whose next request does not come to its end after twice as long.");
    static final SettingKey<DataSize> SLOWEST = setting(
            "limits.slowest",
            size("1B", "1GiB"),
            "16KiB",
            "How much a second a large body must bring, and of a large answer must be taken, to get more time than"
                    + " `limits.requestTime`.");

    static final List<SettingSection> SECTIONS = List.of(
            new SettingSection(
                    "Limits of callers",
                    List.of(ORGANIZATION_RATE, TOKEN_RATE, REQUEST_BURST, QUEUE_QUOTA, STORAGE_QUOTA)),
            new SettingSection(
                    "Load", List.of(BODY_MEMORY, REQUESTS_AT_ONCE, CONNECTIONS, REQUEST_TIME, IDLE_TIME, SLOWEST)));

    private LoadKeys() {}
}
