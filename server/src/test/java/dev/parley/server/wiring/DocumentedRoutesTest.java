package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.openapi.OpenApiDocument;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each documented path is served, with the documented methods and no other. */
class DocumentedRoutesTest {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    @TempDir
    Path folder;

    @Test
    void eachDocumentedPathHasItsMethodsAndNoOther() {
        Map<String, Set<String>> documented = new TreeMap<>();
        Map<String, Set<String>> served = new TreeMap<>();
        try (RunningServer server = new RunningServer(folder.resolve("data"), "pp_routes-token-0123456789")) {
            for (OpenApiDocument.PathItem item : OpenApiDocument.read().paths()) {
                documented.put(
                        item.template(),
                        METHODS.stream()
                                .filter(method -> item.node().has(method.toLowerCase(Locale.ROOT)))
                                .collect(Collectors.toCollection(TreeSet::new)));
                served.put(item.template(), methods(server, item.template()));
            }
        }
        assertThat(documented).hasSizeGreaterThan(30);
        assertThat(served).isEqualTo(documented);
    }

    private static Set<String> methods(RunningServer server, String template) {
        String path = template.replaceAll("\\{[^}]+}", "01919a1c-0001-7c11-8a44-1f2e3d4c5b6a");
        HttpResponse<String> answer = server.raw("OPTIONS", path, null);
        return answer.headers().allValues("Allow").stream()
                .flatMap(allowed -> Arrays.stream(allowed.split(", ", -1)))
                .filter(METHODS::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
