package dev.parley.server.platform.http;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the route of a path: exact segments first, then parameters. Immutable once built. */
final class RouteTable {

    private final Node root = new Node();

    RouteTable(List<Route> routes) {
        routes.forEach(this::add);
    }

    /** The methods at a path, or null where there are none. */
    @Nullable
    Match find(List<String> segments) {
        Node node = find(root, segments, 0);
        return node == null ? null : new Match(node.routes, segments);
    }

    private static @Nullable Node find(Node node, List<String> segments, int at) {
        if (at == segments.size()) {
            return node.routes.isEmpty() ? null : node;
        }
        Node exact = node.exact.get(segments.get(at));
        Node found = exact == null ? null : find(exact, segments, at + 1);
        if (found != null || node.parameter == null || segments.get(at).isEmpty()) {
            return found;
        }
        return find(node.parameter, segments, at + 1);
    }

    private void add(Route route) {
        Node node = root;
        for (String segment : segments(route.template())) {
            node = segment.startsWith("{") ? node.parameter() : node.exact(segment);
        }
        if (node.routes.putIfAbsent(route.method(), route) != null) {
            throw new IllegalArgumentException("two routes for " + route.method() + " " + route.template());
        }
    }

    private static List<String> segments(String template) {
        return template.equals("/") ? List.of() : List.of(template.substring(1).split("/", -1));
    }

    /** What a path leads to. */
    record Match(Map<HttpMethod, Route> routes, List<String> segments) {

        Map<String, String> parameters(Route route) {
            Map<String, String> values = new LinkedHashMap<>();
            List<String> names = RouteTable.segments(route.template());
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                if (name.startsWith("{")) {
                    values.put(name.substring(1, name.length() - 1), segments.get(i));
                }
            }
            return values;
        }
    }

    private static final class Node {
        final Map<String, Node> exact = new HashMap<>();
        final Map<HttpMethod, Route> routes = new EnumMap<>(HttpMethod.class);

        @Nullable
        Node parameter;

        Node exact(String segment) {
            return exact.computeIfAbsent(segment, s -> new Node());
        }

        Node parameter() {
            Node there = parameter;
            if (there == null) {
                there = new Node();
                parameter = there;
            }
            return there;
        }
    }
}
