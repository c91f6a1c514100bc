package dev.parley.server.platform.settings;

import static dev.parley.server.platform.settings.MessagingKeys.*;
import static dev.parley.server.platform.settings.ServerKeys.*;

import org.jspecify.annotations.Nullable;

/** Makes the tree of records from the flat values. */
final class SettingsAssembler {

    private final SettingValues values;

    private SettingsAssembler(SettingValues values) {
        this.values = values;
    }

    static Settings assemble(SettingValues values) {
        return new SettingsAssembler(values).settings();
    }

    private Settings settings() {
        return new Settings(
                listen(),
                values.get(DATA),
                new Settings.Database(databaseUrl(), values.get(DATABASE_ALLOW_UNSAFE), values.get(DATABASE_POOL_SIZE)),
                values.find(SECRET_KEY),
                values.find(PARTNER_TOKEN),
                new Settings.Outbound(values.get(OUTBOUND_ALLOW), values.get(OUTBOUND_MAX_CONNECTIONS_PER_HOST)),
                new Settings.Doubt(values.get(DOUBT_WAIT)),
                dispatch(),
                new Settings.Circuit(
                        values.get(CIRCUIT_FAILURES), values.get(CIRCUIT_PAUSE), values.get(CIRCUIT_MAX_PAUSE)),
                new Settings.Submit(
                        values.get(SUBMIT_QUEUE_PER_ORGANIZATION),
                        values.get(SUBMIT_QUEUE_TOTAL),
                        values.get(SUBMIT_MAX_WAIT)),
                limits(),
                LoadSettings.of(values),
                new Settings.Message(values.get(MESSAGE_DEFAULT_EXPIRY), values.get(TEMPLATES_SYNC)),
                retention(),
                webhooks(),
                media(),
                stream(),
                new Settings.Log(values.get(LOG_FORMAT), values.get(LOG_LEVEL)),
                new Settings.Shutdown(values.get(SHUTDOWN_GRACE)));
    }

    private Settings.Listen listen() {
        return new Settings.Listen(
                values.get(HOST),
                values.get(PORT),
                values.get(MANAGEMENT_HOST),
                values.get(MANAGEMENT_PORT),
                values.find(PUBLIC_URL),
                values.get(TRUSTED_PROXIES));
    }

    private @Nullable DatabaseUrl databaseUrl() {
        DatabaseUrl url = values.find(DATABASE_URL);
        return url == null ? null : url.withCredentials(values.find(DATABASE_USER), values.find(DATABASE_PASSWORD));
    }

    private Settings.Dispatch dispatch() {
        return new Settings.Dispatch(
                values.get(DISPATCH_CONCURRENCY),
                values.get(DISPATCH_CALL_DEADLINE),
                values.get(DISPATCH_LEASE),
                new Settings.BackOff(values.get(DISPATCH_BACK_OFF_FIRST), values.get(DISPATCH_BACK_OFF_MAX)));
    }

    private Settings.Limits limits() {
        return new Settings.Limits(
                new Settings.Body(
                        values.get(LIMITS_BODY_MESSAGE),
                        values.get(LIMITS_BODY_CALLBACK),
                        values.get(LIMITS_BODY_OTHER)),
                values.get(LIMITS_DEPTH),
                values.get(LIST_MAX_DURATION),
                values.get(LIMITS_WEBHOOKS),
                values.get(LIMITS_CANDIDATE_STATUSES),
                values.get(LIMITS_TOKENS),
                new Settings.Many(
                        values.get(LIMITS_BODY_MANY), values.get(LIMITS_BULK), values.get(LIMITS_OPERATIONS)));
    }

    private Settings.Media media() {
        return new Settings.Media(
                values.get(MediaKeys.MEDIA_STORE),
                values.get(MediaKeys.MEDIA_UPLOADS_AT_ONCE),
                new Settings.S3(
                        values.find(MediaKeys.MEDIA_S3_BUCKET),
                        values.find(MediaKeys.MEDIA_S3_ENDPOINT),
                        values.get(MediaKeys.MEDIA_S3_REGION),
                        values.find(MediaKeys.MEDIA_S3_ACCESS_KEY),
                        values.find(MediaKeys.MEDIA_S3_SECRET_KEY),
                        values.get(MediaKeys.MEDIA_S3_PATH_STYLE)));
    }

    private Settings.Stream stream() {
        return new Settings.Stream(
                values.get(StreamKeys.STREAM_PER_NODE),
                values.get(StreamKeys.STREAM_PER_ORGANIZATION),
                values.get(StreamKeys.STREAM_HEARTBEAT),
                values.get(StreamKeys.STREAM_PATIENCE),
                values.get(StreamKeys.STREAM_ORIGINS));
    }

    private Settings.Webhooks webhooks() {
        return new Settings.Webhooks(
                values.get(WebhookKeys.WEBHOOKS_CONCURRENCY),
                values.get(WebhookKeys.WEBHOOKS_CONNECT_TIMEOUT),
                values.get(WebhookKeys.WEBHOOKS_FIRST_BYTE_TIMEOUT),
                values.get(WebhookKeys.WEBHOOKS_ANSWER_TIMEOUT),
                values.get(WebhookKeys.WEBHOOKS_RETRIES),
                new Settings.Circuit(
                        values.get(WebhookKeys.WEBHOOKS_CIRCUIT_FAILURES),
                        values.get(WebhookKeys.WEBHOOKS_CIRCUIT_PAUSE),
                        values.get(WebhookKeys.WEBHOOKS_CIRCUIT_MAX_PAUSE)),
                values.get(WebhookKeys.WEBHOOKS_PAUSE_AFTER));
    }

    private Settings.Retention retention() {
        return new Settings.Retention(
                values.get(RETENTION_EVENTS),
                values.get(RETENTION_IDEMPOTENCY),
                values.get(RETENTION_ATTEMPTS),
                values.get(RETENTION_WEBHOOK_LOGS),
                values.get(RETENTION_RAW_CALLBACKS),
                values.get(RETENTION_PARKED),
                values.get(RETENTION_AUDIT));
    }
}
