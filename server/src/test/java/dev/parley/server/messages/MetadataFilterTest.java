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
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class MetadataFilterTest extends MessagesCase {

    private static final ResourceType TYPE = MessageType.declare(new Payloads(List.of()), 1);
    private static final ListSql SQL = MessageStore.sql(TYPE, A);

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
    void findsWhatAnEditWroteAndNotWhatItTookAwayNorWhatIsDeleted() {
        String one = with("{\"orderId\":\"4711\",\"source\":\"ats\"}");
        String two = with("{\"orderId\":\"4711\"}");
        assertThat(found("filter[metadata.orderId]", "4711")).containsExactly(two, one);

        assertThat(server.patch(one, "\"metadata\":{\"orderId\":\"4712\",\"source\":\"ats\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(found("filter[metadata.orderId]", "4711")).containsExactly(two);
        assertThat(found("filter[metadata.orderId]", "4712")).containsExactly(one);
        assertThat(found("filter[metadata.source]", "ats")).containsExactly(one);

        assertThat(server.send(A, "DELETE", MESSAGES + "/" + two, null).statusCode())
                .isEqualTo(204);
        assertThat(found("filter[metadata.orderId]", "4711")).isEmpty();
        db.run("delete from messages where id = ?", UUID.fromString(one));
        assertThat(db.number("select count(*) from message_metadata")).isZero();
    }

    @Test
    void anEntryThatManyShareIsReadNoFurtherThanNeeded() {
        many();
        assertThat(pages("filter[metadata.source]=own")).hasSize(3000);
        assertThat(pages("filter[metadata.source][in]=own,foreign,own")).hasSize(3000);
        assertThat(pages("filter[metadata.order][in]=7,8")).hasSize(10);
        assertThat(pages("filter[metadata.source]=own&filter[createdAt][gte]=2026-01-01T00:50:00Z"))
                .hasSize(2951);
        assertThat(pages("filter[metadata.source]=own&filter[metadata.order]=7"))
                .hasSize(5);
        assertThat(pages("filter[metadata.source]=own&filter[deliveryStatus]=sent"))
                .hasSize(3000);
        assertThat(pages("filter[metadata.source]=foreign")).isEmpty();
    }

    @Test
    void theNarrowerLeads() {
        many();
        String thread = "&filter[messageThreadId]=" + this.thread;
        assertThat(statement("filter[metadata.source]=own" + thread)).doesNotContain("message_metadata");
        assertThat(statement("filter[metadata.order]=7" + thread)).contains("message_metadata");
        assertThat(statement("filter[metadata.source]=own&filter[metadata.order]=7"))
                .as("the other is looked at in the row")
                .containsOnlyOnce("metadata_entry")
                .contains("m.metadata ->> ?");
        assertThat(bound("filter[metadata.source]=own&filter[metadata.order]=7"))
                .contains("order", "7", "source", "own")
                .containsSubsequence("order", "source");
        assertThat(statement("filter[metadata.source]=own&filter[deliveryStatus]=failed"))
                .doesNotContain("message_metadata");
        assertThat(statement("filter[metadata.source]=own&filter[deliveryStatus]=sent"))
                .contains("message_metadata");
    }

    private void many() {
        db.run("""
                insert into messages (organization_id, id, thread_id, origin, send_by, payload, metadata, delivery_status, phase,
                    created_at, updated_at)
                select o, gen_random_uuid(), ?, 'outbound', 'Anna', '{"type":"text","text":{"value":"x"}}',
                    jsonb_build_object('source', case when o = ? then 'own' else 'foreign' end, 'order', (n / 5)::text),
                    'sent', 'done', timestamptz '2026-01-01T00:00Z' + n * interval '1 minute', now()
                from unnest(array[?, ?]) o cross join generate_series(1, 3000) n
                """, thread, A, A, B);
    }

    /** Page by page, with numbers and by cursor, upwards and downwards: always the same rows; their ids. */
    private List<String> pages(String filters) {
        List<String> first = numbered(filters);
        for (String sort : List.of("createdAt", "-createdAt")) {
            List<String> walked = walked(filters + "&sort=" + sort);
            assertThat(sort.startsWith("-") ? walked : walked.reversed()).isEqualTo(first);
        }
        return first;
    }

    private List<String> numbered(String filters) {
        List<String> ids = new ArrayList<>();
        int total;
        int page = 1;
        do {
            JsonNode answer = asked(filters + "&page[size]=100&page[number]=" + page++);
            total = answer.at("/meta/total").intValue();
            answer.get("data").forEach(one -> ids.add(one.get("id").stringValue()));
        } while (ids.size() < total);
        assertThat(ids).hasSize(total);
        return ids;
    }

    private List<String> walked(String query) {
        List<String> ids = new ArrayList<>();
        String next = query + "&page[size]=100&page[after]=";
        while (next != null) {
            JsonNode answer = asked(next);
            answer.get("data").forEach(one -> ids.add(one.get("id").stringValue()));
            JsonNode link = answer.at("/links/next");
            next = link.isString()
                    ? URLDecoder.decode(link.stringValue().replaceFirst(".*\\?", ""), StandardCharsets.UTF_8)
                    : null;
        }
        return ids;
    }

    private JsonNode asked(String query) {
        String encoded = Stream.of(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .map(pair -> encoded(pair[0]) + "=" + encoded(pair[1]))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer = server.get(MESSAGES + "?" + encoded);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private String statement(String query) {
        return page(query).text();
    }

    private List<Object> bound(String query) {
        return page(query).binds();
    }

    /** Of the page's very statement. */
    private ListSql.Sql page(String query) {
        ListQuery asked = Queries.read(TYPE, query);
        return db.database.call(connection -> Queries.page(connection, SQL, asked));
    }
}
