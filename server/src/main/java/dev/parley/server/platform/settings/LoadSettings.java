package dev.parley.server.platform.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one caller, and all together, may ask of a node. Immutable. */
public record LoadSettings(Requests requests, Quotas quotas, Http http) {

    /**
     * What each organization may have.
     *
     * @param queuedMessages accepted and not handed over; 0 for any number
     * @param storage of files; 0 for any amount
     */
    public record Quotas(int queuedMessages, DataSize storage) {}

    /**
     * What a node bears.
     *
     * @param bodyMemory bytes of bodies held at once; null to go by the heap
     * @param requestsAtOnce requests worked on at once
     * @param connections open at once, without those of streams
     * @param requestTime for a handler, a small body, an answer
     * @param idleTime of a silent connection
     * @param slowest bytes a second
     */
    public record Http(
            @Nullable DataSize bodyMemory,
            int requestsAtOnce,
            int connections,
            Duration requestTime,
            Duration idleTime,
            DataSize slowest) {}

    /**
     * How often may be asked, at each node.
     *
     * @param perOrganization requests a second of all its tokens; 0 for any number
     * @param perToken requests a second; 0 for any number
     * @param burst for so long a rate may be saved up
     */
    public record Requests(int perOrganization, int perToken, Duration burst) {}

    static LoadSettings of(SettingValues values) {
        return new LoadSettings(
                new Requests(
                        values.get(LoadKeys.ORGANIZATION_RATE),
                        values.get(LoadKeys.TOKEN_RATE),
                        values.get(LoadKeys.REQUEST_BURST)),
                new Quotas(values.get(LoadKeys.QUEUE_QUOTA), values.get(LoadKeys.STORAGE_QUOTA)),
                new Http(
                        values.find(LoadKeys.BODY_MEMORY),
                        values.get(LoadKeys.REQUESTS_AT_ONCE),
                        values.get(LoadKeys.CONNECTIONS),
                        values.get(LoadKeys.REQUEST_TIME),
                        values.get(LoadKeys.IDLE_TIME),
                        values.get(LoadKeys.SLOWEST)));
    }
}
