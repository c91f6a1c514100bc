package dev.parley.server.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.secrets.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Names every key with its default: adding, removing or changing one means changing this list. */
class SettingsDefaultsTest {

    @Test
    void everyKeyHasTheDefaultThatIsPromised() {
        Map<String, @Nullable String> expected = new LinkedHashMap<>();
        expected.put("host", "127.0.0.1");
        expected.put("port", "8080");
        expected.put("managementHost", "127.0.0.1");
        expected.put("managementPort", "8081");
        expected.put("publicUrl", null);
        expected.put("trustedProxies", "");
        expected.put("data", "parley-data");
        expected.put("databaseUrl", null);
        expected.put("databaseUser", null);
        expected.put("databasePassword", null);
        expected.put("database.allowUnsafe", "false");
        expected.put("database.poolSize", "16");
        expected.put("secretKey", null);
        expected.put("partnerToken", null);
        expected.put("log.format", "text");
        expected.put("log.level", "info");
        expected.put("shutdown.grace", "25s");
        expected.put("outbound.allow", "");
        expected.put("outbound.maxConnectionsPerHost", "256");
        expected.put("templates.sync", "15m");
        expected.put("doubt.wait", "10m");
        expected.put("dispatch.concurrency", "512");
        expected.put("dispatch.callDeadline", "20s");
        expected.put("dispatch.lease", "90s");
        expected.put("dispatch.backOff.first", "1s");
        expected.put("dispatch.backOff.max", "5m");
        expected.put("circuit.failures", "10");
        expected.put("circuit.pause", "1s");
        expected.put("circuit.maxPause", "1m");
        expected.put("submit.queuePerOrganization", "1024");
        expected.put("submit.queueTotal", "8192");
        expected.put("submit.maxWait", "2s");
        expected.put("limits.body.message", "140MiB");
        expected.put("limits.body.callback", "4MiB");
        expected.put("limits.body.other", "1MiB");
        expected.put("limits.depth", "32");
        expected.put("limits.body.many", "20MiB");
        expected.put("limits.bulkMessages", "1000");
        expected.put("limits.operations", "100");
        expected.put("list.maxDuration", "5s");
        expected.put("limits.webhooksPerOrganization", "100");
        expected.put("limits.candidateStatusesPerOrganization", "100");
        expected.put("limits.tokensPerOrganization", "50");
        expected.put("message.defaultExpiry", "24h");
        expected.put("retention.events", "32d");
        expected.put("retention.idempotency", "24h");
        expected.put("retention.attempts", "90d");
        expected.put("retention.webhookLogs", "30d");
        expected.put("retention.rawCallbacks", "7d");
        expected.put("retention.parked", "24h");
        expected.put("retention.audit", "400d");
        expected.put("limits.organizationRequestsPerSecond", "0");
        expected.put("limits.tokenRequestsPerSecond", "0");
        expected.put("limits.requestBurst", "10s");
        expected.put("limits.queuedMessagesPerOrganization", "0");
        expected.put("limits.storagePerOrganization", "0B");
        expected.put("limits.bodyMemory", null);
        expected.put("limits.requestsAtOnce", "4096");
        expected.put("limits.connections", "10000");
        expected.put("limits.requestTime", "30s");
        expected.put("limits.idleTime", "30s");
        expected.put("limits.slowest", "16KiB");
        expected.put("webhooks.concurrency", "512");
        expected.put("webhooks.connectTimeout", "5s");
        expected.put("webhooks.firstByteTimeout", "10s");
        expected.put("webhooks.answerTimeout", "15s");
        expected.put("webhooks.retries", "10s,5m,30m,4h,19h");
        expected.put("webhooks.circuit.failures", "10");
        expected.put("webhooks.circuit.pause", "5s");
        expected.put("webhooks.circuit.maxPause", "5m");
        expected.put("webhooks.pauseAfter", "3d");
        expected.put("media.store", "folder");
        expected.put("media.uploadsAtOnce", "64");
        expected.put("media.s3.bucket", null);
        expected.put("media.s3.endpoint", null);
        expected.put("media.s3.region", "us-east-1");
        expected.put("media.s3.accessKey", null);
        expected.put("media.s3.secretKey", null);
        expected.put("media.s3.pathStyle", "false");
        expected.put("stream.perNode", "10000");
        expected.put("stream.perOrganization", "1000");
        expected.put("stream.heartbeat", "15s");
        expected.put("stream.patience", "20s");
        expected.put("stream.origins", "");

        assertThat(Loading.loaded(Map.of(), Map.of()).effective())
                .extracting(EffectiveSetting::name, EffectiveSetting::shown, EffectiveSetting::origin)
                .containsExactlyElementsOf(expected.entrySet().stream()
                        .map(entry -> org.assertj.core.groups.Tuple.tuple(entry.getKey(), entry.getValue(), "default"))
                        .collect(Collectors.toList()));
    }

