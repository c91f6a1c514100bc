package dev.parley.server.platform.settings;

import dev.parley.server.platform.net.Cidr;
import dev.parley.server.platform.net.CidrList;
import dev.parley.server.platform.secrets.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The effective settings, checked. What each key means, its default and its unit stand once, in {@link SettingKeys}, from
 * which {@code docs/settings.md} is made. Immutable; its text form holds no secret.
 *
 * @param data the data folder as written; may be relative to the working directory
 */
public record Settings(
        Listen listen,
        Path data,
        Database database,
        @Nullable Secret secretKey,
        @Nullable Secret partnerToken,
        Outbound outbound,
        Doubt doubt,
        Dispatch dispatch,
        Circuit circuit,
        Submit submit,
        Limits limits,
        LoadSettings load,
        Message message,
        Retention retention,
        Webhooks webhooks,
        Media media,
        Stream stream,
        Log log,
        Shutdown shutdown) {

    /** Where the server listens, and how it is reached. Port 0 takes any free port. */
    public record Listen(
            String host,
            int port,
            String managementHost,
            int managementPort,
            @Nullable URI publicUrl,
            CidrList trustedProxies) {}

    /** The database: an own PostgreSQL when there is a URL, else the embedded one in the data folder. */
    public record Database(@Nullable DatabaseUrl url, boolean allowUnsafe, int poolSize) {}

    /** Calls made on behalf of an organization. */
    public record Outbound(CidrList allow, int maxConnectionsPerHost) {}

    /** How long evidence about a send with unknown outcome is waited for. */
    public record Doubt(Duration evidenceWait) {}

    /** How messages are handed to providers. The lease is longer than three call deadlines. */
    public record Dispatch(int concurrency, Duration callDeadline, Duration lease, BackOff backOff) {}

    /** The pause before a repeated send: the first, doubled each time, up to the longest. */
    public record BackOff(Duration first, Duration max) {}

    /** When an account that keeps failing is left alone, and for how long. */
    public record Circuit(int failures, Duration pause, Duration maxPause) {}

    /** The queues in front of the group writer. */
    public record Submit(int queuePerOrganization, int queueTotal, Duration maxWait) {}

    /**
     * What a request may weigh.
     *
     * @param list the longest that one statement of a list may take
     */
    public record Limits(
            Body body,
            int depth,
            Duration list,
            int webhooksPerOrganization,
            int candidateStatusesPerOrganization,
            int tokensPerOrganization,
            Many many) {}

    /**
     * What one request may ask for at once.
     *
     * @param body the largest body of such a request
     * @param messages of {@code /messages/bulk}
     * @param operations of {@code /operations}
     */
    public record Many(DataSize body, int messages, int operations) {}

    /** Largest bodies, by kind of request. */
    public record Body(DataSize message, DataSize callback, DataSize other) {}

    /** Rules for messages that say nothing themselves. */
    public record Message(Duration defaultExpiry, Duration templateSync) {}

    /** How long things are kept. */
    public record Retention(
            Duration events,
            Duration idempotency,
            Duration attempts,
            Duration webhookLogs,
            Duration rawCallbacks,
            Duration parked,
            Duration audit) {}

    /** How customers' systems are told. The pauses before further tries are in their order. */
    public record Webhooks(
            int concurrency,
            Duration connectTimeout,
            Duration firstByteTimeout,
            Duration answerTimeout,
            List<Duration> retries,
            Circuit circuit,
            Duration pauseAfter) {}

    /** Where files are kept, and how many large bodies are taken in at once. */
    public record Media(MediaPlace store, int uploadsAtOnce, S3 s3) {}

    /** The bucket; used with {@link MediaPlace#S3} alone. */
    public record S3(
            @Nullable String bucket,
            @Nullable URI endpoint,
            String region,
            @Nullable Secret accessKey,
            @Nullable Secret secretKey,
            boolean pathStyle) {}

    /** How many streams of events may be open, when they are silent or stuck for too long, and from which pages they come. */
    public record Stream(
            int perNode, int perOrganization, Duration heartbeat, Duration patience, List<String> origins) {}

    /** How and how much is logged. */
    public record Log(LogFormat format, LogLevel level) {}

    /** How long a stop may take. */
    public record Shutdown(Duration grace) {}

    /**
     * The defaults with these values, by key as in a settings file.
     *
     * @throws IllegalArgumentException when one is wrong; the text lists every mistake
     */
    public static Settings of(Map<String, String> values) {
        return switch (SettingsLoader.load(SettingsInput.ofFlags(values))) {
            case SettingsResult.Loaded loaded -> loaded.settings();
            case SettingsResult.Refused refused ->
                throw new IllegalArgumentException(String.join("; ", refused.mistakes()));
        };
    }

    /** The same with this machine's own addresses on {@code outbound.allow}, as {@code demo} has it. */
    public Settings withLoopbackAllowed() {
        Outbound local = new Outbound(
                outbound.allow.plus(List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1/128"))),
                outbound.maxConnectionsPerHost);
        return new Settings(
                listen,
                data,
                database,
                secretKey,
                partnerToken,
                local,
                doubt,
                dispatch,
                circuit,
                submit,
                limits,
                load,
                message,
                retention,
                webhooks,
                media,
                stream,
                log,
                shutdown);
    }
}
