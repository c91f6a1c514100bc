package dev.parley.server.audit;

import static dev.parley.server.organizations.OrganizationWorld.PARTNER;
import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.organizations.Made;
import dev.parley.server.organizations.OrganizationWorld;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class AuditTest {

    private static final String OWN = "/audit-entries";
    private static final String MANAGED = "/management/audit-entries";

    private OrganizationWorld world;
    private Made made;

    @BeforeEach
    void start() throws Exception {
        world = new OrganizationWorld();
        made = world.organization("a");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private HttpResponse<String> post(String by, String path, String type, String attributes, String... headers) {
        String body = "{\"data\":{\"type\":\"" + type + "\",\"attributes\":{" + attributes + "}}}";
        return world.send(by, "POST", path, body, headers);
    }

    private HttpResponse<String> patch(String by, String path, String type, String attributes) {
        return world.send(
                by, "PATCH", path, "{\"data\":{\"type\":\"" + type + "\",\"attributes\":{" + attributes + "}}}");
    }

    private int delete(String by, String path) {
        return world.send(by, "DELETE", path, null).statusCode();
    }

    private static String id(HttpResponse<String> created) {
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return json(created).at("/data/id").stringValue();
    }

    private HttpResponse<String> token(String name, String scopes) {
        return post(made.token(), "/tokens", "tokens", "\"name\":\"" + name + "\",\"scopes\":[" + scopes + "]");
    }

    private List<JsonNode> entries(String by, String path) {
        HttpResponse<String> answer =
                world.send(by, "GET", path.replace("[", "%5B").replace("]", "%5D"), null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return StreamSupport.stream(json(answer).get("data").spliterator(), false)
                .toList();
    }

    private static List<String> actions(List<JsonNode> entries) {
        return entries.stream()
                .map(entry -> entry.at("/attributes/action").stringValue())
                .toList();
    }

    private List<String> own() {
        return actions(entries(made.token(), OWN + "?sort=createdAt&page[size]=100"));
    }

    @Test
    void eachManagementAndDestructiveCallOfAnOrganizationLeavesItsEntry() {
        String token = id(token("reports", "\"read\""));
        patch(made.token(), "/tokens/" + token, "tokens", "\"name\":\"r\"");
        delete(made.token(), "/tokens/" + token);
        String webhook = id(post(
                made.token(),
                "/webhooks",
                "webhooks",
                "\"resource\":\"candidates\",\"event\":\"create\",\"webhookUrl\":\"https://example.com/w\""));
        patch(made.token(), "/webhooks/" + webhook, "webhooks", "\"active\":false");
        delete(made.token(), "/webhooks/" + webhook);
        String candidate = id(post(made.token(), "/candidates", "candidates", "\"phone\":\"4915112345678\""));
        patch(made.token(), "/candidates/" + candidate, "candidates", "\"firstName\":\"Ada\"");
        delete(made.token(), "/candidates/" + candidate);
        String status = id(post(made.token(), "/candidate-statuses", "candidateStatuses", "\"name\":\"s\""));
        delete(made.token(), "/candidate-statuses/" + status);
        String user = id(post(made.token(), "/users", "users", "\"firstName\":\"f\",\"lastName\":\"l\""));
        delete(made.token(), "/users/" + user);
        patch(made.token(), "/organizations", "organizations", "\"name\":\"b\"");
        world.send(made.token(), "POST", "/organizations/rotate-signing-secret", null);

        assertThat(own())
                .containsExactlyInAnyOrder(
                        "organization.created",
                        "token.created",
                        "token.changed",
                        "token.revoked",
                        "webhook.created",
                        "webhook.changed",
                        "webhook.deleted",
                        "candidate.hidden",
                        "candidateStatus.deleted",
                        "user.deleted",
                        "organization.changed",
                        "organization.signingSecretRotated");
    }

    @Test
    void anEntrySaysWhoDidWhatInWhichRequestAndNothingOfItsContent() {
        HttpResponse<String> by = token("deploy", "\"manage\",\"send\",\"read\"");
        String named = json(by).at("/data/attributes/token").stringValue();
        String candidate = id(
                post(named, "/candidates", "candidates", "\"phone\":\"4915112345678\",\"firstName\":\"Adalovelace\""));

        world.send(named, "DELETE", "/candidates/" + candidate, null, "X-Request-Id", "the-request");

        JsonNode entry =
                entries(made.token(), OWN + "?filter[action]=candidate.hidden").getFirst();
        JsonNode attributes = entry.get("attributes");
        assertThat(attributes.get("actor").stringValue()).isEqualTo("token");
        assertThat(attributes.get("tokenId").stringValue()).isEqualTo(id(by));
        assertThat(attributes.get("tokenName").stringValue()).isEqualTo("deploy");
        assertThat(attributes.get("requestId").stringValue()).isEqualTo("the-request");
        assertThat(attributes.get("resourceType").stringValue()).isEqualTo("candidates");
        assertThat(attributes.get("resourceId").stringValue()).isEqualTo(candidate);
        assertThat(attributes.get("counts").toString()).isEqualTo("{}");
        assertThat(entry.at("/relationships/organization/data/id").stringValue())
                .isEqualTo(made.id().toString());
        assertThat(entry.toString()).doesNotContain("4915112345678", "Adalovelace", named);
        HttpResponse<String> one =
                world.send(made.token(), "GET", OWN + "/" + entry.get("id").stringValue(), null);
        assertThat(json(one).get("data")).isEqualTo(entry);
    }

    @Test
    void whatFailedOrChangedNothingOrIsAnsweredAgainLeavesNone() {
        String token = id(token("t", "\"read\""));
        List<String> before = own();

        patch(made.token(), "/tokens/" + token, "tokens", "\"name\":\"t\"");
        patch(made.token(), "/tokens/" + token, "tokens", "\"expiresAt\":\"2001-01-01T00:00:00+00:00\"");
        assertThat(delete(made.token(), "/tokens/" + new UUID(1, 2))).isEqualTo(404);
        assertThat(world.send(made.token(), "DELETE", "/tokens/" + token, null, "If-Match", "\"9.x\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(own()).isEqualTo(before);

        for (int i = 0; i < 2; i++) {
            id(post(
                    made.token(),
                    "/tokens",
                    "tokens",
                    "\"name\":\"k\",\"scopes\":[\"read\"]",
                    "Idempotency-Key",
                    "one"));
        }
        assertThat(own()).hasSize(before.size() + 1);
    }

    @Test
    void thePartnerSeesAllOfThemAndAnOrganizationItsOwn() {
        Made other = world.organization("b");
        patch(PARTNER, "/management/organizations/" + other.id(), "organizations", "\"name\":\"c\"");
        world.send(PARTNER, "POST", "/management/refresh-token/" + made.id(), null);
        String foreign = entries(PARTNER, MANAGED + "?filter[organizationId]=" + made.id())
                .getFirst()
                .get("id")
                .stringValue();

        List<JsonNode> changed = entries(PARTNER, MANAGED + "?filter[action]=organization.changed");
        assertThat(changed).hasSize(1);
        assertThat(changed.getFirst().at("/attributes/organizationId").stringValue())
                .isEqualTo(other.id().toString());
        assertThat(changed.getFirst().at("/attributes/actor").stringValue()).isEqualTo("partner");
        assertThat(changed.getFirst().at("/attributes/tokenId").isNull()).isTrue();
        assertThat(actions(entries(other.token(), OWN)))
                .containsExactlyInAnyOrder("organization.created", "organization.changed");
        assertThat(actions(entries(PARTNER, MANAGED + "?filter[organizationId]=" + made.id())))
                .containsExactlyInAnyOrder("organization.created", "organization.tokenRefreshed");
        assertThat(world.send(other.token(), "GET", OWN + "/" + foreign, null).statusCode())
                .isEqualTo(404);
        assertThat(world.send(PARTNER, "GET", MANAGED + "/" + foreign, null).statusCode())
                .isEqualTo(200);
        assertThat(entries(PARTNER, MANAGED + "?filter[action]=partnerToken.replaced")
                        .getFirst()
                        .at("/attributes/organizationId")
                        .isNull())
                .isTrue();
    }

    @Test
    void findsByActionTypeResourceTokenAndTime() {
        HttpResponse<String> by = token("m", "\"manage\"");
        String named = json(by).at("/data/attributes/token").stringValue();
        patch(named, "/organizations", "organizations", "\"name\":\"b\"");

        assertThat(actions(entries(made.token(), OWN + "?filter[tokenId]=" + id(by))))
                .containsExactly("organization.changed");
        assertThat(actions(entries(made.token(), OWN + "?filter[resourceId]=" + id(by))))
                .containsExactly("token.created");
        assertThat(actions(entries(made.token(), OWN + "?filter[resourceType]=tokens")))
                .containsExactly("token.created");
        assertThat(actions(entries(made.token(), OWN + "?filter[action][in]=token.created,token.revoked")))
                .containsExactly("token.created");
        assertThat(entries(made.token(), OWN + "?filter[createdAt][gte]=2999-01-01T00:00:00%2B00:00"))
                .isEmpty();
        assertThat(world.send(made.token(), "GET", OWN + "?filter%5Baction%5D=token.sold", null)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void pagesByCursorShowEachEntryOnce() {
        for (int i = 0; i < 5; i++) {
            patch(made.token(), "/organizations", "organizations", "\"name\":\"n" + i + "\"");
        }
        List<JsonNode> first = entries(made.token(), OWN + "?page[size]=4&page[after]=");
        assertThat(first).hasSize(4);
        HttpResponse<String> answer = world.send(made.token(), "GET", OWN + "?page%5Bsize%5D=4&page%5Bafter%5D=", null);
        String next = json(answer).at("/links/next").stringValue().replace("/public/v2", "");
        assertThat(entries(made.token(), next)).hasSize(2).doesNotContainAnyElementsOf(first);
    }

    @Test
    void readingNeedsTheScopeManage() {
        String reader = json(token("r", "\"read\",\"send\""))
                .at("/data/attributes/token")
                .stringValue();

        assertThat(world.send(reader, "GET", OWN, null).statusCode()).isEqualTo(403);
        assertThat(world.send(made.token(), "GET", MANAGED, null).statusCode()).isEqualTo(403);
        assertThat(world.send(made.token(), "DELETE", OWN + "/" + new UUID(1, 2), null)
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void entriesOutliveTheirOrganizationButNotForTheNextOneWithItsId() throws Exception {
        delete(PARTNER, "/management/organizations/" + made.id());
        world.execute("delete from organizations where id = '" + made.id() + "'");

        assertThat(actions(entries(PARTNER, MANAGED + "?filter[organizationId]=" + made.id())))
                .containsExactlyInAnyOrder("organization.created", "organization.removed");
        world.clock.advance(Duration.ofDays(1));
        HttpResponse<String> again = world.send(
                PARTNER,
                "POST",
                "/management/organizations",
                "{\"data\":{\"type\":\"organizations\",\"id\":\"" + made.id()
                        + "\",\"attributes\":{\"name\":\"again\"}}}");
        String token = json(again).at("/data/attributes/token").stringValue();
        assertThat(actions(entries(token, OWN))).containsExactly("organization.created");
    }
}
