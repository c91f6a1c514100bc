package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.HttpCall;
import dev.parley.server.platform.http.QueryParameter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The links of a list, root-relative, with the query that asked for it. */
record PageLinks(String path, String query) {

    static PageLinks of(HttpCall call) {
        StringBuilder query = new StringBuilder();
        for (QueryParameter parameter : call.query()) {
            if (!parameter.name().startsWith("page[")) {
                query.append(encode(parameter.name())).append('=').append(encode(parameter.value()));
                query.append('&');
            }
        }
        return new PageLinks(call.path(), query.toString());
    }

    /** At least 1, the page that an empty list has. */
    static long maxPage(Page page, ListQuery query) {
        return Math.max(1, (page.total().value() + query.size() - 1) / query.size());
    }

    Map<String, @Nullable String> of(Page page, ListQuery query) {
        Seek seek = query.seek();
        if (seek != null) {
            return sought(page, query, seek);
        }
        long last = maxPage(page, query);
        long number = query.number();
        boolean full = page.resources().size() == query.size();
        boolean more = page.total().estimate() ? full : number < last;
        Map<String, @Nullable String> links = new LinkedHashMap<>();
        links.put("self", link(number, query.size()));
        links.put("first", link(1, query.size()));
        links.put("prev", number > 1 ? link(Math.min(number - 1, last), query.size()) : null);
        links.put("next", more ? link(number + 1, query.size()) : null);
        links.put("last", link(last, query.size()));
        return links;
    }

    private Map<String, @Nullable String> sought(Page page, ListQuery query, Seek seek) {
        Page.Edges edges = page.edges();
        String before = edges == null ? null : edges.before();
        String after = edges == null ? null : edges.after();
        Map<String, @Nullable String> links = new LinkedHashMap<>();
        links.put("self", link(seek.backwards() ? "before" : "after", seek.text(), query.size()));
        links.put("first", link("after", "", query.size()));
        links.put("prev", before == null ? null : link("before", before, query.size()));
        links.put("next", after == null ? null : link("after", after, query.size()));
        links.put("last", link("before", "", query.size()));
        return links;
    }

    private String link(String side, String cursor, int size) {
        return path + "?" + query + "page%5B" + side + "%5D=" + cursor + "&page%5Bsize%5D=" + size;
    }

    private String link(long number, int size) {
        return path + "?" + query + "page%5Bnumber%5D=" + number + "&page%5Bsize%5D=" + size;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
