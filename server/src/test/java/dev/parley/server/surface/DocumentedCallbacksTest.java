package dev.parley.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The callbacks of providers as the document describes them. */
@NullUnmarked
class DocumentedCallbacksTest extends MatrixCase {

    private static final String SECRET = "secret-of-the-site-0123456789";

    @Test
    void whatWhatsAppSignsIsTaken() throws Exception {
        JsonNode account = json(send("GET", "/channel-accounts/" + world.asking.ids.get("channelAccounts"), null));
        taken(
                account.path("data"),
                "X-Hub-Signature-256",
                world.asking.mark + "-secret",
                "{\"object\":\"whatsapp_business_account\",\"entry\":[]}");
    }

    @Test
    void whatASiteSignsIsTaken() throws Exception {
        JsonNode account = world.server.make(
                "/channel-accounts",
                world.asking.token,
                "channelAccounts",
                Map.of("channel", "web", "provider", "web", "name", "Site", "settings", Map.of("secret", SECRET)));
        taken(
                account,
                "X-Parley-Signature",
                SECRET,
                "{\"messages\":[{\"id\":\"m-1\",\"from\":\"visitor-7\",\"text\":\"Hello\",\"timestamp\":1790000000}],"
                        + "\"statuses\":[{\"id\":\"web-1\",\"status\":\"read\",\"timestamp\":\"2026-09-21T14:13:20+00:00\"}]}");
    }

    @Test
    void challengeIsRepeatedToWhoKnowsTheVerifyToken() {
        String path = path(json(send("GET", "/channel-accounts/" + world.asking.ids.get("channelAccounts"), null))
                .path("data"));
        String challenge = path + "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
        HttpResponse<String> proven = world.server.raw("GET", challenge + world.asking.mark + "-verify", null);
        assertThat(proven.statusCode()).isEqualTo(200);
        assertThat(proven.body()).isEqualTo("1158201444");
        assertThat(world.server.raw("GET", challenge + "another", null).statusCode())
                .isEqualTo(403);
    }

    @Test
    void addressThatIsNoAccountsIsNotFound() {
        String path = "/callbacks/whatsapp-cloud/" + world.other.id;
        assertThat(post(path, "{}").statusCode()).isEqualTo(404);
        String challenge = "?hub.mode=subscribe&hub.challenge=1&hub.verify_token=x";
        assertThat(world.server
                        .raw("GET", "/callbacks/whatsapp-cloud/none" + challenge, null)
                        .statusCode())
                .isEqualTo(404);
    }

    private static void taken(JsonNode account, String header, String secret, String body) throws Exception {
        String path = path(account);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        assertThat(post(path, body, header, signature).statusCode()).isEqualTo(200);
        assertThat(post(path, body + " ", header, signature).statusCode()).isEqualTo(401);
        assertThat(post(path, body).statusCode()).isEqualTo(401);
    }

    private static String path(JsonNode account) {
        return URI.create(account.at("/attributes/callbackUrl").asString()).getPath();
    }

    private static HttpResponse<String> post(String path, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Content-Type";
        all[1] = "application/json";
        return world.server.raw("POST", path, body, all);
    }
}
