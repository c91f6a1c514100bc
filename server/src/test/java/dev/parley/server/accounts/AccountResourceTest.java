package dev.parley.server.accounts;

import static dev.parley.server.accounts.AccountsServer.phone;
import static dev.parley.server.accounts.AccountsServer.web;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AccountResourceTest {

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
    void newAccountHasTheConnectorsDefaultsAndEveryAttribute() throws Exception {
        Answer made = server.post("one", phone("100")).expect(201);
        assertThat(made.response().headers().firstValue("Location"))
                .hasValue("/public/v2/channel-accounts/" + made.id());
        assertThat(made.attributes().propertyNames())
                .containsExactly(
                        "channel",
                        "provider",
                        "name",
                        "isDefault",
                        "status",
                        "statusReason",
                        "messagesPerSecond",
                        "inDoubt",
                        "callbackUrl",
                        "settings",
                        "createdAt",
                        "updatedAt");
        assertThat(made.attribute("isDefault").booleanValue()).isTrue();
        assertThat(made.attribute("status").asString()).isEqualTo("connected");
        assertThat(made.attribute("statusReason").isNull()).isTrue();
        assertThat(made.attribute("messagesPerSecond").intValue()).isEqualTo(80);
        assertThat(made.attribute("inDoubt").asString()).isEqualTo("fail");
        assertThat(made.attribute("callbackUrl").asString())
                .isEqualTo("https://parley.example.com/callbacks/whatsapp-cloud/" + made.id());
        assertThat(made.attribute("createdAt").asString()).isEqualTo("2026-03-02T08:15:30+00:00");
        assertThat(made.json().at("/data/relationships/organization/data/id").asString())
                .isEqualTo(AccountsServer.ONE.toString());
        assertThat(server.get("one", "/" + made.id()).expect(200).json().get("data"))
                .isEqualTo(made.json().get("data"));
    }

    @Test
    void providerThatMakesNoCallbacksHasNoCallbackUrl() throws Exception {
        Answer made = server.post("one", web("Site")).expect(201);
        assertThat(made.attribute("callbackUrl").isNull()).isTrue();
        assertThat(made.attribute("settings").size()).isZero();
        assertThat(made.attribute("inDoubt").asString()).isEqualTo("resend");
        assertThat(made.attribute("messagesPerSecond").intValue()).isEqualTo(200);
        assertThat(server.texts("select account_id from callback_routes")).isEmpty();
    }

    @Test
    void givenValuesReplaceTheDefaults() throws Exception {
        Answer made = server.post(
                        "one",
                        phone(
                                "100",
                                "s",
                                ",\"isDefault\":false,\"status\":\"paused\",\"messagesPerSecond\":7,\"inDoubt\":\"RESEND\""))
                .expect(201);
        assertThat(made.attribute("isDefault").booleanValue()).isFalse();
        assertThat(made.attribute("status").asString()).isEqualTo("paused");
        assertThat(made.attribute("statusReason").asString()).isEqualTo("Paused through the API.");
        assertThat(made.attribute("messagesPerSecond").intValue()).isEqualTo(7);
        assertThat(made.attribute("inDoubt").asString()).isEqualTo("resend");
    }

    @Test
    void allProblemsOfACreationAreListed() throws Exception {
        Answer refused = server.post("one", """
                        {"channel":"web","provider":"whatsapp-cloud","messagesPerSecond":0,"status":"broken",
                         "settings":{"phoneNumberId":"1","fax":"2"}}
                        """).expect(422);
        assertThat(refused.problems())
                .containsExactlyInAnyOrder(
                        "invalid_value /data/attributes/messagesPerSecond",
                        "invalid_value /data/attributes/status",
                        "missing_member /data/attributes",
                        "invalid_value /data/attributes/provider",
                        "missing_member /data/attributes/settings",
                        "missing_member /data/attributes/settings",
                        "missing_member /data/attributes/settings",
                        "unknown_attribute /data/attributes/settings/fax");
        assertThat(server.texts("select id from channel_accounts")).isEmpty();
        assertThat(server.texts("select position from events")).isEmpty();
    }

    @Test
    void unknownProviderIsRefused() throws Exception {
        assertThat(server.post("one", "{\"channel\":\"web\",\"provider\":\"pigeon\",\"name\":\"n\"}")
                        .expect(422)
                        .problems())
                .containsExactly("invalid_value /data/attributes/provider");
    }

    @Test
    void channelAndProviderAreFixed() throws Exception {
        Answer made = server.post("one", phone("100")).expect(201);
        assertThat(server.patch(
                                "one",
                                made.id(),
                                "{\"channel\":\"web\",\"provider\":\"web\",\"settings\":{\"fax\":\"1\"}}")
                        .expect(422)
                        .problems())
                .containsExactlyInAnyOrder(
                        "invalid_value /data/attributes/channel",
                        "invalid_value /data/attributes/provider",
                        "unknown_attribute /data/attributes/settings/fax");
        server.patch("one", made.id(), "{\"channel\":\"whatsapp\",\"provider\":\"whatsapp-cloud\"}")
                .expect(200);
    }

    @Test
    void whatWasReadCanBeWrittenBackAndChangesNothing() throws Exception {
        Answer made = server.post("one", phone("100")).expect(201);
        server.clock.advance(Duration.ofMinutes(1));
        Answer back =
                server.patch("one", made.id(), made.attributes().toString()).expect(200);
        assertThat(back.attributes()).isEqualTo(made.attributes());
        assertThat(back.json().at("/meta/ignored").toString())
                .contains("statusReason", "callbackUrl", "createdAt", "updatedAt");
        assertThat(server.events(made.id())).hasSize(1);
        assertThat(server.callbacks
                        .find("whatsapp-cloud", UUID.fromString(made.id()))
                        .getFirst()
                        .settings()
                        .values())
                .containsEntry("accessToken", "token-of-100")
                .containsEntry("appSecret", "secret-of-the-app");
        assertThat(server.changed).isEmpty();
    }

    @Test
    void nullIsNoValueForWhatAnAccountMustHave() throws Exception {
        Answer made = server.post("one", phone("100")).expect(201);
        for (String name : List.of("name", "isDefault", "status", "messagesPerSecond", "inDoubt", "settings")) {
            assertThat(server.patch("one", made.id(), "{\"" + name + "\":null}")
                            .expect(422)
                            .problems())
                    .containsExactly("invalid_value /data/attributes/" + name);
        }
    }

    @Test
    void listIsPagedNewestFirstAndSortable() throws Exception {
        for (String number : List.of("100", "200", "300")) {
            server.clock.advance(Duration.ofSeconds(1));
            server.post("one", phone(number)).expect(201);
        }
        JsonNode page = server.get("one", "?page%5Bsize%5D=2").expect(200).json();
        assertThat(names(page)).containsExactly("Number 300", "Number 200");
        assertThat(page.at("/meta/total").intValue()).isEqualTo(3);
        assertThat(names(server.get("one", "?sort=createdAt").expect(200).json()))
                .containsExactly("Number 100", "Number 200", "Number 300");
        server.get("one", "?sort=nome").expect(400);
    }

    @Test
    void deletedAccountIsGoneWithItsSecretsAndRoutes() throws Exception {
        Answer made = server.post("one", phone("100")).expect(201);
        server.changed.clear();
        assertThat(server.delete("one", made.id()).expect(204).body()).isEmpty();
        server.get("one", "/" + made.id()).expect(404);
        server.patch("one", made.id(), "{\"name\":\"x\"}").expect(404);
        server.delete("one", made.id()).expect(404);
        assertThat(names(server.get("one", "").json())).isEmpty();
        assertThat(server.texts("select account_id from callback_routes")).isEmpty();
        assertThat(server.texts("select encode(secrets, 'hex') from channel_accounts"))
                .containsExactly("2127");
        assertThat(server.released).containsExactly(made.id() + " true");
        assertThat(server.changed).containsExactly(UUID.fromString(made.id()));
        assertThat(server.callbacks.find("whatsapp-cloud", UUID.fromString(made.id())))
                .isEmpty();
    }

    @Test
    void deletedNumberCanBeConnectedAgainUnderAnotherId() throws Exception {
        Answer made = server.post("one", phone("100")).expect(201);
        server.delete("one", made.id()).expect(204);
        assertThat(server.postWithId("one", made.id(), phone("100")).expect(409).problems())
                .containsExactly("id_taken /data/id");
        assertThat(server.post("one", phone("100"))
                        .expect(201)
                        .attribute("isDefault")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void chosenIdIsUsedOncePerOrganization() throws Exception {
        String id = "0191f000-0000-7000-8000-00000000abcd";
        assertThat(server.postWithId("one", id, phone("100")).expect(201).id()).isEqualTo(id);
        assertThat(server.postWithId("one", id, web("Site")).expect(409).problems())
                .containsExactly("id_taken /data/id");
        assertThat(server.postWithId("two", id, phone("100")).expect(201).id()).isEqualTo(id);
    }

    @Test
    void organizationsDoNotSeeEachOther() throws Exception {
        Answer made = server.post("one", phone("100")).expect(201);
        String nowhere = "0191f000-0000-7000-8000-00000000abcd";
        assertThat(withoutRequestId(server.get("two", "/" + made.id()).expect(404)))
                .isEqualTo(withoutRequestId(server.get("two", "/" + nowhere).expect(404)));
        server.patch("two", made.id(), "{\"name\":\"mine\"}").expect(404);
        server.delete("two", made.id()).expect(404);
        assertThat(names(server.get("two", "").expect(200).json())).isEmpty();
        assertThat(server.get("one", "/" + made.id()).attribute("name").asString())
                .isEqualTo("Number 100");
        // The first of its channel there, whatever others have.
        assertThat(server.post("two", phone("100"))
                        .expect(201)
                        .attribute("isDefault")
                        .booleanValue())
                .isTrue();
        assertThat(server.get("one", "/" + made.id()).attribute("isDefault").booleanValue())
                .isTrue();
    }

    private static JsonNode withoutRequestId(Answer answer) {
        JsonNode json = answer.json();
        ((ObjectNode) json).remove("meta");
        return json;
    }

    private static List<String> names(JsonNode page) {
        return page.get("data")
                .valueStream()
                .map(one -> one.at("/attributes/name").asString())
                .toList();
    }
}
