package dev.parley.server.templates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The resource, its provider's callbacks, and the synchronisation. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessageTemplatesTest {

    private static final String OLD = "interval '1 hour'";

    private TemplateWorld world;

    @BeforeAll
    void start(@TempDir Path folder) {
        world = new TemplateWorld(folder);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @Test
    void aTemplateIsHandedInReviewedRatedAndDeleted() {
        HttpResponse<String> made = world.post("""
                {"name":"interview","language":"en-US","category":"Authorization","preview":"Hi Ada",
                 "components":[{"type":"HEADER","format":"Text","text":"Interview"},
                  {"type":"BODY","text":"Hi {{1}}, welcome","example":{"body_text":[["Ada"]]}},
                  {"type":"FOOTER","text":"Acme"}]}""");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String id = TemplateWorld.data(made).path("id").asString();
        assertThat(made.headers().firstValue("Location")).contains("/public/v2/message-templates/" + id);
        JsonNode attributes = TemplateWorld.data(made).path("attributes");
        assertThat(attributes.path("language").asString()).isEqualTo("en_US");
        assertThat(attributes.path("category").asString()).isEqualTo("AUTHENTICATION");
        assertThat(attributes.path("status").asString()).isEqualTo("PENDING");
        assertThat(attributes.path("preview").asString()).isEqualTo("Hi Ada");
        assertThat(attributes.path("components").path(0).path("format").asString())
                .isEqualTo("TEXT");
        assertThat(attributes.has("rejectionReason")
                        && attributes.path("rejectionReason").isNull())
                .isTrue();
        assertThat(world.atProvider("interview").path(0).path("language").asString())
                .isEqualTo("en_US");

        world.change("interview", Map.of("event", "REJECTED", "reason", "INVALID_FORMAT"));
        world.awaitStatus(id, "REJECTED");
        assertThat(world.get(id).path("rejectionReason").asString()).startsWith("INVALID_FORMAT: ");
        world.change("interview", Map.of("event", "APPROVED", "reason", "NONE"));
        world.awaitStatus(id, "APPROVED");
        assertThat(world.get(id).path("rejectionReason").isNull()).isTrue();
        world.change("interview", Map.of("quality", "YELLOW"));
        world.awaitThat(() -> world.get(id).path("quality").asString("").equals("YELLOW"));
        world.change("interview", Map.of("category", "MARKETING"));
        world.awaitThat(() -> world.get(id).path("category").asString().equals("MARKETING"));
        world.change("interview", Map.of("body", "Other words"));
        world.awaitThat(() -> world.get(id).path("components").toString().contains("Other words"));

        HttpResponse<String> patched =
                world.server.api("PATCH", "/message-templates/" + id, world.token, "{\"data\":{}}");
        assertThat(patched.statusCode()).isEqualTo(405);
        assertThat(world.server
                        .api("DELETE", "/message-templates/" + id, world.token, null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(world.server
                        .api("GET", "/message-templates/" + id, world.token, null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(world.atProvider("interview").size()).isZero();
    }

    @Test
    void nameAndLanguageAreTakenOnceAndIdsToo() {
        String id = world.approved("taken", TemplateWorld.HELLO);
        HttpResponse<String> again = world.create("taken", TemplateWorld.HELLO);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(409);
        assertThat(TemplateWorld.error(again).path("code").asString()).isEqualTo("template_exists");
        assertThat(TemplateWorld.error(again).at("/meta/id").asString()).isEqualTo(id);
        assertThat(world.post("{\"name\":\"taken\",\"language\":\"nl\",\"category\":\"utility\",\"components\":"
                                + TemplateWorld.HELLO + "}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(world.list("?filter[name]=taken&sort=name").size()).isEqualTo(2);
        assertThat(world.list("?filter[status]=approved&filter[name]=taken").size())
                .isEqualTo(1);

        world.elsewhere(Map.of("name", "theirs", "body", "x"));
        HttpResponse<String> theirs = world.create("theirs", TemplateWorld.HELLO);
        assertThat(theirs.statusCode()).as(theirs.body()).isEqualTo(409);
        assertThat(TemplateWorld.error(theirs)
                        .at("/meta/provider/error_subcode")
                        .asInt())
                .isEqualTo(2388024);
        world.awaitThat(() -> world.list("?filter[name]=theirs").size() == 1);
    }

    @Test
    void whatTheProviderRefusesAndWhatItCanNotBeAskedIsTold() {
        HttpResponse<String> refused = world.create(
                "wordy",
                "[{\"type\":\"BODY\",\"text\":\"Hi {{1}} a {{2}} b {{3}} c\",\"example\":{\"body_text\":[[\"a\",\"b\",\"c\"]]}}]");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(TemplateWorld.error(refused).path("code").asString()).isEqualTo("bad_request");
        assertThat(TemplateWorld.error(refused)
                        .at("/meta/provider/error_subcode")
                        .asInt())
                .isEqualTo(2388293);
        assertThat(world.create("wordy", TemplateWorld.HELLO).statusCode()).isEqualTo(201);

        String stranger = world.stranger();
        HttpResponse<String> nowhere = world.post(
                "{\"name\":\"n\",\"language\":\"en\",\"category\":\"UTILITY\",\"components\":" + TemplateWorld.HELLO
                        + "}",
                stranger);
        assertThat(nowhere.statusCode()).isEqualTo(422);
        assertThat(TemplateWorld.error(nowhere).path("code").asString()).isEqualTo("no_channel_account");
        String id = world.list("").getFirst().path("id").asString();
        assertThat(world.server
                        .api("GET", "/message-templates/" + id, stranger, null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(world.server
                        .api("DELETE", "/message-templates/" + id, stranger, null)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aLostAnswerIsLookedUpOrLeftToTheSynchronisation() throws SQLException {
        world.server.control("/templates/settings", Map.of("fault", "cutAfter"));
        HttpResponse<String> made = world.create("lost_answer", TemplateWorld.HELLO);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);

        world.server.control("/templates/settings", Map.of("fault", "gateway"));
        HttpResponse<String> unknown = world.create("lost_request", TemplateWorld.HELLO);
        assertThat(unknown.statusCode()).as(unknown.body()).isEqualTo(503);
        assertThat(TemplateWorld.error(unknown).path("code").asString()).isEqualTo("outcome_unknown");
        String id = TemplateWorld.error(unknown).at("/meta/id").asString();
        assertThat(world.create("lost_request", TemplateWorld.HELLO).statusCode())
                .isEqualTo(409);
        assertThat(world.list("?filter[name]=lost_request").size()).isZero();

        world.elsewhere(Map.of("name", "lost_request", "body", "x"));
        world.refresh();
        world.awaitStatus(id, "APPROVED");
    }

    @Test
    void whatACrashLeftBehindIsTakenUpOrRemoved() throws SQLException {
        world.elsewhere(Map.of("name", "crashed_after", "body", "x"));
        UUID after = left("crashed_after");
        UUID before = left("crashed_before");
        assertThat(world.list("?filter[name][prefix]=crashed").size()).isZero();
        world.refresh();
        world.awaitStatus(after.toString(), "APPROVED");
        world.awaitThat(
                () -> world.create("crashed_before", TemplateWorld.HELLO).statusCode() == 201);
        assertThat(world.list("?filter[name]=crashed_before")
                        .getFirst()
                        .path("id")
                        .asString())
                .isNotEqualTo(before.toString());
    }

    /** The row of a template whose request never ended. */
    private UUID left(String name) throws SQLException {
        UUID id = UUID.randomUUID();
        world.server.sql("""
                insert into message_templates (organization_id, id, provider, owner, name, language, category, named, components,
                                               status, submitted_at, created_at, updated_at)
                values ('%s', '%s', 'whatsapp-cloud', '%s', '%s', 'en_US', 'UTILITY', false, '[]', 'PENDING',
                        now() - %s, now() - %s, now())
                """.formatted(world.customer.organization, id, TemplateWorld.WABA, name, OLD, OLD));
        return id;
    }

    @Test
    void theSynchronisationReadsAllPagesAndFollowsWhatNobodyTold() throws SQLException {
        world.elsewhere(Map.of("name", "page", "body", "Hello {{1}}, welcome", "count", 205));
        world.refresh();
        world.awaitThat(() -> total("?filter[name][prefix]=page_") == 205);

        world.change("page_7", Map.of("event", "DISABLED", "callback", false));
        world.server.sql("update message_templates set created_at = created_at - " + OLD + " where name = 'page_8'");
        HttpResponse<String> gone = HttpClients.send(
                "DELETE",
                world.server.simulatorUrl() + "/_control/templates",
                "{\"wabaId\":\"" + TemplateWorld.WABA + "\",\"name\":\"page_8\"}",
                "Content-Type",
                "application/json");
        assertThat(gone.statusCode()).isEqualTo(200);
        world.server.control("/templates/settings", Map.of("fault", "rateLimit", "faultOn", "list"));
        world.refresh();
        world.awaitThat(() -> {
            world.refresh();
            return total("?filter[name]=page_8") == 0;
        });
        assertThat(world.list("?filter[name]=page_7")
                        .getFirst()
                        .at("/attributes/status")
                        .asString())
                .isEqualTo("DISABLED");
        assertThat(total("?filter[name][prefix]=page_")).isEqualTo(204);
    }

    private int total(String query) {
        HttpResponse<String> answer = world.server.api("GET", "/message-templates" + query, world.token, null);
        return Json.MAPPER.readTree(answer.body()).at("/meta/total").asInt();
    }

    @Test
    void newsThatComesLateChangesNothingAndNewsOfAnUnknownTemplateIsFollowedUp() {
        String id = world.approved("told_late", TemplateWorld.HELLO);
        String providerId = world.atProvider("told_late").path(0).path("id").asString();
        tell("message_template_status_update", providerId, "told_late", Map.of("event", "DISABLED"), 1_600_000_000L);
        // Meta's own sample has the new quality in an update of the status. The provider's list knows nothing of it, so
        // a
        // synchronisation that is still under way may take it back: it is told until it is seen.
        AtomicLong at = new AtomicLong(1_900_000_000L);
        world.awaitThat(() -> {
            tell(
                    "message_template_status_update",
                    providerId,
                    "told_late",
                    Map.of("previous_quality_score", "GREEN", "new_quality_score", "RED"),
                    at.incrementAndGet());
            return world.get(id).path("quality").asString("").equals("RED");
        });
        assertThat(world.get(id).path("status").asString()).isEqualTo("APPROVED");

        world.elsewhere(Map.of("name", "news", "body", "x"));
        world.change("news", Map.of("event", "APPROVED"));
        world.awaitThat(() -> world.list("?filter[name]=news").size() == 1);
        world.change("news", Map.of("event", "DELETED"));
        world.awaitThat(() -> world.list("?filter[name]=news").isEmpty());
    }

    private void tell(String field, String id, String name, Map<String, ?> more, long at) {
        Map<String, Object> value = new LinkedHashMap<>(more);
        value.put("message_template_id", Long.parseLong(id));
        value.put("message_template_name", name);
        value.put("message_template_language", "en-US");
        Map<String, Object> entry = Map.of(
                "id", TemplateWorld.WABA, "time", at, "changes", List.of(Map.of("field", field, "value", value)));
        JsonNode answer = world.server.control(
                "/callback",
                Map.of(
                        "phoneNumberId",
                        world.customer.phoneNumberId,
                        "body",
                        Map.of("object", "whatsapp_business_account", "entry", List.of(entry))));
        assertThat(answer.path("answer").asInt()).isEqualTo(200);
    }

    @Test
    void everyChangeIsAnEventWithTheStateAfterIt() throws SQLException {
        String id = world.approved("eventful", TemplateWorld.HELLO);
        world.server.api("DELETE", "/message-templates/" + id, world.token, null);
        // A second delete finds nothing, and tells of nothing.
        world.server.api("DELETE", "/message-templates/" + id, world.token, null);
        world.server.sql("""
                do $$ begin
                    if (select array_agg(event || coalesce(array_to_string(fields, ','), '') order by position) from events
                        where resource_id = '%s' and resource_type = 'messageTemplates')
                        <> array['create', 'updatestatus', 'delete'] then
                        raise exception 'other events';
                    end if;
                end $$
                """.formatted(id));
    }

    @Test
    void nothingThatTheProviderWouldRefuseIsHandedIn() {
        for (List<String> one : List.of(
                List.of("\"name\":\"Capital\"", "/data/attributes/name"),
                List.of("\"name\":\"" + "x".repeat(513) + "\"", "/data/attributes/name"),
                List.of("\"language\":\"english\"", "/data/attributes/language"),
                List.of("\"category\":\"OTHER\"", "/data/attributes/category"))) {
            Map<String, String> members = new LinkedHashMap<>(Map.of(
                    "name",
                    "\"name\":\"n\"",
                    "language",
                    "\"language\":\"en\"",
                    "category",
                    "\"category\":\"UTILITY\""));
            String member = one.getFirst().substring(1, one.getFirst().indexOf('"', 1));
            members.put(member, one.getFirst());
            HttpResponse<String> answer = world.post(
                    "{" + String.join(",", members.values()) + ",\"components\":" + TemplateWorld.HELLO + "}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
            assertThat(TemplateWorld.error(answer).at("/source/pointer").asString())
                    .isEqualTo(one.get(1));
        }
        HttpResponse<String> answer = world.create("unfit", "[{\"type\":\"BODY\",\"text\":\"{{1}} first\"}]");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Json.MAPPER.readTree(answer.body()).path("errors").size()).isEqualTo(2);
    }
}
