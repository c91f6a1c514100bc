package dev.parley.server.platform.settings;

import static dev.parley.server.platform.settings.SettingKey.setting;
import static dev.parley.server.platform.settings.ValueTypes.duration;
import static dev.parley.server.platform.settings.ValueTypes.size;
import static dev.parley.server.platform.settings.ValueTypes.wholeNumber;

import dev.parley.server.platform.net.CidrList;
import java.time.Duration;
import java.util.List;

/** Settings of the work itself: accepting, sending, limits, keeping. */
final class MessagingKeys {

    static final SettingKey<CidrList> OUTBOUND_ALLOW = setting(
            "outbound.allow",
            ValueTypes.CIDR_LIST,
            "",
            "Addresses beyond the public ones that may be called on behalf of an organization (webhooks, providers), and"
                    + " the only ones that may be called without TLS. `demo` adds this machine itself.");
    static final SettingKey<Integer> OUTBOUND_MAX_CONNECTIONS_PER_HOST = setting(
            "outbound.maxConnectionsPerHost", wholeNumber(1, 10000), "256", "Most connections to one host, per node.");

    static final SettingKey<Duration> DOUBT_WAIT = setting(
            "doubt.wait",
            duration("1s", "24h"),
            "10m",
            "How long evidence is waited for when the outcome of a send is unknown.");
    static final SettingKey<Integer> DISPATCH_CONCURRENCY =
            setting("dispatch.concurrency", wholeNumber(1, 10000), "512", "Most sends under way at once, per node.");
    static final SettingKey<Duration> DISPATCH_CALL_DEADLINE =
            setting("dispatch.callDeadline", duration("100ms", "5m"), "20s", "Total time of one call to a provider.");
    static final SettingKey<Duration> DISPATCH_LEASE = setting(
            "dispatch.lease",
            duration("1s", "1h"),
            "90s",
            "How long a node holds a thread; another takes over after that. More than three times `dispatch.callDeadline`.");
    static final SettingKey<Duration> DISPATCH_BACK_OFF_FIRST = setting(
            "dispatch.backOff.first",
            duration("10ms", "10m"),
            "1s",
            "Pause before the first repetition of a send that may be repeated; doubled each time.");
    static final SettingKey<Duration> DISPATCH_BACK_OFF_MAX =
            setting("dispatch.backOff.max", duration("10ms", "24h"), "5m", "The longest such pause.");

    static final SettingKey<Integer> CIRCUIT_FAILURES = setting(
            "circuit.failures",
            wholeNumber(1, 1000),
            "10",
            "Failures in a row (time-outs, 5xx, no connection) after which a channel account is left alone.");
    static final SettingKey<Duration> CIRCUIT_PAUSE = setting(
            "circuit.pause",
            duration("10ms", "1h"),
            "1s",
            "How long it is left alone before it is tried again, with a question that changes nothing where the channel knows one, then with one send; doubled while that fails.");
    static final SettingKey<Duration> CIRCUIT_MAX_PAUSE =
            setting("circuit.maxPause", duration("10ms", "24h"), "1m", "The longest such pause.");

    static final SettingKey<Integer> SUBMIT_QUEUE_PER_ORGANIZATION = setting(
            "submit.queuePerOrganization",
            wholeNumber(1, 1_000_000),
            "1024",
            "Messages of one organization that may wait to be stored; more are answered 429.");
    static final SettingKey<Integer> SUBMIT_QUEUE_TOTAL = setting(
            "submit.queueTotal",
            wholeNumber(1, 1_000_000),
            "8192",
            "Messages that may wait to be stored on one node; more are answered 503.");
    static final SettingKey<Duration> SUBMIT_MAX_WAIT = setting(
            "submit.maxWait", duration("10ms", "1m"), "2s", "Longest wait to be stored; then the answer is 503.");

