package dev.parley.bench;

import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Makes channel accounts as an operator does. */
final class Accounts {

    static final String APP_SECRET = "bench-app-secret";
    static final String BUSINESS = "200000000000001";

    private Accounts() {}

    /** Gives the resource of the new account. */
    static JsonNode connect(ApiClient api, String number, String baseUrl, int perSecond)
            throws IOException, InterruptedException {
        return api.create(
                        "/channel-accounts",
                        "channelAccounts",
                        Map.of(
                                "channel", "whatsapp",
                                "provider", "whatsapp-cloud",
                                "name", "Bench",
                                "messagesPerSecond", perSecond,
                                "settings",
                                        Map.of(
                                                "phoneNumberId",
                                                number,
                                                "businessAccountId",
                                                BUSINESS,
                                                "accessToken",
                                                "bench-access-token",
                                                "appSecret",
                                                APP_SECRET,
                                                "verifyToken",
                                                "bench-verify-token",
                                                "baseUrl",
                                                baseUrl)))
                .path("data");
    }
}
