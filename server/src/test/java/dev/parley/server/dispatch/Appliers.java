package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Capabilities.InDoubt;
import dev.parley.connector.Connector;
import dev.parley.connector.RouteKey;
import dev.parley.connectors.Connectors;
import dev.parley.server.accounts.Account;
import dev.parley.server.callbacks.AccountLookup;
import dev.parley.server.callbacks.CallbackApplier;
import dev.parley.server.callbacks.CallbackIntake;
import dev.parley.server.callbacks.InboundApplication;
import dev.parley.server.callbacks.RenameApplication;
import dev.parley.server.erasure.FingerprintStore;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.GroupLimits;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.json.Json;
import dev.parley.server.templates.TemplateApplication;
import dev.parley.server.templates.TemplateMemory;
import dev.parley.server.threads.ThreadIdentity;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Applies what providers report, and settings to send by, for tests of what a message costs. */
final class Appliers {

    /** Long waits: on a busy machine a call that times out would be in doubt. */
    static final DispatchSettings PATIENT = new DispatchSettings(
            100,
            Duration.ofSeconds(25),
            Duration.ofSeconds(90),
            Duration.ofSeconds(90),
            Duration.ofSeconds(1),
            Duration.ofSeconds(9),
            new Circuit.Limits(1000, Duration.ofSeconds(1), Duration.ofSeconds(9)));

    private static final String WEB = "web";
    private static final String SECRET = "a-secret-of-the-site";

    private Appliers() {}

    static CallbackApplier on(Database database) {
        InstantSource clock = InstantSource.system();
        Map<String, Connector> connectors =
                Connectors.all().stream().collect(Collectors.toMap(Connector::provider, Function.identity()));
        FingerprintStore erased = new FingerprintStore(text -> new byte[0]);
        ThreadIdentity identity = new ThreadIdentity(database, Connectors.all(), Ids.timeOrdered(), clock, () -> {});
        return new CallbackApplier(
                database,
                connectors,
                new InboundApplication(connectors, identity, erased, Ids.timeOrdered(), clock),
                new RenameApplication(connectors, identity, erased),
                erased,
                () -> new TemplateApplication(new TemplateMemory(database, clock, () -> {}), clock),
                (organization, thread, sentTo, addresses) -> {},
                () -> {},
                clock);
    }

    /** Takes callbacks of the site in, for the account of a world. */
    static CallbackIntake intake(DispatchWorld world, Database database, Runnable stored) {
        Connector web = Connectors.all().stream()
                .filter(connector -> connector.provider().equals(WEB))
                .findFirst()
                .orElseThrow();
        Account account = new Account(
                world.organization,
                world.account,
                web,
                true,
                false,
                1000,
                InDoubt.FAIL,
                new AccountSettings(Map.of(web.callbacks().secretSetting(), SECRET)));
        AccountLookup lookup = new AccountLookup() {
            @Override
            public List<Account> find(String provider, UUID accountId) {
                return List.of(account);
            }

            @Override
            public Map<RouteKey, List<Account>> route(String provider, Set<RouteKey> keys, Account urlAccount) {
                return Map.of();
            }

            @Override
            public byte[] secretFingerprint(Account one) {
                return new byte[0];
            }
        };
        return new CallbackIntake(
                database,
                lookup,
                new GroupLimits(GroupLimits.ROWS, GroupLimits.BYTES, 1000, 1000, Duration.ofSeconds(30)),
                (organization, thread, sentTo, addresses) -> {},
                () -> {},
                stored,
                InstantSource.system());
    }

    /** Reports on so many messages of a state in one callback, as a provider does. */
    static void report(CallbackIntake intake, DispatchWorld world, String status, String on, int count) {
        List<Map<String, Object>> statuses = world
                .texts("select a.provider_message_id from attempts a join messages m on m.id = a.message_id"
                        + " where m.delivery_status = '" + on + "' limit " + count)
                .stream()
                .map(id -> status(id, status))
                .toList();
        assertThat(statuses).hasSize(count);
        assertThat(take(intake, world, statuses)).isEqualTo(CallbackIntake.Taken.STORED);
    }

    static Map<String, Object> status(String providerMessageId, String status) {
        return Map.of(
                "id",
                providerMessageId,
                "status",
                status,
                "timestamp",
                Instant.now().getEpochSecond());
    }

    /** One callback with these statuses, signed. */
    static CallbackIntake.Taken take(CallbackIntake intake, DispatchWorld world, List<Map<String, Object>> statuses) {
        byte[] body = Json.text(Map.of("statuses", statuses)).getBytes(StandardCharsets.UTF_8);
        return intake.take(
                WEB,
                world.account,
                Map.of("x-parley-signature", "sha256=" + HexFormat.of().formatHex(hmac(body))),
                body);
    }

    private static byte[] hmac(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
