package dev.parley.server.accounts;

import static dev.parley.server.accounts.AccountsServer.phone;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AccountSettingsTest {

    private AccountsServer server;
    private String id;

    @BeforeEach
    void start() throws Exception {
        server = new AccountsServer();
        id = server.post("one", phone("100")).expect(201).id();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void secretsReadAsStarsAndUnsetOnesAsNull() throws Exception {
        Answer read = server.get("one", "/" + id);
        assertThat(read.setting("phoneNumberId").asString()).isEqualTo("100");
        assertThat(read.setting("accessToken").asString()).isEqualTo("***");
        assertThat(read.setting("appSecret").asString()).isEqualTo("***");
        assertThat(read.setting("proxyPassword").isNull()).isTrue();
        assertThat(read.setting("baseUrl").isNull()).isTrue();
    }

    @Test
    void secretsAreNowhereInClear() throws Exception {
        Answer patched = server.patch("one", id, "{\"settings\":{\"proxyPassword\":\"open-sesame\",\"port\":null}}")
                .expect(200);
        Answer refused = server.patch("one", id, "{\"settings\":{\"accessToken\":\"line\\nbreak-token\"}}")
                .expect(422);
        String seen = patched.body()
                + refused.body()
                + server.get("one", "").body()
                + server.get("one", "/" + id).body()
                + server.texts("select a::text from channel_accounts a")
                + server.texts("select convert_from(secrets, 'latin1') from channel_accounts")
                + server.texts("select e::text from events e")
                + server.texts("select r::text from callback_routes r");
        assertThat(seen)
                .contains("\"proxyPassword\":\"***\"")
                .doesNotContain("token-of-100")
                .doesNotContain("secret-of-the-app")
                .doesNotContain("open-sesame")
                .doesNotContain("break-token");
    }

    @Test
    void membersAreMergedOneByOne() throws Exception {
        Answer read = server.patch("one", id, """
                        {"settings":{"accessToken":"new-token","appSecret":"***","port":587,"tls":true,
                         "baseUrl":"https://graph.example.org/x"}}
                        """).expect(200);
        assertThat(read.setting("port").intValue()).isEqualTo(587);
        assertThat(read.setting("tls").booleanValue()).isTrue();
        assertThat(read.setting("baseUrl").asString()).isEqualTo("https://graph.example.org/x");
        assertThat(stored())
                .containsEntry("accessToken", "new-token")
                .containsEntry("appSecret", "secret-of-the-app")
                .containsEntry("phoneNumberId", "100")
                .containsEntry("port", "587")
                .containsEntry("tls", "true");
        assertThat(server.patch("one", id, read.attributes().toString())
                        .expect(200)
                        .attributes())
                .isEqualTo(read.attributes());
        Answer cleared = server.patch("one", id, "{\"settings\":{\"port\":null,\"baseUrl\":null}}")
                .expect(200);
        assertThat(cleared.setting("port").isNull()).isTrue();
        assertThat(stored()).doesNotContainKeys("port", "baseUrl").containsEntry("accessToken", "new-token");
    }

    @Test
    void starsDoNotSetASecretThatIsNotSet() throws Exception {
        Answer patched = server.patch("one", id, "{\"settings\":{\"proxyPassword\":\"***\"}}")
                .expect(200);
        assertThat(patched.setting("proxyPassword").isNull()).isTrue();
        assertThat(server.events(id)).hasSize(1);
        assertThat(server.post("one", phone("200", "***", "")).expect(422).problems())
                .containsExactly("missing_member /data/attributes/settings/appSecret");
    }

    @Test
    void neededSettingsCannotBeRemoved() throws Exception {
        assertThat(server.patch("one", id, "{\"settings\":{\"appSecret\":null,\"phoneNumberId\":null}}")
                        .expect(422)
                        .problems())
                .containsExactly(
                        "missing_member /data/attributes/settings/phoneNumberId",
                        "missing_member /data/attributes/settings/appSecret");
    }

    @Test
    void missingSettingsPointAtWhatShouldHoldThem() throws Exception {
        Answer none = server.post("one", "{\"channel\":\"whatsapp\",\"provider\":\"whatsapp-cloud\",\"name\":\"n\"}")
                .expect(422);
        assertThat(none.problems()).hasSize(4).allMatch("missing_member /data/attributes"::equals);
        assertThat(none.body()).contains("Give the setting accessToken: The token.");
    }

    @Test
    void eachWrongKindIsAProblemOfItsOwn() throws Exception {
        Answer refused = server.patch("one", id, """
                        {"settings":{"phoneNumberId":5,"accessToken":"","port":"587","tls":"yes","baseUrl":"ftp://x",
                         "a/b":1}}
                        """).expect(422);
        assertThat(refused.problems())
                .containsExactly(
                        "invalid_value /data/attributes/settings/phoneNumberId",
                        "invalid_value /data/attributes/settings/accessToken",
                        "invalid_value /data/attributes/settings/port",
                        "invalid_value /data/attributes/settings/tls",
                        "invalid_value /data/attributes/settings/baseUrl",
                        "unknown_attribute /data/attributes/settings/a~1b");
        assertThat(server.events(id)).hasSize(1);
    }

    @Test
    void addressesAreAskedOfTheOutboundGuard() throws Exception {
        for (String bad : List.of(
                "https://api.internal",
                "https://me:pw@graph.example",
                "https://graph.example?x=1",
                "/relative",
                "https:///x")) {
            Answer refused = server.patch("one", id, "{\"settings\":{\"baseUrl\":\"" + bad + "\"}}")
                    .expect(422);
            assertThat(refused.problems()).containsExactly("invalid_value /data/attributes/settings/baseUrl");
        }
        assertThat(server.patch("one", id, "{\"settings\":{\"baseUrl\":\"https://api.internal\"}}")
                        .body())
                .contains("This address cannot be used: the address is not public.");
    }

    @Test
    void sameNumberTwiceInAnOrganizationIsRefusedByName() throws Exception {
        Answer refused = server.post("one", phone("100")).expect(409);
        assertThat(refused.problems()).containsExactly("account_exists /data/attributes/settings/phoneNumberId");
        JsonNode error = refused.json().at("/errors/0");
        assertThat(error.at("/meta/id").asString()).isEqualTo(id);
        assertThat(error.get("detail").asString()).contains(id, "phoneNumberId");
    }

    @Test
    void numberCannotBecomeAnothersEither() throws Exception {
        String other = server.post("one", phone("200")).expect(201).id();
        assertThat(server.patch("one", other, "{\"name\":\"n\",\"settings\":{\"phoneNumberId\":\"100\"}}")
                        .expect(409)
                        .problems())
                .containsExactly("account_exists /data/attributes/settings/phoneNumberId");
        assertThat(server.get("one", "/" + other).attribute("name").asString()).isEqualTo("Number 200");
        server.patch("one", other, "{\"settings\":{\"phoneNumberId\":\"300\"}}").expect(200);
        server.post("one", phone("200")).expect(201);
    }

    @Test
    void otherOrganizationsMayHaveTheSameNumber() throws Exception {
        server.post("two", phone("100")).expect(201);
    }

    private Map<String, String> stored() {
        return server.callbacks
                .find("whatsapp-cloud", UUID.fromString(id))
                .getFirst()
                .settings()
                .values();
    }
}
