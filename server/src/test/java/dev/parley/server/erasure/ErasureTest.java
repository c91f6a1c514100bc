package dev.parley.server.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.connector.Address;
import dev.parley.server.messages.SubmitCommand.Idempotency;
import dev.parley.server.threads.InboundSender;
import dev.parley.server.threads.ThreadWorld;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ErasureTest {

    private static final String PHONE = "31600000701";
    private static final String USER = "NL.7777";
    private static final String PROVIDER_ID = "wamid.person";
    private static final List<String> TRACES = List.of(PHONE, USER, PROVIDER_ID, "secret words", "Adalovelace");

    private ThreadWorld world;
    private UUID candidate;
    private UUID thread;
    private UUID message;

    @BeforeEach
    void putThePersonEverywhere() throws Exception {
        world = new ThreadWorld();
        candidate = world.candidate(world.organization, PHONE, "Adalovelace");
        world.run(
                "insert into events (organization_id, position, event, resource_type, resource_id, state, created_at) values "
                        + "('%s', nextval('event_positions'), 'create', 'candidates', '%s', '{\"attributes\":{\"firstName\":\"Adalovelace\"}}', now())"
                                .formatted(world.organization, candidate));
        thread = world.thread(PHONE);
        world.send(
                "one",
                "PATCH",
                "/public/v2/message-threads/" + thread,
                "{\"data\":{\"type\":\"messageThreads\",\"attributes\":{\"candidateId\":\"" + candidate + "\"}}}");
        InboundSender sender = new InboundSender(
                world.organization,
                "whatsapp",
                world.account,
                List.of(new Address(Address.PHONE, PHONE), new Address(Address.USER, USER)),
                Instant.now());
        world.database.transact(
                connection -> world.identity.resolveInbound(connection, List.of(sender), Instant.now()));
        message = world.submit(thread, "secret words", new Idempotency(bytes("key"), bytes("print")));
        world.submit(thread, "secret words, unsent", null);
        world.open(message);
        world.run("update attempts set outcome = 'accepted', provider_message_id = '" + PROVIDER_ID
                + "', provider_error = '{\"text\":\"secret words\"}', reason = 'to " + PHONE + "'");
        world.run("update messages set phase = 'done' where id = '" + message + "'");
        inbound(thread, PROVIDER_ID + ".in", "secret words");
        callback("pending", "{\"from\":\"" + PHONE + "\",\"text\":\"secret words\"}", null);
        callback("set_aside", "{\"user_id\":\"" + USER + "\"}", null);
        callback("set_aside", "{\"display\":\"+" + PHONE + "\"}", null);
        callback("parked", "{\"id\":\"" + PROVIDER_ID + "\"}", PROVIDER_ID);
        // Another person, whose number begins with the same digits.
        UUID stranger = world.thread(PHONE + "9");
        world.run("insert into user_candidates (organization_id, user_id, candidate_id) values ('%1$s', '%2$s', '%2$s')"
                .formatted(world.organization, candidate));
        keptAnswer("of the candidate", candidate);
        keptAnswer("of the message", message);
        keptAnswer("of a stranger", stranger);
        inbound(stranger, "wamid.stranger", "other words");
        callback("pending", "{\"from\":\"" + PHONE + "9\"}", null);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void inbound(UUID to, String providerId, String text) {
        world.run(
                "insert into messages (organization_id, id, thread_id, account_id, origin, payload, delivery_status, phase, "
                        + "provider_message_id, created_at, updated_at) values ('%s', gen_random_uuid(), '%s', '%s', 'inbound', '{\"value\":\"%s\"}', 'delivered', 'done', '%s', now(), now())"
                                .formatted(world.organization, to, world.account, text, providerId));
    }

    private void keptAnswer(String key, UUID of) {
        world.run(
                "insert into kept_answers (organization_id, key, fingerprint, lease, status, body, resource_ids, created_at) "
                        + "values ('%s', '%s', '', gen_random_uuid(), 201, '', array['%s']::uuid[], now())"
                                .formatted(world.organization, key, of));
    }

    private void callback(String state, String body, @Nullable String providerId) {
        world.run(
                "insert into callback_updates (organization_id, account_id, provider, state, body, provider_message_id, received_at) values "
                        + "('%s', '%s', 'whatsapp-cloud', '%s', '%s', %s, now())"
                                .formatted(
                                        world.organization,
                                        world.account,
                                        state,
                                        body,
                                        providerId == null ? "null" : "'" + providerId + "'"));
    }

    private List<String> tracesIn() {
        List<String> found = new ArrayList<>();
        for (String table : world.texts(
                "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'")) {
            for (String trace : TRACES) {
                // The stranger's number is not the person's.
                String where = "replace(t::text, '" + PHONE + "9', '') like '%" + trace + "%'";
                if (!world.texts("select 1 from " + table + " t where " + where).isEmpty()) {
                    found.add(table + ": " + trace);
                }
            }
        }
        return found;
    }

    @Test
    void shouldLeaveNothingOfACandidateInAnyTable() {
        long before = Long.parseLong(world.text("select count(*) from events"));
        assertThat(tracesIn()).hasSizeGreaterThan(15);

        HttpResponse<String> answer = world.send("one", "POST", "/public/v2/candidates/" + candidate + "/erase", null);

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode erased = ThreadWorld.json(answer).path("meta").path("erased");
        assertThat(erased.path("candidates").asInt()).isOne();
        assertThat(erased.path("messageThreads").asInt()).isOne();
        assertThat(erased.path("messages").asInt()).isEqualTo(3);
        assertThat(erased.path("attempts").asInt()).isOne();
        assertThat(erased.path("callbacks").asInt()).isEqualTo(4);
        assertThat(erased.path("idempotentAnswers").asInt()).isEqualTo(3);
        assertThat(world.texts("select convert_from(key, 'utf8') from kept_answers"))
                .containsExactly("of a stranger");
        assertThat(erased.path("events").asInt()).isGreaterThanOrEqualTo(4);
        assertThat(tracesIn()).isEmpty();
        assertThat(world.text("select count(*) from user_candidates")).isEqualTo("0");
        assertThat(Long.parseLong(world.text("select count(*) from events"))).isGreaterThan(before);
        assertThat(world.texts("select distinct event from events where resource_id in ('" + candidate + "','" + thread
                        + "','" + message + "')"))
                .containsExactly("delete");
        assertThat(world.texts("select concat_ws(' ', action, resource_type, subject, actor, counts->>'messages')"
                        + " from audit_entries order by action desc"))
                .containsExactly(
                        "messageThread.deleted messageThreads " + thread + " token",
                        "candidate.erased candidates " + candidate + " token 3");
        assertThat(world.texts("select payload->>'value' from messages")).containsExactly("other words");
        assertThat(world.texts("select body from callback_updates")).hasSize(1);
        assertThat(world.send("one", "POST", "/public/v2/candidates/" + candidate + "/erase", null)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldRememberTheProvidersIdsForThirtyDays() {
        world.send("one", "POST", "/public/v2/message-threads/" + thread + "/erase", null);

        assertThat(world.texts("select convert_from(fingerprint, 'UTF8') from erased_provider_messages"))
                .containsExactlyInAnyOrder(
                        new String(ThreadWorld.fingerprint(PROVIDER_ID), StandardCharsets.UTF_8),
                        new String(ThreadWorld.fingerprint(PROVIDER_ID + ".in"), StandardCharsets.UTF_8));
        ErasureSweep sweep = new ErasureSweep(world.database);
        assertThat(world.texts("select convert_from(fingerprint, 'UTF8') from erased_addresses"))
                .containsExactlyInAnyOrder(
                        new String(ThreadWorld.fingerprint(PHONE), StandardCharsets.UTF_8),
                        new String(ThreadWorld.fingerprint(USER), StandardCharsets.UTF_8));
        world.run("update database_clock set shift = interval '23 hours'");
        assertThat(sweep.runOneCycle()).isZero();
        world.run("update database_clock set shift = interval '25 hours'");
        assertThat(sweep.runOneCycle()).isEqualTo(2);
        world.run("update database_clock set shift = interval '29 days'");
        assertThat(sweep.runOneCycle()).isZero();
        world.run("update database_clock set shift = interval '31 days'");
        assertThat(sweep.runOneCycle()).isEqualTo(2);
    }

    @Test
    void shouldSayWhenAnAttemptStaysOpenAndSendNothingMore() {
        world.run("update attempts set outcome = null");

        HttpResponse<String> answer =
                world.send("one", "POST", "/public/v2/message-threads/" + thread + "/erase", null);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(world.texts("select thread_id from thread_dispatch where thread_id = '" + thread + "'"))
                .isEmpty();
        world.run("update attempts set outcome = 'accepted'");
        HttpResponse<String> again = world.send("one", "POST", "/public/v2/message-threads/" + thread + "/erase", null);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(world.texts("select 1 from messages where payload::text like '%secret%'"))
                .isEmpty();
    }

    @Test
    void shouldEraseWithinTheOrganizationOnlyAndHiddenCandidatesToo() {
        String path = "/public/v2/candidates/" + candidate + "/erase";
        assertThat(world.send("two", "POST", path, null).statusCode()).isEqualTo(404);
        assertThat(world.send("one", "POST", "/public/v2/candidates/none/erase", null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(tracesIn()).isNotEmpty();

        world.run("update candidates set deleted_at = now()");
        assertThat(world.send("one", "POST", path, null).statusCode()).isEqualTo(200);
        assertThat(tracesIn()).isEmpty();
    }

    @Test
    void shouldEraseTheThreadIntoWhichTheirsIsMergedMeanwhile() throws Exception {
        UUID older = world.thread("31600000799");
        CompletableFuture<HttpResponse<String>> answer;
        try (Connection merging = world.test.connect();
                Statement statement = merging.createStatement()) {
            merging.setAutoCommit(false);
            statement.execute("select from thread_dispatch where thread_id = '" + thread + "' for update");
            answer = CompletableFuture.supplyAsync(
                    () -> world.send("one", "POST", "/public/v2/candidates/" + candidate + "/erase", null));
            await().until(() -> world.text("select count(*) from pg_stat_activity where datname = current_database()"
                            + " and wait_event_type = 'Lock'")
                    .equals("1"));
            statement.execute("update threads set candidate_id = '" + candidate + "' where id = '" + older + "'");
            statement.execute("update threads set merged_into = '" + older + "' where id = '" + thread + "'");
            statement.execute("delete from thread_dispatch where thread_id = '" + thread + "'");
            merging.commit();
        }
        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(world.texts("select 1 from thread_dispatch where thread_id = '" + older + "'"))
                .isEmpty();
        assertThat(world.texts("select 1 from thread_addresses where value = '31600000799'"))
                .isEmpty();
    }

    @Test
    void shouldEraseAThreadThatWasDeletedBefore() {
        world.send("one", "DELETE", "/public/v2/message-threads/" + thread, null);

        assertThat(world.send("one", "POST", "/public/v2/message-threads/" + thread + "/erase", null)
                        .statusCode())
                .isEqualTo(200);

        assertThat(tracesIn()).allMatch(trace -> trace.startsWith("candidates:") || trace.endsWith("Adalovelace"));
    }
}
