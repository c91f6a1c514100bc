package dev.parley.server.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.jasminb.jsonapi.DeserializationFeature;
import com.github.jasminb.jsonapi.JSONAPIDocument;
import com.github.jasminb.jsonapi.ResourceConverter;
import com.github.jasminb.jsonapi.exceptions.ResourceParseException;
import dev.parley.server.clients.ConvertedTypes.Candidate;
import dev.parley.server.clients.ConvertedTypes.CandidateStatus;
import dev.parley.server.clients.ConvertedTypes.Message;
import dev.parley.server.clients.ConvertedTypes.MessageThread;
import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.wiring.RunningServer;
import dev.parley.server.wiring.WhatsAppCustomer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * <a href="https://github.com/jasminb/jsonapi-converter">jsonapi-converter</a>, a JSON:API library for Java, works without a
 * special case.
 */
@NullUnmarked
class JsonApiConverterTest {

    private static final String PARTNER = "pp_converter-test-token-0123456789";
    private static final String PHONE = "31600000072";

    @TempDir
    Path folder;

    private final ResourceConverter converter = converter();
    private RunningServer server;
    private String token;

    private static ResourceConverter converter() {
        ObjectMapper mapper = new ObjectMapper()
                .configure(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        ResourceConverter converter = new ResourceConverter(
                mapper, CandidateStatus.class, Candidate.class, MessageThread.class, Message.class);
        converter.disableDeserializationOption(DeserializationFeature.REQUIRE_RESOURCE_ID);
        // Organizations and accounts are linked with too, and this application has no class for them.
        converter.enableDeserializationOption(DeserializationFeature.ALLOW_UNKNOWN_INCLUSIONS);
        return converter;
    }

    @Test
    void doesWhatAnApplicationDoes() throws Exception {
        try (RunningServer running = new RunningServer(folder, PARTNER)) {
            server = running;
            WhatsAppCustomer customer = new WhatsAppCustomer(
                    running, new WhatsAppCustomer.Secrets("java-access", "java-app", "java-verify", "Acme"));
            token = customer.token;
            customer.write(PHONE, "Ada", "Hello");
            Candidate ada = candidate();
            MessageThread thread = thread(ada);
            Message sent = message(thread);
            assertThat(list("/messages?include=messageThread.candidate&filter[messageThreadId]=" + thread.id))
                    .filteredOn(message -> message.id.equals(sent.id))
                    .singleElement()
                    .satisfies(message -> assertThat(message.messageThread.candidate.firstName)
                            .isEqualTo("Ada"));
            refusals();
        }
    }

    private Candidate candidate() throws Exception {
        List<CandidateStatus> statuses = converter
                .readDocumentCollection(
                        bytes(call("GET", "/candidate-statuses?sort=position", null, 200)), CandidateStatus.class)
                .get();
        Candidate draft = new Candidate();
        draft.phone = PHONE;
        draft.firstName = "Ada";
        draft.candidateStatus = statuses.getFirst();
        Candidate made = write("POST", "/candidates?include=candidateStatus", draft, 201, Candidate.class);
        assertThat(made.candidateStatus.name).isEqualTo(statuses.getFirst().name);
        assertThat(made.version.version).isEqualTo(1);
        // What was read goes back as it is, read-only members and all.
        made.lastName = "Byron";
        made.candidateStatus = statuses.get(1);
        made.candidateStatusId = null;
        Candidate changed =
                write("PATCH", "/candidates/" + made.id + "?include=candidateStatus", made, 200, Candidate.class);
        assertThat(changed.lastName).isEqualTo("Byron");
        assertThat(changed.candidateStatus.id).isEqualTo(statuses.get(1).id);
        return changed;
    }

    private MessageThread thread(Candidate ada) throws Exception {
        MessageThread draft = new MessageThread();
        draft.channel = "whatsapp";
        draft.identifier = PHONE;
        draft.candidate = ada;
        MessageThread thread =
                write("POST", "/message-threads?include=candidate,messages", draft, 200, MessageThread.class);
        assertThat(thread.candidate.id).isEqualTo(ada.id);
        assertThat(thread.messages).hasSize(1);
        return thread;
    }

    private Message message(MessageThread thread) throws Exception {
        Message draft = new Message();
        draft.sendBy = "Grace";
        draft.payload = Map.of("type", "text", "text", Map.of("value", "When can you start?"));
        MessageThread linked = new MessageThread();
        linked.id = thread.id;
        draft.messageThread = linked;
        Message made = write("POST", "/messages", draft, 201, Message.class);
        await().until(() ->
                !read("/messages/" + made.id, Message.class).deliveryStatus.equals("accepted"));
        return made;
    }

    private void refusals() throws Exception {
        HttpResponse<String> answer = call("GET", "/candidates?filter[shoeSize]=42", null, 400);
        try {
            converter.readDocument(bytes(answer), Candidate.class);
            throw new AssertionError("errors were read as a resource");
        } catch (ResourceParseException e) {
            assertThat(e.getErrors().getErrors())
                    .singleElement()
                    .satisfies(error ->
                            assertThat(error.getSource().getParameter()).isEqualTo("filter[shoeSize]"));
        }
    }

    private List<Message> list(String path) throws Exception {
        return converter
                .readDocumentCollection(bytes(call("GET", path, null, 200)), Message.class)
                .get();
    }

    private <T> T read(String path, Class<T> type) throws Exception {
        return converter.readDocument(bytes(call("GET", path, null, 200)), type).get();
    }

    private <T> T write(String method, String path, T resource, int status, Class<T> type) throws Exception {
        String body = new String(converter.writeDocument(new JSONAPIDocument<>(resource)), UTF_8);
        return converter
                .readDocument(bytes(call(method, path, body, status)), type)
                .get();
    }

    private HttpResponse<String> call(String method, String path, String body, int status) {
        HttpResponse<String> answer = HttpClients.send(
                method,
                server.baseUrl() + path.replace("[", "%5B").replace("]", "%5D"),
                body,
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/vnd.api+json",
                "Accept",
                "application/vnd.api+json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    private static ByteArrayInputStream bytes(HttpResponse<String> answer) {
        return new ByteArrayInputStream(answer.body().getBytes(UTF_8));
    }
}
