package dev.parley.server.platform.http;

import static dev.parley.server.fuzz.Seeds.hold;

import dev.parley.server.fuzz.FuzzTarget;
import dev.parley.server.fuzz.Seeds;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Paths and queries: decoded strictly, and what is encoded again is decoded to the same. */
public final class UriFuzz implements FuzzTarget {

    private final RouteTable routes = new RouteTable(List.of(
            route("/public/v2/messages/{id}"), route("/public/v2/{type}/newest"), route("/{a}/{b}/{c}/{d}/{e}")));

    private static Route route(String template) {
        return Route.of(HttpMethod.GET, template, Access.PUBLIC, call -> {
            throw new IllegalStateException("nobody calls");
        });
    }

    @Override
    public void take(byte[] input) {
        String raw = Seeds.latin(input);
        int mark = raw.indexOf('?');
        String path = "/" + (mark < 0 ? raw : raw.substring(0, mark));
        List<String> segments = PercentDecoder.segments(path);
        if (segments != null) {
            RouteTable.Match match = routes.find(segments);
            if (match != null) {
                match.routes()
                        .values()
                        .forEach(route -> match.parameters(route)
                                .forEach((name, value) -> hold(!value.isEmpty(), "a parameter with a value")));
            }
        }
        List<QueryParameter> query = PercentDecoder.query(mark < 0 ? null : raw.substring(mark + 1));
        if (query != null) {
            hold(again(query), "the same again");
        }
    }

    private static boolean again(List<QueryParameter> query) {
        StringBuilder encoded = new StringBuilder();
        query.forEach(one -> encoded.append(encoded(one.name()))
                .append('=')
                .append(encoded(one.value()))
                .append('&'));
        return query.equals(PercentDecoder.query(encoded.toString()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.of(
                "public/v2/messages/x%2Fy/?a=b+c&d=%2B",
                "public/v2/messages/newest?%66ilter%5Bid%5D=%c3%a9",
                "a/b/c/d/%e2%82%ac",
                "%c0%af?%ed%a0%80=1",
                "?&&=&=x&%",
                "//");
    }
}
