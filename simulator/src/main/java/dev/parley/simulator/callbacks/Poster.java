package dev.parley.simulator.callbacks;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Calls the server under test over HTTP, without holding a thread while it waits. Thread-safe. */
public final class Poster implements AutoCloseable {

    private static final int MAX_CONNECTIONS = 256;
    private static final int MAX_QUEUED = 65_536;
    private static final int MAX_THREADS = 16;
    private static final int TIMEOUT_SECONDS = 10;
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private final HttpClient client;

    private Poster(HttpClient client) {
        this.client = client;
    }

    /**
     * What the server answered to a GET.
     *
     * @param status the HTTP status, 0 when there was no answer
     * @param body the answer's text, at most 64 KiB
     */
    public record Got(int status, String body) {}

    /** Starts the client. */
    public static Poster start() {
        var transport = new HttpClientTransportOverHTTP();
        // Answers are only counted: the thread that finds one reads it as well, without waking another.
        transport.setInvocationType(Invocable.InvocationType.NON_BLOCKING);
        var client = new HttpClient(transport);
        var threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("simulator-callback");
        client.setExecutor(threads);
        client.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
        client.setMaxRequestsQueuedPerDestination(MAX_QUEUED);
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setConnectTimeout(TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("the callback client did not start", e);
        }
        return new Poster(client);
    }

    /** Posts a body once. The future always completes normally: with the HTTP status, or 0 without an answer. */
    public CompletableFuture<Integer> post(Target target, byte[] body, Signing signing) {
        var answer = new CompletableFuture<Integer>();
        try {
            Request request = client.POST(target.url()).timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            String signature = signing.header(target.appSecret(), body);
            if (signature != null) {
                request.headers(headers -> headers.put(Signature.HEADER, signature));
            }
            request.body(new BytesRequestContent("application/json", body))
                    .send(result -> answer.complete(
                            result.isFailed() ? 0 : result.getResponse().getStatus()));
        } catch (RuntimeException e) {
            answer.complete(0);
        }
        return answer;
    }

    /** Gets an address once, for the verification handshake; status 0 when there is no answer. */
    public CompletableFuture<Got> get(URI url) {
        Request request = client.newRequest(url).method(HttpMethod.GET).timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        return new CompletableResponseListener(request, MAX_ANSWER_BYTES)
                .send()
                .handle((answer, failure) -> got(answer == null ? 0 : answer.getStatus(), answer));
    }

    private static Got got(int status, org.eclipse.jetty.client.@Nullable ContentResponse answer) {
        return new Got(status, answer == null ? "" : answer.getContentAsString());
    }

    /** Stops the client and gives up what is under way. */
    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the callback client did not stop", e);
        }
    }
}
