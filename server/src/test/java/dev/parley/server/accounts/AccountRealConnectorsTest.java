package dev.parley.server.accounts;

import static dev.parley.server.accounts.AccountsServer.ONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.RouteKey;
import dev.parley.connectors.Connectors;
import dev.parley.server.platform.json.Json;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the connectors that the server has. */
class AccountRealConnectorsTest {

    private static final String DOCUMENTED = """
            {"channel":"whatsapp","provider":"whatsapp-cloud","name":"Recruiting, Amsterdam",
             "settings":{"phoneNumberId":"106540352242922","businessAccountId":"102290129340398",
              "accessToken":"the-access-token","appSecret":"the-app-secret","verifyToken":"a-word-of-your-choice"}}
            """;

    private AccountsServer server;

    @BeforeEach
    void start() throws Exception {
        server = new AccountsServer(Connectors.all());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void documentedNumberIsConnectedAsDocumented() throws Exception {
        Answer made = server.post("one", DOCUMENTED).expect(201);
        assertThat(made.attribute("settings")).isEqualTo(Json.MAPPER.readTree("""
                                {"phoneNumberId":"106540352242922","businessAccountId":"102290129340398","accessToken":"***",
                                 "appSecret":"***","verifyToken":"***","apiVersion":null,"baseUrl":null}
                                """));
        assertThat(made.attribute("messagesPerSecond").intValue()).isEqualTo(80);
        assertThat(made.attribute("inDoubt").asString()).isEqualTo("fail");
        Account account = server.callbacks
                .find("whatsapp-cloud", UUID.fromString(made.id()))
                .getFirst();
        RouteKey phone = new RouteKey("phone", "106540352242922");
        RouteKey business = new RouteKey("business", "102290129340398");
        assertThat(server.callbacks.route("whatsapp-cloud", Set.of(phone, business), account))
                .containsOnlyKeys(phone, business);
        server.service.pause(ONE, UUID.fromString(made.id()), "The token has expired.");
        assertThat(server.events(made.id())).hasSize(2);
    }

    @Test
    void idsAndVersionsThatStandInPathsMustLookLikeThem() throws Exception {
        Answer refused = server.post(
                        "one",
                        DOCUMENTED
                                .replace("106540352242922", "1/../2")
                                .replace("102290129340398", "1".repeat(65))
                                .replace("\"accessToken\"", "\"apiVersion\":\"26\",\"accessToken\""))
                .expect(422);
        assertThat(refused.problems())
                .containsExactly(
                        "invalid_value /data/attributes/settings/phoneNumberId",
                        "invalid_value /data/attributes/settings/businessAccountId",
                        "invalid_value /data/attributes/settings/apiVersion");
        assertThat(refused.body())
                .contains("Write 1 to 64 letters, digits, underscores and hyphens.", "Write a version such as v26.0.");
        server.post("one", DOCUMENTED.replace("\"accessToken\"", "\"apiVersion\":\"v25.0\",\"accessToken\""))
                .expect(201);
    }

    @Test
    void secondNumberOfTheSameBusinessIsWelcomeAndTheSameNumberIsNot() throws Exception {
        server.post("one", DOCUMENTED).expect(201);
        assertThat(server.post("one", DOCUMENTED).expect(409).problems())
                .containsExactly("account_exists /data/attributes/settings/phoneNumberId");
        server.post("one", DOCUMENTED.replace("106540352242922", "106540352242923"))
                .expect(201);
    }

    @Test
    void siteSignsItsCallsWithASecret() throws Exception {
        Answer made = server.post(
                        "one",
                        "{\"channel\":\"web\",\"provider\":\"web\",\"name\":\"Site\",\"settings\":{\"secret\":\"0123456789abcdef\"}}")
                .expect(201);
        assertThat(made.setting("secret").asString()).isEqualTo("***");
        assertThat(made.attribute("callbackUrl").asString())
                .isEqualTo(AccountsServer.PUBLIC_URL + "/callbacks/web/" + made.id());
    }
}
