package dev.parley.connectors.whatsapp;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Outbound;
import dev.parley.connectors.support.Texts;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes calls to Graph of an account's settings. */
final class GraphCalls {

    static final int ANSWER_LIMIT = 256 * 1024;
    private static final long MAX_RETRY_AFTER_SECONDS = 86_400;

    private GraphCalls() {}

    /** The account's own number in a path. */
    static @Nullable String number(AccountSettings account) {
        return account.find(WhatsAppSettings.PHONE_NUMBER_ID);
    }

    /** Where an object is; throws IllegalArgumentException when the settings make no address. */
    static URI uri(AccountSettings account, String... path) {
        StringBuilder uri = new StringBuilder(withoutSlash(WhatsAppSettings.baseUrl(account)));
        uri.append('/').append(segment(WhatsAppSettings.apiVersion(account)));
        for (String part : path) {
            uri.append('/').append(segment(part));
        }
        return URI.create(uri.toString());
    }

    /** A call with the account's token; null when its settings have none that can stand in a header. */
    static Outbound.@Nullable Call call(
            String method, URI uri, AccountSettings account, @Nullable String contentType, Duration deadline) {
        String token = account.find(WhatsAppSettings.ACCESS_TOKEN);
        if (token == null || !Texts.isVisible(token)) {
            return null;
        }
        Map<String, String> headers = new HashMap<>(Map.of("Authorization", "Bearer " + token, "Accept", "*/*"));
        if (contentType != null) {
            headers.put("Content-Type", contentType);
        }
        return new Outbound.Call(method, uri, headers, new byte[0], deadline, ANSWER_LIMIT);
    }

    /** How long an answer asks to wait; null when it does not. */
    static @Nullable Duration retryAfter(Outbound.Exchange.Answer answer) {
        String seconds = answer.headers().getOrDefault("retry-after", "").strip();
        if (seconds.isEmpty() || seconds.length() > 6 || !seconds.chars().allMatch(Character::isDigit)) {
            return null;
        }
        return Duration.ofSeconds(Math.min(Long.parseLong(seconds), MAX_RETRY_AFTER_SECONDS));
    }

    static String segment(String text) {
        if (text.isEmpty() || text.chars().allMatch(c -> c == '.')) {
            throw new IllegalArgumentException("an empty part of the path");
        }
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
