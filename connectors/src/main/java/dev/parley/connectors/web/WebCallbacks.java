package dev.parley.connectors.web;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.CallbackReceiver;
import dev.parley.connector.ProviderUpdate;
import dev.parley.connector.RawUpdate;
import dev.parley.connectors.support.HmacSignature;
import dev.parley.connectors.support.Json;
import dev.parley.connectors.support.Texts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a site's back-end posts:
 *
 * <pre>{@code
 * {"messages": [{"id": "m-1", "from": "visitor-7", "text": "Hello", "timestamp": 1790000000}],
 *  "statuses": [{"id": "web-…", "status": "read", "timestamp": "2026-09-21T14:13:20+00:00"}]}
 * }</pre>
 *
 * <p>Both lists may be missing. {@code id} of a message is the site's own and unique within the account (a repeated one is
 * the same message); {@code from} is the visitor's id; {@code text} has 1 to 10,000 characters; {@code replyTo} may name the
 * message it answers. A status names its message by {@code id} or by {@code reference}; it is {@code sent}, {@code
 * delivered}, {@code read} or {@code failed}, the last with an optional {@code reason}. {@code timestamp} is seconds since
 * 1970 or ISO 8601 with an offset. At most 20,000 updates in one body.
 *
 * <p>The request is signed: {@code X-Parley-Signature: sha256=<lower-case hex of HMAC-SHA256(secret, raw body)>}. There is
 * no challenge.
 */
final class WebCallbacks implements CallbackReceiver {

    private static final String SIGNATURE = "x-parley-signature";
    private static final String[][] LISTS = {{"messages", "message"}, {"statuses", "status"}};
    private static final int MAX_UPDATES = 20_000;
    private static final int MAX_UNREADABLE = 65_536;

    @Override
    public String secretSetting() {
        return WebConnector.SECRET;
    }

    @Override
    public @Nullable String answerChallenge(AccountSettings settings, Map<String, String> query) {
        return null;
    }

    @Override
    public boolean isAuthentic(AccountSettings settings, Map<String, String> headers, byte[] body) {
        String secret = settings.find(WebConnector.SECRET);
        return secret != null && HmacSignature.matches(secret, body, headers.get(SIGNATURE));
    }

    @Override
    public List<RawUpdate> split(byte[] body) {
        JsonNode root = Json.read(body);
        if (root == null || !root.isObject()) {
            return List.of(unreadable(body));
        }
        List<RawUpdate> updates = new ArrayList<>();
        for (String[] names : LISTS) {
            JsonNode list = root.path(names[0]);
            if (updates.size() + list.size() > MAX_UPDATES || !(list.isArray() || list.isMissingNode())) {
                return List.of(unreadable(body));
            }
            for (JsonNode one : list) {
                updates.add(new RawUpdate(null, Json.write(Json.object().set(names[1], one))));
            }
        }
        return updates.isEmpty() && !isEmptyCallback(root) ? List.of(unreadable(body)) : List.copyOf(updates);
    }

    @Override
    public ProviderUpdate parse(String json) {
        JsonNode update = Json.read(json);
        if (update != null && update.path("message").isObject()) {
            return WebUpdates.message(update.path("message"));
        }
        if (update != null && update.path("status").isObject()) {
            return WebUpdates.status(update.path("status"));
        }
        return new ProviderUpdate.Unknown("an update that is neither a message nor a status");
    }

    private static boolean isEmptyCallback(JsonNode root) {
        return root.path("messages").isArray() || root.path("statuses").isArray();
    }

    private static RawUpdate unreadable(byte[] body) {
        String text = Texts.cut(new String(body, StandardCharsets.UTF_8), MAX_UNREADABLE);
        return new RawUpdate(null, Json.write(Json.object().put("unreadable", text)));
    }
}
