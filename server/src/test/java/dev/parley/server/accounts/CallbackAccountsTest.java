package dev.parley.server.accounts;

import static dev.parley.server.accounts.AccountsServer.ONE;
import static dev.parley.server.accounts.AccountsServer.TWO;
import static dev.parley.server.accounts.AccountsServer.phone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.RouteKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullUnmarked
class CallbackAccountsTest {

    private static final String PROVIDER = "whatsapp-cloud";
    private static final RouteKey BUSINESS = new RouteKey("businessAccountId", "900");

    private AccountsServer server;

    @BeforeEach
    void start() throws Exception {
        server = new AccountsServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void urlLeadsToTheAccountOfThatProviderWithItsSecrets() throws Exception {
        String id = server.post("one", phone("100")).expect(201).id();
        Account found = only(server.callbacks, id);
        assertThat(found.organizationId()).isEqualTo(ONE);
        assertThat(found.settings().require("appSecret")).isEqualTo("secret-of-the-app");
        assertThat(server.callbacks.find("web", UUID.fromString(id))).isEmpty();
        assertThat(server.callbacks.find(PROVIDER, UUID.randomUUID())).isEmpty();
        server.patch("one", id, "{\"status\":\"paused\"}").expect(200);
        assertThat(only(server.callbacks, id).connected()).isFalse();
    }

    @Test
    void oneIdInTwoOrganizationsKeepsTheirSecretsApart() throws Exception {
        String id = "0191f000-0000-7000-8000-00000000abcd";
        server.postWithId("one", id, phone("100", "first", "")).expect(201);
        server.clock.advance(Duration.ofSeconds(1));
        server.postWithId("two", id, phone("200", "second", "")).expect(201);
        List<Account> found = server.callbacks.find(PROVIDER, UUID.fromString(id));
        assertThat(found.stream().map(Account::organizationId)).containsExactly(ONE, TWO);
        assertThat(found.stream().map(a -> a.settings().require("appSecret"))).containsExactly("first", "second");
        assertThat(found.stream().map(a -> a.settings().require("phoneNumberId")))
                .containsExactly("100", "200");
    }

    @Test
    void updatesAreRoutedAmongAccountsThatShareTheSecret() throws Exception {
        String here = server.post("one", phone("100", "shared", "")).expect(201).id();
        server.clock.advance(Duration.ofSeconds(1));
        String there =
                server.post("two", phone("200", "shared", "")).expect(201).id();
        server.clock.advance(Duration.ofSeconds(1));
        server.post("two", phone("300", "other", "")).expect(201);
        Map<RouteKey, List<Account>> routed = server.callbacks.route(
                PROVIDER,
                Set.of(number("100"), number("200"), number("300"), number("999"), BUSINESS),
                only(server.callbacks, here));
        assertThat(routed).containsOnlyKeys(number("100"), number("200"), BUSINESS);
        assertThat(ids(routed, number("100"))).containsExactly(here);
        assertThat(ids(routed, number("200"))).containsExactly(there);
        assertThat(ids(routed, BUSINESS)).containsExactly(here, there);
        assertThat(routed.get(number("200")).getFirst().organizationId()).isEqualTo(TWO);
    }

    @Test
    void oneNumberInTwoOrganizationsReachesBothOnlyWithTheSameSecret() throws Exception {
        String here = server.post("one", phone("100", "shared", "")).expect(201).id();
        String there = server.post("two", phone("100", "other", "")).expect(201).id();
        assertThat(route(here)).containsExactly(here);
        server.patch("two", there, "{\"settings\":{\"appSecret\":\"shared\"}}").expect(200);
        assertThat(route(here)).containsExactlyInAnyOrder(here, there);
        server.delete("two", there).expect(204);
        assertThat(route(here)).containsExactly(here);
    }

    @Test
    void accountWithoutSecretSharesItWithNobody() {
        TestConnector open = new TestConnector(
                "open", "web", 1, TestConnector.WEB.inDoubt(), TestConnector.PHONE.settings(), List.of());
        AccountSettings none = new AccountSettings(Map.of());
        UUID id = UUID.randomUUID();
        byte[] here = CallbackSecrets.fingerprint(String::getBytes, open, none, ONE, id);
        byte[] there = CallbackSecrets.fingerprint(String::getBytes, open, none, TWO, id);
        assertThat(here).isNotEqualTo(there);
    }

    @Test
    void otherNodesLearnOfAChangeWithinFiveSeconds() throws Exception {
        String id = server.post("one", phone("100", "old", "")).expect(201).id();
        CallbackAccounts other = server.otherNode();
        assertThat(secret(other, id)).isEqualTo("old");
        assertThat(other.route(PROVIDER, Set.of(number("100")), only(other, id)))
                .hasSize(1);
        server.patch("one", id, "{\"settings\":{\"appSecret\":\"new\"}}").expect(200);
        assertThat(secret(server.callbacks, id)).isEqualTo("new");
        server.clock.advance(Duration.ofMillis(4_999));
        assertThat(secret(other, id)).isEqualTo("old");
        server.clock.advance(Duration.ofMillis(1));
        assertThat(secret(other, id)).isEqualTo("new");
        assertThat(other.route(PROVIDER, Set.of(number("100")), only(other, id)))
                .hasSize(1);
    }

    @Test
    void changedNumberIsRoutedAnew() throws Exception {
        String id = server.post("one", phone("100")).expect(201).id();
        assertThat(route(id)).containsExactly(id);
        server.patch("one", id, "{\"settings\":{\"phoneNumberId\":\"101\"}}").expect(200);
        Account account = only(server.callbacks, id);
        assertThat(server.callbacks.route(PROVIDER, Set.of(number("100"), number("101")), account))
                .containsOnlyKeys(number("101"));
    }

    private List<String> route(String urlAccount) {
        return ids(
                server.callbacks.route(PROVIDER, Set.of(number("100")), only(server.callbacks, urlAccount)),
                number("100"));
    }

    private static List<String> ids(Map<RouteKey, List<Account>> routed, RouteKey key) {
        return routed.get(key).stream().map(account -> account.id().toString()).toList();
    }

    private static Account only(CallbackAccounts accounts, String id) {
        List<Account> found = accounts.find(PROVIDER, UUID.fromString(id));
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static String secret(CallbackAccounts accounts, String id) {
        return only(accounts, id).settings().require("appSecret");
    }

    private static RouteKey number(String number) {
        return new RouteKey("phoneNumberId", number);
    }
}
