package dev.parley.server.messages;

import static dev.parley.server.messages.MessagesServer.A;
import static dev.parley.server.messages.MessagesServer.B;
import static dev.parley.server.messages.MessagesServer.MESSAGES;
import static dev.parley.server.messages.MessagesServer.errors;
import static dev.parley.server.messages.MessagesServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.payloads.Payloads;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.ListSql;
import dev.parley.server.platform.jsonapi.Queries;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class MetadataFilterTest extends MessagesCase {

    private static final ResourceType TYPE = MessageType.declare(new Payloads(List.of()), 1);
    private static final ListSql SQL = new ListSql(
            TYPE, MessageRows.COLUMNS, "messages m", "m.organization_id = ? and m.deleted_at is null", List.of(A));

    private HttpResponse<String> filtered(String filter, String value) {
        return server.get(MESSAGES + "?" + encoded(filter) + "=" + encoded(value));
    }

    private List<String> found(String filter, String value) {
        HttpResponse<String> answer = filtered(filter, value);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        for (JsonNode one : json(answer).get("data")) {
            ids.add(one.get("id").stringValue());
        }
        assertThat(json(answer).at("/meta/total").intValue()).isEqualTo(ids.size());
        return ids;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String with(String metadata) {
        return server.accepted(thread, ",\"metadata\":" + metadata);
    }

    @Test
    void findsMessagesByAnEntryOfTheirMetadata() {
        String one = with("{\"orderId\":\"4711\",\"source\":\"ats\"}");
        String two = with("{\"orderId\":\"4712\",\"a.b\":\"x,y\"}");
        String none = server.accepted(thread, "");
        server.send(
                B, "POST", MESSAGES, MessagesServer.text(db.webThread(B), "x", ",\"metadata\":{\"orderId\":\"4711\"}"));

        assertThat(found("filter[metadata.orderId]", "4711")).containsExactly(one);
        assertThat(found("filter[metadata.orderId][eq]", "4712")).containsExactly(two);
        assertThat(found("filter[metadata.orderId][in]", "4711,4712,4713")).containsExactlyInAnyOrder(one, two);
        assertThat(found("filter[metadata.orderId][ne]", "4711")).containsExactlyInAnyOrder(two, none);
        assertThat(found("filter[metadata.orderId][prefix]", "471")).containsExactlyInAnyOrder(one, two);
        assertThat(found("filter[metadata.orderId][prefix]", "4_1")).isEmpty();
        assertThat(found("filter[metadata.orderId][null]", "true")).containsExactly(none);
        assertThat(found("filter[metadata.source][null]", "false")).containsExactly(one);
        assertThat(found("filter[metadata.a.b]", "x,y")).containsExactly(two);
        assertThat(found("filter[metadata.unknown]", "x")).isEmpty();
        assertThat(found("filter[metadata.orderid]", "4711"))
                .as("keys mind case")
                .isEmpty();
        assertThat(found("filter[metadata.x' or 'a'='a]", "\"} ' --")).isEmpty();
    }

    @Test
    void joinsOtherFiltersAndSorts() {
        String one = with("{\"k\":\"v\"}");
        String two = with("{\"k\":\"v\",\"l\":\"w\"}");
        String url = MESSAGES + "?filter%5Bmetadata.k%5D=v&sort=createdAt&page%5Bsize%5D=1&filter%5BmessageThreadId%5D="
                + thread;
        assertThat(json(server.get(url)).at("/meta/total").intValue()).isEqualTo(2);
        assertThat(json(server.get(url + "&filter%5Bmetadata.l%5D=w"))
                        .at("/data/0/id")
                        .stringValue())
                .isEqualTo(two);
        assertThat(json(server.get(url + "&filter%5Bmetadata.l%5D%5Bnull%5D=true"))
                        .at("/data/0/id")
                        .stringValue())
                .isEqualTo(one);
    }

    @Test
    void saysHowToNameAnEntry() {
        for (String field : List.of("metadata", "metadata.")) {
            HttpResponse<String> answer = filtered("filter[" + field + "]", "x");
            assertThat(errors(answer)).containsExactly("400 invalid_query_parameter filter[" + field + "]");
            assertThat(answer.body()).contains("write filter[metadata.key]=value");
        }
        assertThat(errors(filtered("filter[metadata." + "k".repeat(65) + "]", "x")))
                .containsExactly("400 invalid_query_parameter filter[metadata." + "k".repeat(65) + "]");
        assertThat(found("filter[metadata." + "k".repeat(64) + "]", "x")).isEmpty();
        assertThat(errors(filtered("filter[metadata.k][suffix]", "x")))
                .containsExactly("400 unknown_filter filter[metadata.k][suffix]");
        assertThat(errors(filtered("filter[metadata.k][null]", "x")))
                .containsExactly("400 invalid_query_parameter filter[metadata.k][null]");
        assertThat(errors(filtered("filter[messageThreadId.k]", "x")))
                .containsExactly("400 unknown_filter filter[messageThreadId.k]");
    }

    @Test
    void anEntryIsFoundByItsIndex() {
        with("{\"orderId\":\"0\"}");
        db.run("""
                insert into messages (organization_id, id, thread_id, origin, metadata, delivery_status, phase, created_at, updated_at)
                select ?, gen_random_uuid(), ?, 'outbound', case when n % 10 = 0 then jsonb_build_object('orderId', n::text) end,
                    'sent', 'done', now(), now()
                from generate_series(1, 20000) n
                """, A, thread);
        db.run("vacuum analyze messages");
        for (String query : List.of("filter[metadata.orderId]=500", "filter[metadata.orderId][in]=500,510")) {
            assertThat(plan(query))
                    .contains("messages_metadata")
                    .doesNotContain("Seq Scan")
                    .doesNotContain("messages_newest");
        }
    }

    @Test
    void anEntryThatManyShareIsMetByWalking() {
        db.run("""
                insert into messages (organization_id, id, thread_id, origin, send_by, payload, metadata, delivery_status, phase,
                    created_at, updated_at)
                select o, gen_random_uuid(), ?, 'outbound', 'Anna', '{"type":"text","text":{"value":"x"}}',
                    jsonb_build_object('source', case when o = ? then 'own' else 'foreign' end, 'order', (n / 5)::text,
                        'lately', (n <= 19)::text), 'sent', 'done', now() - n * interval '1 minute', now()
                from unnest(array[?, ?]) o cross join generate_series(1, 3000) n
                """, thread, A, A, B);
        assertThat(walked("filter[metadata.source]=own")).isTrue();
        assertThat(walked("filter[metadata.source][in]=own,foreign")).isTrue();
        assertThat(walked("filter[metadata.source]=foreign")).isFalse();
        assertThat(walked("filter[metadata.order]=7")).isFalse();
        assertThat(walked("filter[metadata.lately]=true"))
                .as("19 of the newest 2,000")
                .isFalse();
        assertThat(walked("filter[metadata.source][prefix]=own")).isFalse();

        JsonNode page = json(filtered("filter[metadata.source][in]", "own,other"));
        assertThat(page.at("/meta/total").intValue()).isEqualTo(3000);
        assertThat(page.at("/data/24/attributes/metadata/order").stringValue()).isEqualTo("5");
        String cursors = MESSAGES + "?filter%5Bmetadata.source%5D=own&page%5Bafter%5D=&page%5Bsize%5D=100";
        assertThat(json(server.get(cursors)).at("/data")).hasSize(100);
    }

    private boolean walked(String parameter) {
        return db.database.call(connection -> {
            ListQuery asked = query(parameter);
            ListQuery chosen = Queries.chosen(connection, SQL, asked);
            return !SQL.page(chosen).text().contains("@>");
        }) && SQL.page(query(parameter)).text().contains("@>");
    }

    private static ListQuery query(String parameter) {
        String[] pair = parameter.split("=", 2);
        return Queries.read(TYPE, pair[0], pair[1]);
    }

    /** Of the page's very statement. */
    private String plan(String parameter) {
        ListSql.Sql sql = SQL.page(query(parameter));
        return db.database.call(connection -> {
            StringBuilder plan = new StringBuilder();
            try (PreparedStatement statement = connection.prepareStatement("explain " + sql.text())) {
                int at = 1;
                for (Object value : sql.binds()) {
                    statement.setObject(
                            at++, value instanceof Object[] texts ? connection.createArrayOf("text", texts) : value);
                }
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        plan.append(row.getString(1)).append('\n');
                    }
                }
            }
            return plan.toString();
        });
    }
}
