package dev.parley.connectors.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.Address;
import dev.parley.connector.CallbackReceiver;
import dev.parley.connector.ContactCard;
import dev.parley.connector.InboundContent;
import dev.parley.connector.InboundContent.Choice;
import dev.parley.connector.InboundContent.Fault;
import dev.parley.connector.InboundContent.Offer;
import dev.parley.connector.InboundContent.Unsupported;
import dev.parley.connector.ProviderUpdate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of message that a candidate can send, in Meta's shapes with values of our own. */
class InboundKindsTest {

    private static final Instant AT = Instant.ofEpochSecond(1_790_000_000);
    private static final Address ADA = new Address(Address.PHONE, "14155550123");
    private static final Address USER = new Address(Address.USER, "US.1a");
    private final CallbackReceiver callbacks = new WhatsAppConnector().callbacks();

    @Test
    void shouldUnderstandALocation() {
        assertThat(content("""
                "location":{"address":"1 Main St","latitude":52.5163,"longitude":-13.3777,"name":"Gate","url":"https://a.example/"},"type":"location\""""))
                .isEqualTo(new InboundContent.Location(52.5163, -13.3777, "Gate", "1 Main St", "https://a.example/"));
        assertThat(content("\"type\":\"location\",\"location\":{\"latitude\":\"-90\",\"longitude\":\"180\"}"))
                .isEqualTo(new InboundContent.Location(-90, 180, null, null, null));
    }

    @Test
    void shouldUnderstandContacts() {
        InboundContent.Contacts contacts = (InboundContent.Contacts) content("""
                "type":"contacts","contacts":[{"name":{"first_name":"Grace","last_name":"Hopper","formatted_name":"Grace B. Hopper"},\
                "org":{"company":"Navy"},"phones":[{"phone":"+1 (415) 555-0829","wa_id":"14155550829","type":"MOBILE"},{}],\
                "emails":[{"email":"g@example.org","type":"WORK"}],"birthday":"1906-12-09","vcard":"BEGIN:VCARD"},\
                {"name":{"first_name":"Only","last_name":"Parts"}},{"phones":[]}]""");

        assertThat(contacts.cards())
                .containsExactly(
                        new ContactCard(
                                Map.of(
                                        "first_name",
                                        "Grace",
                                        "last_name",
                                        "Hopper",
                                        "formatted_name",
                                        "Grace B. Hopper"),
                                List.of(Map.of("phone", "+1 (415) 555-0829", "wa_id", "14155550829", "type", "MOBILE")),
                                List.of(Map.of("email", "g@example.org", "type", "WORK")),
                                List.of(),
                                List.of(),
                                Map.of("company", "Navy"),
                                "1906-12-09"),
                        new ContactCard(
                                Map.of("first_name", "Only", "last_name", "Parts", "formatted_name", "Only Parts"),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                Map.of(),
                                null));
    }

    @Test
    void shouldUnderstandReactionsAndBothFormsOfTheirRemoval() {
        assertThat(
                        content(
                                "\"type\":\"reaction\",\"reaction\":{\"message_id\":\"wamid.OUT1\",\"emoji\":\"\\ud83d\\udc4d\"}"))
                .isEqualTo(new InboundContent.Reaction("wamid.OUT1", "👍"));
        for (String gone : List.of("", ",\"emoji\":\"\"", ",\"emoji\":null")) {
            assertThat(content("\"type\":\"reaction\",\"reaction\":{\"message_id\":\"wamid.OUT1\"" + gone + "}"))
                    .isEqualTo(new InboundContent.Reaction("wamid.OUT1", ""));
        }
    }

    @Test
    void shouldUnderstandTaps() {
        assertThat(content("\"type\":\"button\",\"button\":{\"payload\":\"YES_1\",\"text\":\"Yes\"}"))
                .isEqualTo(new Choice(Offer.TEMPLATE_BUTTON, "YES_1", "Yes", null));
        assertThat(content("\"type\":\"interactive\",\"interactive\":{\"type\":\"button_reply\",\"button_reply\":"
                        + "{\"id\":\"b1\",\"title\":\"Yes\"}}"))
                .isEqualTo(new Choice(Offer.BUTTON, "b1", "Yes", null));
        assertThat(content("\"type\":\"interactive\",\"interactive\":{\"type\":\"list_reply\",\"list_reply\":"
                        + "{\"id\":\"r1\",\"title\":\"Monday\",\"description\":\"9 to 5\"}}"))
                .isEqualTo(new Choice(Offer.LIST, "r1", "Monday", "9 to 5"));
        assertThat(content("\"type\":\"interactive\",\"interactive\":{\"type\":\"nfm_reply\",\"nfm_reply\":"
                        + "{\"name\":\"flow\",\"body\":\"Sent\",\"response_json\":\"{\\\"a\\\": 1}\"}}"))
                .isEqualTo(new InboundContent.Form("flow", "Sent", "{\"a\":1}"));
    }

    @Test
    void shouldUnderstandAnOrder() {
        assertThat(content("\"type\":\"order\",\"order\":{\"catalog_id\":\"c1\",\"text\":\"Please\",\"product_items\":["
                        + "{\"product_retailer_id\":\"p1\",\"quantity\":2,\"item_price\":9.50,\"currency\":\"EUR\"},"
                        + "{\"product_retailer_id\":\"p2\",\"quantity\":\"1\",\"item_price\":\"1e999999\"}]}"))
                .isEqualTo(new InboundContent.Order(
                        "c1",
                        "Please",
                        List.of(
                                new InboundContent.Item("p1", 2, "9.5", "EUR"),
                                new InboundContent.Item("p2", 1, null, null))));
    }

