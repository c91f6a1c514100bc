package dev.parley.server.threads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.Address;
import dev.parley.connector.ProviderUpdate;
import dev.parley.server.platform.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ThreadIdentityTest {

    private static final Instant AT = Instant.parse("2026-03-02T08:15:30Z");
    private static final Instant NOW = AT.plusSeconds(3);
    private static ThreadWorld world;

    @BeforeAll
    static void start() throws Exception {
        world = new ThreadWorld();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    static InboundSender sender(ThreadWorld world, UUID account, Instant at, Address... addresses) {
        return new InboundSender(world.organization, "whatsapp", account, List.of(addresses), at);
    }

    private static Address phone(String value) {
        return new Address(Address.PHONE, value);
    }

    private static Address user(String value) {
        return new Address(Address.USER, value);
    }

    private static Map<InboundSender, ResolvedThread> resolve(InboundSender... senders) {
        return world.database.transact(connection -> world.identity.resolveInbound(connection, List.of(senders), NOW));
    }

    @Test
    void shouldMakeOneThreadOfSendersThatShareAnAddress() {
        InboundSender first = sender(world, world.account, AT, user("US.1"), phone("31600000301"));
        InboundSender second = sender(world, world.account, AT.plusSeconds(9), user("US.1"));
        InboundSender stranger = sender(world, world.account, AT, phone("31600000302"));

        Map<InboundSender, ResolvedThread> threads = resolve(first, second, stranger);

        assertThat(threads)
                .hasSize(3)
                .allSatisfy((sender, thread) -> assertThat(thread.created()).isTrue());
        assertThat(threads.get(first)).isEqualTo(threads.get(second)).isNotEqualTo(threads.get(stranger));
        UUID id = Objects.requireNonNull(threads.get(first)).threadId();
        assertThat(world.get(id).path("attributes").path("identifier").asString())
                .isEqualTo("31600000301");
        assertThat(world.get(id).path("attributes").path("windowExpiresAt").asString())
                .isEqualTo("2026-03-03T08:15:39+00:00");
        assertThat(world.get(id).path("attributes").path("lastMessageAt").asString())
                .isEqualTo("2026-03-02T08:15:33+00:00");
        assertThat(world.events(id)).containsExactly("create");
        assertThat(Json.MAPPER
                        .readTree(world.text("select state from events where resource_id = '" + id + "'"))
                        .path("attributes"))
                .isEqualTo(world.get(id).path("attributes"));
    }

    @Test
    void shouldFindAThreadByAnyAddressAndLearnTheOthers() {
        UUID thread = world.thread("31600000303");

        assertThat(resolve(sender(world, world.account, AT, phone("31600000303"), user("US.3")))
                        .values())
                .containsExactly(new ResolvedThread(thread, false));
        assertThat(resolve(sender(world, world.account, AT, user("US.3"))).values())
                .containsExactly(new ResolvedThread(thread, false));
        // The window alone is no event.
        assertThat(world.events(thread)).containsExactly("create");
    }

    @Test
    void shouldNeverTakeTheWindowBackNorTheThreadFromTheAccountLastWrittenTo() {
        Address person = phone("31600000304");
        UUID thread = resolve(sender(world, world.account, AT, person))
                .values()
                .iterator()
                .next()
                .threadId();
        resolve(sender(world, world.secondAccount, AT.plusSeconds(60), person));

        resolve(sender(world, world.account, AT.minus(Duration.ofHours(1)), person));

        assertThat(world.texts("select expires_at at time zone 'UTC' from thread_windows where thread_id = '" + thread
                        + "' order by 1"))
                .containsExactly("2026-03-03 08:15:30", "2026-03-03 08:16:30");
        assertThat(world.text("select last_inbound_account_id from threads where id = '" + thread + "'"))
                .isEqualTo(world.secondAccount.toString());
        assertThat(world.get(thread).path("attributes").path("windowExpiresAt").asString())
                .isEqualTo("2026-03-03T08:16:30+00:00");
    }

    @Test
    void shouldOpenNoWindowOnAChannelWithoutOne() {
        InboundSender sender =
                new InboundSender(world.organization, "web", world.webAccount, List.of(user("visitor-1")), AT);
        UUID thread = Objects.requireNonNull(resolve(sender).get(sender)).threadId();

        assertThat(world.get(thread).path("attributes").path("windowExpiresAt").isNull())
                .isTrue();
        assertThat(world.text("select last_inbound_account_id from threads where id = '" + thread + "'"))
                .isEqualTo(world.webAccount.toString());
    }

    @Test
    void shouldMakeOneThreadWhenTransactionsRace() throws Exception {
        for (int round = 0; round < 10; round++) {
            InboundSender sender = sender(world, world.account, AT, phone("3160000040" + round), user("US.40" + round));
            List<Future<ResolvedThread>> answers = new ArrayList<>();
            try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 6; i++) {
                    answers.add(nodes.submit(
                            () -> Objects.requireNonNull(resolve(sender).get(sender))));
                }
            }
            List<ResolvedThread> threads = new ArrayList<>();
            for (Future<ResolvedThread> answer : answers) {
                threads.add(answer.get(10, TimeUnit.SECONDS));
            }
            Set<UUID> ids = threads.stream().map(ResolvedThread::threadId).collect(Collectors.toSet());
            assertThat(ids).hasSize(1);
            assertThat(threads).filteredOn(ResolvedThread::created).hasSize(1);
        }
    }

    @Test
    void shouldLearnNothingOfThePersonToWhomAThreadLedBefore() {
        UUID thread = world.thread("5511955550001");
        String learned = "select value from thread_addresses where kind <> 'phone' and thread_id = '" + thread + "'";

        world.identity.learned(world.organization, thread, phone("5511955550002"), List.of(user("BR.70")));
        assertThat(world.texts(learned)).isEmpty();
        world.identity.learned(world.organization, thread, phone("5511955550001"), List.of(user("BR.71")));
        assertThat(world.texts(learned)).containsExactly("BR.71");
    }

    @Test
    void shouldBeCalledByTheLastOfTwoNumbersWhicheverIsToldOfFirst() {
        UUID thread = world.thread("31600000701");
        Address person = user("NL.72");
        world.identity.learned(world.organization, thread, null, List.of(person));
        Address first = phone("31600000701");
        Address second = phone("31600000702");
        Address third = phone("31600000703");

        renamed(new ProviderUpdate.Renamed(AT.plusSeconds(2), List.of(second), List.of(person), List.of(third)));
        renamed(new ProviderUpdate.Renamed(AT.plusSeconds(1), List.of(first), List.of(person), List.of(second)));
        assertThat(world.texts("select identifier from threads where id = '" + thread + "'"))
                .containsExactly("31600000703");
    }

    private void renamed(ProviderUpdate.Renamed update) {
        world.database.transact(connection -> {
            world.identity.renamed(connection, world.organization, "whatsapp", update);
            return true;
        });
    }

    @Test
    void shouldLearnAddressesOfASendsAnswer() {
        UUID thread = world.thread("5511912345678");

        world.identity.learned(world.organization, thread, null, List.of(phone("551112345678"), user("BR.9")));
        world.identity.learned(world.organization, UUID.randomUUID(), null, List.of(phone("551112345679")));

        assertThat(resolve(sender(world, world.account, AT, phone("551112345678")))
                        .values())
                .containsExactly(new ResolvedThread(thread, false));
        assertThat(world.texts("select value from thread_addresses where value = '551112345679'"))
                .isEmpty();
    }
}
