package dev.parley.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.http.HttpEdge;
import dev.parley.server.platform.http.HttpMethod;
import dev.parley.server.platform.http.HttpObserver;
import dev.parley.server.platform.http.HttpOptions;
import dev.parley.server.platform.http.HttpServer;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.jsonapi.JsonApi;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The check of the document finds what is wrong: a server that answers as it is told is held against it. */
class DocumentCheckTest {

    private static final String ERROR = "{\"jsonapi\":{\"version\":\"1.1\"},\"errors\":[{\"status\":\"404\","
            + "\"code\":\"not_found\",\"title\":\"Not found\",\"detail\":\"None.\"MORE}],\"meta\":{\"requestId\":\"1\"}}";
    private static final String STATUS = "/public/v2/candidate-statuses/01919a1c-0001-7c11-8a44-1f2e3d4c5b6a";

    private HttpServer server;
    private HttpAnswer answer;

    @BeforeEach
    void start() throws Exception {
        HttpEdge edge =
                new HttpEdge(token -> null, new JsonApi("/public/v2", 32).failures(), HttpObserver.NONE, () -> "id");
        List<Route> routes = List.of(
                route(HttpMethod.GET, STATUS),
                route(HttpMethod.PUT, STATUS),
                route(HttpMethod.GET, "/public/v2/nowhere"),
                route(HttpMethod.DELETE, "/public/v2/candidates/{id}"),
                route(HttpMethod.POST, "/public/v2/message-threads/{id}/read"));
        server = HttpServer.start(HttpOptions.defaults(), edge, routes);
    }

    private Route route(HttpMethod method, String path) {
        return Route.of(method, path, Access.PUBLIC, call -> answer);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatIsDocumentedPasses() {
        answer = json(404, ERROR.replace("MORE", ""));
        assertThatCode(() -> send("GET", STATUS + "/")).doesNotThrowAnyException();
        answer = HttpAnswer.empty(204);
        assertThatCode(() -> send("DELETE", "/public/v2/candidates/x")).doesNotThrowAnyException();
    }

    @Test
    void memberThatIsNotDescribedFails() {
        answer = json(404, ERROR.replace("MORE", ",\"extra\":1"));
        assertThatThrownBy(() -> send("GET", STATUS)).hasMessageContaining("'extra'");
        answer = json(404, ERROR.replace("MORE", "").replace("not_found", "no_such_code"));
        assertThatThrownBy(() -> send("GET", STATUS)).hasMessageContaining("/errors/0/code");
        answer = json(404, ERROR.replace("MORE", "").replace("\"detail\"", "\"details\""));
        assertThatThrownBy(() -> send("GET", STATUS)).hasMessageContaining("'detail'");
    }

    @Test
    void statusMediaTypeAndBodyThatAreNotDescribedFail() {
        answer = json(410, ERROR.replace("MORE", ""));
        assertThatThrownBy(() -> send("GET", STATUS)).hasMessageContaining("the status is not documented");
        answer = HttpAnswer.of(404, "text/html", new byte[] {'x'});
        assertThatThrownBy(() -> send("GET", STATUS)).hasMessageContaining("text/html is not documented");
        answer = json(500, "{}");
        assertThatThrownBy(() -> send("GET", STATUS)).hasMessageContaining("required property 'errors'");
    }

    @Test
    void pathMethodAndParameterThatAreNotDescribedFailWhenTheyAreServed() {
        answer = json(200, "{}");
        assertThatThrownBy(() -> send("GET", "/public/v2/nowhere")).hasMessageContaining("the path is not documented");
        assertThatThrownBy(() -> send("PUT", STATUS)).hasMessageContaining("the method is not documented");
        assertThatThrownBy(() -> send("GET", STATUS + "?colour=red"))
                .hasMessageContaining("the query parameter colour is not documented");
    }

    @Test
    void everyReferenceOfTheDocumentLeadsSomewhere() {
        assertThat(OpenApiDocument.read().danglingReferences()).isEmpty();
    }

    private static HttpAnswer json(int status, String text) {
        return HttpAnswer.of(status, "application/vnd.api+json", text.getBytes(StandardCharsets.UTF_8));
    }

    private void send(String method, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, BodyPublishers.noBody())
                .build();
        DocumentCheck.checkUncounted(
                request, null, HttpClients.sendMadeUp(method, request.uri().toString(), null));
    }
}
