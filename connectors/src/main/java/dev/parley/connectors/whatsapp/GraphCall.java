package dev.parley.connectors.whatsapp;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Outbound.Call;
import dev.parley.connectors.support.Json;
import dev.parley.connectors.support.Texts;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes calls of Graph's management endpoints. Null where the settings make no valid one. */
final class GraphCall {

    private static final int ANSWER_LIMIT = 256 * 1024;
    private static final byte[] NOTHING = new byte[0];

    private GraphCall() {}

    static @Nullable Call post(AccountSettings account, List<String> path, JsonNode body, Duration deadline) {
        byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
        return make("POST", account, path, Map.of(), bytes, ANSWER_LIMIT, deadline);
    }

    static @Nullable Call of(
            String method,
            AccountSettings account,
            List<String> path,
            Map<String, String> query,
            int answerLimit,
            Duration deadline) {
        return make(method, account, path, query, NOTHING, answerLimit, deadline);
    }

    private static @Nullable Call make(
            String method,
            AccountSettings account,
            List<String> path,
            Map<String, String> query,
            byte[] body,
            int answerLimit,
            Duration deadline) {
        String token = account.find(WhatsAppSettings.ACCESS_TOKEN);
        if (token == null || !Texts.isVisible(token) || path.contains("")) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + token);
        headers.put("Accept", "application/json");
        if (body.length > 0) {
            headers.put("Content-Type", "application/json");
        }
        try {
            return new Call(method, uri(account, path, query), headers, body, deadline, answerLimit);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static URI uri(AccountSettings account, List<String> path, Map<String, String> query) {
        String base = WhatsAppSettings.baseUrl(account);
        StringBuilder text = new StringBuilder(base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
        text.append('/').append(encoded(WhatsAppSettings.apiVersion(account)));
        path.forEach(segment -> text.append('/').append(encoded(segment)));
        if (!query.isEmpty()) {
            text.append('?')
                    .append(query.entrySet().stream()
                            .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                            .collect(Collectors.joining("&")));
        }
        return URI.create(text.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
