package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server with an organization that has one of everything, and another one beside it. */
@NullUnmarked
abstract class RelationshipsCase {

    private static final String PARTNER = "pp_relationships-token-012345";

    static RunningServer server;
    static String organization;
    static String token;
    static String otherToken;
    static String status;
    static String candidate;
    static String user;
    static String thread;
    static String webhook;

    /** Below the base path, one of each type. */
    static final List<String> RESOURCES = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = new RunningServer(folder.resolve("data"), PARTNER);
        JsonNode own = server.make("/management/organizations", PARTNER, "organizations", Map.of("name", "Own"));
        organization = own.path("id").stringValue();
        token = own.at("/attributes/token").stringValue();
        otherToken = server.make("/management/organizations", PARTNER, "organizations", Map.of("name", "Other"))
                .at("/attributes/token")
                .stringValue();
        status = json(get("/candidate-statuses")).at("/data/0/id").stringValue();
        candidate = make("/candidates", "candidates", Map.of("phone", "316", "candidateStatusId", status));
        user = make("/users", "users", Map.of("firstName", "Ada", "lastName", "Byron"));
        server.sql("insert into user_candidates (organization_id, user_id, candidate_id) values ('%s', '%s', '%s')"
                .formatted(organization, user, candidate));
        thread = make(
                "/message-threads",
                "messageThreads",
                Map.of("channel", "whatsapp", "identifier", "31600000001", "candidateId", candidate));
        webhook = make(
                "/webhooks",
                "webhooks",
                Map.of("resource", "tokens", "event", "delete", "webhookUrl", "https://example.com/x"));
        String token = make("/tokens", "tokens", Map.of("name", "t", "scopes", List.of("read")));
        String account = server.site(RelationshipsCase.token).path("id").stringValue();
        RESOURCES.clear();
        RESOURCES.addAll(List.of(
                "/organizations/" + organization,
                "/candidate-statuses/" + status,
                "/candidates/" + candidate,
                "/users/" + user,
                "/message-threads/" + thread,
                "/messages/" + message(thread),
                "/webhooks/" + webhook,
                "/webhook-logs/" + log(),
                "/tokens/" + token,
                "/channel-accounts/" + account,
                "/message-templates/" + template(),
                "/conversations/" + first("/conversations"),
                "/audit-entries/" + first("/audit-entries")));
    }

    private static String first(String list) {
        return json(get(list)).at("/data/0/id").stringValue();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static String make(String path, String type, Map<String, ?> attributes) {
        return server.make(path, token, type, attributes).path("id").stringValue();
    }

    /** A delivered message. */
    static String message(String of) throws SQLException {
        String id = UUID.randomUUID().toString();
        server.sql("""
                insert into messages (organization_id, id, thread_id, origin, send_by, payload, delivery_status, phase,
                    delivered_at, created_at, updated_at)
                values ('%s', '%s', '%s', 'outbound', 'John', '{"type":"text","text":{"value":"Hi"}}',
                    'delivered', 'done', now(), now(), now())
                """.formatted(organization, id, of));
        return id;
    }

    private static String log() throws SQLException {
        String id = UUID.randomUUID().toString();
        server.sql("""
                insert into webhook_deliveries (organization_id, id, webhook_id, endpoint_id, position, event,
                    resource_type, resource_id, lane, status, created_at, updated_at)
                values ('%s', '%s', '%s', gen_random_uuid(), 1, 'delete', 'tokens', gen_random_uuid(), 1, 'failed', now(), now())
                """.formatted(organization, id, webhook));
        return id;
    }

    private static String template() throws SQLException {
        String id = UUID.randomUUID().toString();
        server.sql("""
                insert into message_templates (organization_id, id, provider, owner, name, language, category, named,
                    components, status, provider_id, created_at, updated_at)
                values ('%s', '%s', 'whatsapp-cloud', '1', 'hello', 'en_US', 'UTILITY', false, '[{"type":"BODY","text":"Hello"}]', 'APPROVED',
                    '77', now(), now());
                -- One whose account is gone is removed in the background.
                insert into callback_routes (provider, kind, external_id, organization_id, account_id, secret_fingerprint)
                select 'whatsapp-cloud', 'account', '1', organization_id, id, '\\x00'::bytea
                from channel_accounts where organization_id = '%s'
                """.formatted(organization, id, organization));
        return id;
    }

    static HttpResponse<String> send(String method, String path, String body, String... headers) {
        return server.api(method, path.replace("[", "%5B").replace("]", "%5D"), token, body, headers);
    }

    static HttpResponse<String> get(String path) {
        return send("GET", path, null);
    }

    /** Gets what a link leads to. */
    static JsonNode follow(String link) {
        assertThat(link).startsWith("/public/v2/");
        return answered(server.raw("GET", link, null, "Authorization", "Bearer " + token));
    }

    static JsonNode answered(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    static JsonNode json(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body());
    }

    /** Each error as status, code and source. */
    static List<String> errors(HttpResponse<String> answer) {
        List<String> errors = new ArrayList<>();
        for (JsonNode error : json(answer).path("errors")) {
            String source = error.path("source").properties().stream()
                    .map(entry -> " " + entry.getValue().stringValue())
                    .findFirst()
                    .orElse("");
            errors.add(
                    error.get("status").stringValue() + " " + error.get("code").stringValue() + source);
        }
        return errors;
    }

    /** A document with this linkage. */
    static String data(String linkage) {
        return "{\"data\":" + linkage + "}";
    }

    static String one(String type, String id) {
        return "{\"type\":\"" + type + "\",\"id\":\"" + id + "\"}";
    }
}