    static final SettingKey<DataSize> LIMITS_BODY_MESSAGE = setting(
            "limits.body.message", size("1KiB", "1GiB"), "140MiB", "Largest body of `POST /messages`; more: 413.");
    static final SettingKey<DataSize> LIMITS_BODY_CALLBACK =
            setting("limits.body.callback", size("1KiB", "1GiB"), "4MiB", "Largest body of a provider's callback.");
    static final SettingKey<DataSize> LIMITS_BODY_OTHER =
            setting("limits.body.other", size("1KiB", "1GiB"), "1MiB", "Largest body of any other request.");
    static final SettingKey<DataSize> LIMITS_BODY_MANY = setting(
            "limits.body.many",
            size("1KiB", "1GiB"),
            "20MiB",
            "Largest body of `POST /messages/bulk` and `POST /operations`.");
    static final SettingKey<Integer> LIMITS_BULK = setting(
            "limits.bulkMessages",
            wholeNumber(1, 1000),
            "1000",
            "Most messages of one `POST /messages/bulk`; more: 422.");
    static final SettingKey<Integer> LIMITS_OPERATIONS = setting(
            "limits.operations",
            wholeNumber(1, 1000),
            "100",
            "Most operations of one `POST /operations`, which are one transaction; more: 422.");
    static final SettingKey<Integer> LIMITS_DEPTH =
            setting("limits.depth", wholeNumber(8, 1000), "32", "Deepest nesting of a JSON body; deeper: 400.");
    static final SettingKey<Duration> LIST_MAX_DURATION = setting(
            "list.maxDuration",
            duration("10ms", "6s"),
            "5s",
            "Longest that the database may take for one statement of a list (its page, or a count) or of what is included;"
                    + " longer: 400 `query_too_expensive`. A page takes at most five of them.");
    static final SettingKey<Integer> LIMITS_WEBHOOKS = setting(
            "limits.webhooksPerOrganization",
            wholeNumber(1, 1000),
            "100",
            "Most webhooks of one organization; one more: 409.");
    static final SettingKey<Integer> LIMITS_CANDIDATE_STATUSES = setting(
            "limits.candidateStatusesPerOrganization",
            wholeNumber(4, 1000),
            "100",
            "Most candidate statuses of one organization; one more: 409.");
    static final SettingKey<Integer> LIMITS_TOKENS = setting(
            "limits.tokensPerOrganization",
            wholeNumber(1, 1000),
            "50",
            "Most named tokens of one organization, beside its main one; one more: 409.");
    static final SettingKey<Duration> MESSAGE_DEFAULT_EXPIRY = setting(
            "message.defaultExpiry",
            duration("1s", "365d"),
            "24h",
            "A message without `expiresAt` is not sent later than this after it is due.");

    static final SettingKey<Duration> TEMPLATES_SYNC = setting(
            "templates.sync",
            duration("10s", "7d"),
            "15m",
            "How often message templates are compared with those that providers have; callbacks bring changes sooner.");

    static final SettingKey<Duration> RETENTION_EVENTS =
            setting("retention.events", duration("1h", "3650d"), "32d", "How long events can be pulled.");
    static final SettingKey<Duration> RETENTION_IDEMPOTENCY = setting(
            "retention.idempotency", duration("1m", "365d"), "24h", "How long an `Idempotency-Key` is remembered.");
    static final SettingKey<Duration> RETENTION_ATTEMPTS =
            setting("retention.attempts", duration("1h", "3650d"), "90d", "How long attempts are kept.");
    static final SettingKey<Duration> RETENTION_WEBHOOK_LOGS = setting(
            "retention.webhookLogs",
            duration("1h", "3650d"),
            "30d",
            "How long deliveries of webhooks are kept, and can be sent again while their events are kept, too.");
    static final SettingKey<Duration> RETENTION_RAW_CALLBACKS = setting(
            "retention.rawCallbacks",
            duration("1h", "365d"),
            "7d",
            "How long a provider's update is kept as it came; one that was applied goes at once.");
    static final SettingKey<Duration> RETENTION_PARKED = setting(
            "retention.parked",
            duration("1m", "365d"),
            "24h",
            "How long a status waits for the message that it belongs to.");
    static final SettingKey<Duration> RETENTION_AUDIT = setting(
            "retention.audit",
            duration("1d", "3650d"),
            "400d",
            "How long entries of the audit log are kept, also those of an organization that was removed.");

    static final List<SettingSection> SECTIONS = List.of(
            new SettingSection(
                    "Calls to other servers",
                    List.of(OUTBOUND_ALLOW, OUTBOUND_MAX_CONNECTIONS_PER_HOST, TEMPLATES_SYNC)),
            new SettingSection(
                    "Sending",
                    List.of(
                            DOUBT_WAIT,
                            DISPATCH_CONCURRENCY,
                            DISPATCH_CALL_DEADLINE,
                            DISPATCH_LEASE,
                            DISPATCH_BACK_OFF_FIRST,
                            DISPATCH_BACK_OFF_MAX,
                            CIRCUIT_FAILURES,
                            CIRCUIT_PAUSE,
                            CIRCUIT_MAX_PAUSE)),
            new SettingSection(
                    "Accepting", List.of(SUBMIT_QUEUE_PER_ORGANIZATION, SUBMIT_QUEUE_TOTAL, SUBMIT_MAX_WAIT)),
            new SettingSection(
                    "Limits",
                    List.of(
                            LIMITS_BODY_MESSAGE,
                            LIMITS_BODY_CALLBACK,
                            LIMITS_BODY_OTHER,
                            LIMITS_DEPTH,
                            LIMITS_BODY_MANY,
                            LIMITS_BULK,
                            LIMITS_OPERATIONS,
                            LIST_MAX_DURATION,
                            LIMITS_WEBHOOKS,
                            LIMITS_CANDIDATE_STATUSES,
                            LIMITS_TOKENS,
                            MESSAGE_DEFAULT_EXPIRY)),
            new SettingSection(
                    "Keeping",
                    List.of(
                            RETENTION_EVENTS,
                            RETENTION_IDEMPOTENCY,
                            RETENTION_ATTEMPTS,
                            RETENTION_WEBHOOK_LOGS,
                            RETENTION_RAW_CALLBACKS,
                            RETENTION_PARKED,
                            RETENTION_AUDIT)));

    private MessagingKeys() {}
}