    /** Each key must reach its own place in the tree: a value that differs from the default in every key. */
    @Test
    void everyKeyReachesItsPlace() {
        Map<String, String> other = new LinkedHashMap<>();
        other.put("host", "h1");
        other.put("port", "1");
        other.put("managementHost", "h2");
        other.put("managementPort", "2");
        other.put("publicUrl", "https://a.example/");
        other.put("trustedProxies", "10.0.0.0/8");
        other.put("data", "d");
        other.put("databaseUrl", "postgresql://db/p");
        other.put("databaseUser", "u");
        other.put("database.allowUnsafe", "true");
        other.put("database.poolSize", "17");
        other.put("log.format", "JSON");
        other.put("log.level", "trace");
        other.put("shutdown.grace", "1s");
        other.put("outbound.allow", "127.0.0.1");
        other.put("outbound.maxConnectionsPerHost", "3");
        other.put("doubt.wait", "2s");
        other.put("dispatch.concurrency", "4");
        other.put("dispatch.callDeadline", "3s");
        other.put("dispatch.lease", "10s");
        other.put("dispatch.backOff.first", "11ms");
        other.put("dispatch.backOff.max", "12ms");
        other.put("circuit.failures", "5");
        other.put("circuit.pause", "13ms");
        other.put("circuit.maxPause", "14ms");
        other.put("submit.queuePerOrganization", "6");
        other.put("submit.queueTotal", "7");
        other.put("submit.maxWait", "15ms");
        other.put("limits.body.message", "1KiB");
        other.put("limits.body.callback", "2KiB");
        other.put("limits.body.other", "3KiB");
        other.put("limits.depth", "8");
        other.put("limits.body.many", "4KiB");
        other.put("limits.bulkMessages", "41");
        other.put("limits.operations", "42");
        other.put("list.maxDuration", "43ms");
        other.put("limits.webhooksPerOrganization", "11");
        other.put("limits.candidateStatusesPerOrganization", "14");
        other.put("limits.tokensPerOrganization", "12");
        other.put("limits.organizationRequestsPerSecond", "51");
        other.put("limits.tokenRequestsPerSecond", "52");
        other.put("limits.requestBurst", "53s");
        other.put("limits.queuedMessagesPerOrganization", "60");
        other.put("limits.storagePerOrganization", "61MiB");
        other.put("limits.bodyMemory", "54MiB");
        other.put("limits.requestsAtOnce", "55");
        other.put("limits.connections", "56");
        other.put("limits.requestTime", "57s");
        other.put("limits.idleTime", "58s");
        other.put("limits.slowest", "59KiB");
        other.put("message.defaultExpiry", "16s");
        other.put("templates.sync", "22s");
        other.put("retention.events", "17h");
        other.put("retention.idempotency", "18h");
        other.put("retention.attempts", "19h");
        other.put("retention.webhookLogs", "23h");
        other.put("retention.rawCallbacks", "20h");
        other.put("retention.parked", "21h");
        other.put("retention.audit", "31h");
        other.put("webhooks.concurrency", "9");
        other.put("webhooks.connectTimeout", "24s");
        other.put("webhooks.firstByteTimeout", "25s");
        other.put("webhooks.answerTimeout", "26s");
        other.put("webhooks.retries", "1s, 27s");
        other.put("webhooks.circuit.failures", "10");
        other.put("webhooks.circuit.pause", "28s");
        other.put("webhooks.circuit.maxPause", "29s");
        other.put("webhooks.pauseAfter", "1h");
        other.put("media.store", "s3");
        other.put("media.uploadsAtOnce", "8");
        other.put("media.s3.bucket", "b");
        other.put("media.s3.endpoint", "https://s3.example/");
        other.put("media.s3.region", "r");
        other.put("media.s3.pathStyle", "true");
        other.put("stream.perNode", "30");
        other.put("stream.perOrganization", "29");
        other.put("stream.heartbeat", "23s");
        other.put("stream.patience", "24s");
        other.put("stream.origins", "https://a.example, https://b.example:8443");
        Map<String, String> environment = other.entrySet().stream()
                .collect(Collectors.toMap(e -> SettingKey.environmentName(e.getKey()), Map.Entry::getValue));
        environment.put("PARLEY_SECRET_KEY", Loading.KEY);
        environment.put("PARLEY_PARTNER_TOKEN", "partner-token-1");
        environment.put("PARLEY_DATABASE_PASSWORD", "pass-word");
        environment.put("PARLEY_MEDIA_S3_ACCESS_KEY", "access-key");
        environment.put("PARLEY_MEDIA_S3_SECRET_KEY", "secret-key");

        Settings settings = Loading.loaded(Map.of(), environment).settings();

        assertThat(settings.toString())
                .isEqualTo("Settings[listen=Listen[host=h1, port=1, managementHost=h2, managementPort=2,"
                        + " publicUrl=https://a.example, trustedProxies=10.0.0.0/8], data=d,"
                        + " database=Database[url=postgresql://db/p, allowUnsafe=true, poolSize=17], secretKey=***,"
                        + " partnerToken=***, outbound=Outbound[allow=127.0.0.1/32, maxConnectionsPerHost=3],"
                        + " doubt=Doubt[evidenceWait=PT2S], dispatch=Dispatch[concurrency=4, callDeadline=PT3S,"
                        + " lease=PT10S, backOff=BackOff[first=PT0.011S, max=PT0.012S]],"
                        + " circuit=Circuit[failures=5, pause=PT0.013S, maxPause=PT0.014S],"
                        + " submit=Submit[queuePerOrganization=6, queueTotal=7, maxWait=PT0.015S],"
                        + " limits=Limits[body=Body[message=1KiB, callback=2KiB, other=3KiB], depth=8, list=PT0.043S, webhooksPerOrganization=11,"
                        + " candidateStatusesPerOrganization=14, tokensPerOrganization=12, many=Many[body=4KiB, messages=41, operations=42]],"
                        + " load=LoadSettings[requests=Requests[perOrganization=51, perToken=52, burst=PT53S],"
                        + " quotas=Quotas[queuedMessages=60, storage=61MiB],"
                        + " http=Http[bodyMemory=54MiB, requestsAtOnce=55, connections=56, requestTime=PT57S, idleTime=PT58S,"
                        + " slowest=59KiB]],"
                        + " message=Message[defaultExpiry=PT16S, templateSync=PT22S], retention=Retention[events=PT17H,"
                        + " idempotency=PT18H, attempts=PT19H, webhookLogs=PT23H, rawCallbacks=PT20H, parked=PT21H, audit=PT31H],"
                        + " webhooks=Webhooks[concurrency=9, connectTimeout=PT24S, firstByteTimeout=PT25S,"
                        + " answerTimeout=PT26S, retries=[PT1S, PT27S],"
                        + " circuit=Circuit[failures=10, pause=PT28S, maxPause=PT29S], pauseAfter=PT1H],"
                        + " media=Media[store=S3, uploadsAtOnce=8, s3=S3[bucket=b, endpoint=https://s3.example, region=r,"
                        + " accessKey=***, secretKey=***, pathStyle=true]],"
                        + " stream=Stream[perNode=30, perOrganization=29, heartbeat=PT23S, patience=PT24S,"
                        + " origins=[https://a.example, https://b.example:8443]],"
                        + " log=Log[format=JSON, level=TRACE], shutdown=Shutdown[grace=PT1S]]");
        assertThat(settings.secretKey()).isEqualTo(new Secret(Loading.KEY));
        assertThat(settings.partnerToken()).isEqualTo(new Secret("partner-token-1"));
        assertThat(settings.database().url())
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://db/p", "db/p", "u", new Secret("pass-word")));
    }

    @Test
    void namesDoNotCollideInAnyForm() {
        assertThat(SettingKeys.names()).doesNotHaveDuplicates();
        assertThat(SettingKeys.names().stream().map(SettingKey::environmentName))
                .doesNotHaveDuplicates();
        assertThat(SettingKeys.names().stream().map(SettingKey::flagName)).doesNotHaveDuplicates();
        assertThat(SettingKey.environmentName("doubt.wait")).isEqualTo("PARLEY_DOUBT_WAIT");
        assertThat(SettingKey.environmentName("publicUrl")).isEqualTo("PARLEY_PUBLIC_URL");
        assertThat(SettingKey.flagName("dispatch.backOff.first")).isEqualTo("--dispatch-back-off-first");
    }
}