    @Test
    void shouldKeepWhyTheProviderHandsSomethingNotOn() {
        assertThat(content("\"type\":\"unsupported\",\"errors\":[{\"code\":131051,\"title\":\"Message type unknown\"}],"
                        + "\"unsupported\":{\"type\":\"poll_creation\"}"))
                .isEqualTo(new Unsupported("poll_creation", List.of(new Fault("131051", "Message type unknown"))));
        assertThat(content("\"type\":\"unsupported\",\"errors\":[{\"code\":131060}]"))
                .isEqualTo(new Unsupported("unsupported", List.of(new Fault("131060", null))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "location|{\"latitude\":90.01,\"longitude\":0}",
                "location|{\"latitude\":\"north\",\"longitude\":0}",
                "location|{\"latitude\":\"NaN\",\"longitude\":0}",
                "location|[1,2]",
                "contacts|{\"name\":\"x\"}",
                "contacts|[]",
                "contacts|[{\"name\":{}}]",
                "reaction|{\"emoji\":\"x\"}",
                "reaction|\"x\"",
                "button|{}",
                "interactive|{\"type\":\"button_reply\"}",
                "interactive|{\"type\":\"hologram\",\"hologram\":{}}",
                "interactive|{\"type\":\"nfm_reply\",\"nfm_reply\":{\"response_json\":\"no json\"}}",
                "order|{\"product_items\":{}}",
                "text|{\"body\":7.5}"
            })
    void shouldTakeAWrongShapeForUnsupported(String type, String object) {
        assertThat(content("\"type\":\"" + type + "\",\"" + type + "\":" + object))
                .isEqualTo(new Unsupported(type));
    }

    @Test
    void shouldUnderstandEditsAndTakingBack() {
        assertThat(parse("\"id\":\"w2\",\"type\":\"edit\",\"edit\":{\"original_message_id\":\"w1\",\"message\":"
                        + "{\"type\":\"text\",\"text\":{\"body\":\"Better\"}}}"))
                .isEqualTo(new ProviderUpdate.Edited("w2", AT, List.of(ADA), "w1", new InboundContent.Text("Better")));
        assertThat(parse("\"id\":\"w3\",\"type\":\"revoke\",\"revoke\":{\"original_message_id\":\"w1\"}"))
                .isEqualTo(new ProviderUpdate.Revoked("w3", AT, List.of(ADA), "w1"));
        assertThat(content(
                        "\"type\":\"edit\",\"edit\":{\"original_message_id\":\"w1\",\"message\":{\"type\":\"text\"}}"))
                .isEqualTo(new Unsupported("edit"));
        assertThat(content("\"type\":\"revoke\",\"revoke\":\"w1\"")).isEqualTo(new Unsupported("revoke"));
    }

    @Test
    void shouldUnderstandChangesOfAddresses() {
        Address now = new Address(Address.PHONE, "14155550999");
        Address renewed = new Address(Address.USER, "US.2b");
        assertThat(system("\"from\":\"14155550123\"", "\"type\":\"user_changed_number\",\"wa_id\":\"14155550999\""))
                .isEqualTo(new ProviderUpdate.Renamed(AT, List.of(ADA), List.of(), List.of(now)));
        assertThat(system(
                        "\"from\":\"14155550123\",\"from_user_id\":\"US.1a\"",
                        "\"type\":\"user_changed_number\",\"wa_id\":\"14155550999\""))
                .isEqualTo(new ProviderUpdate.Renamed(AT, List.of(ADA), List.of(USER), List.of(now)));
        assertThat(system(
                        "\"from_user_id\":\"US.2b\"",
                        "\"type\":\"user_changed_user_id\",\"user_id\":\"US.2b\",\"previous_user_id\":\"US.1a\""))
                .isEqualTo(new ProviderUpdate.Renamed(AT, List.of(USER), List.of(), List.of(renewed)));
        assertThat(system(
                        "\"from_user_id\":\"US.1a\",\"from\":\"14155550123\"",
                        "\"type\":\"user_changed_user_id\",\"user_id\":\"US.2b\""))
                .isEqualTo(new ProviderUpdate.Renamed(AT, List.of(USER), List.of(ADA), List.of(renewed)));
        assertThat(system("\"from\":\"14155550123\"", "\"type\":\"customer_identity_changed\",\"identity\":{}"))
                .isEqualTo(new ProviderUpdate.Notice("customer_identity_changed"));
        assertThat(system("\"x\":1", "\"type\":\"user_changed_number\",\"wa_id\":\"14155550999\""))
                .isInstanceOf(ProviderUpdate.Unknown.class);
    }

    private ProviderUpdate system(String from, String system) {
        return read("{" + from + ",\"id\":\"w1\",\"timestamp\":\"1790000000\",\"type\":\"system\",\"system\":{" + system
                + "}}");
    }

    private InboundContent content(String members) {
        ProviderUpdate.Inbound inbound = (ProviderUpdate.Inbound) parse("\"id\":\"w1\"," + members);
        assertThat(inbound.from()).containsExactly(ADA);
        return inbound.content();
    }

    private ProviderUpdate parse(String members) {
        return read("{\"from\":\"14155550123\",\"timestamp\":\"1790000000\"," + members + "}");
    }

    private ProviderUpdate read(String message) {
        byte[] body = Samples.messages("\"messages\":[" + message + "]").getBytes(StandardCharsets.UTF_8);
        return callbacks.parse(callbacks.split(body).getFirst().json());
    }
}
