package dev.parley.bench;

import dev.parley.simulator.callbacks.Signature;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;

/**
 * Calls back statuses of a library's messages, as WhatsApp does.
 *
 * @param library with a connected account
 * @param callbackUrl where to
 * @param ids of messages that are sent, by the provider's name
 * @param batch statuses in a callback
 */
record StatusLoad(Library library, URI callbackUrl, List<String> ids, int batch) {

    static final int CONNECTIONS = 16;

    private static final String NUMBER = "100000000000001";
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(5);

    /**
     * What was measured.
     *
     * @param perSecond statuses applied
     * @param server milliseconds of a processor a status
     * @param database likewise
     * @param answers nanoseconds until a callback was answered
     */
    record Round(double perSecond, double server, double database, Spread answers) {

        static double median(List<Round> rounds, ToDoubleFunction<Round> of) {
            return Spread.median(rounds.stream().mapToDouble(of).toArray());
        }
    }

    /** One without messages yet. */
    static StatusLoad of(Library library, FastDoor door, int batch) throws Exception {
        JsonNode account = Accounts.connect(library.api(), NUMBER, door.url(), 1000);
        SentMessages.attempt(library, account.path("id").asString());
        return new StatusLoad(
                library,
                URI.create(account.path("attributes").path("callbackUrl").asString()),
                List.of(),
                batch);
    }

    /** The same for these messages, which become sent and no more. */
    StatusLoad on(SentMessages.Of which, int picked) throws SQLException {
        return new StatusLoad(library, callbackUrl, SentMessages.pick(library, which, picked), batch);
    }

    /** Reports the messages of this round, each once as delivered and once as read. */
    Round round(int number, int messages) throws Exception {
        List<String> some = ids.subList(number * messages, (number + 1) * messages);
        long postmaster = library.database().postmaster();
        double server = Processors.millis(library.serverPid());
        double database = Processors.treeMillis(postmaster);
        List<Long> nanos = new ArrayList<>();
        long start = System.nanoTime();
        nanos.addAll(send(some, "delivered"));
        nanos.addAll(send(some, "read"));
        try (Connection connection = LibraryRows.connect(library.database().file())) {
            while (SentMessages.pending(connection) || SentMessages.read(connection, some) < messages) {
                if (System.nanoTime() - start > PATIENCE) {
                    throw new IOException("not all statuses were applied");
                }
                LockSupport.parkNanos(10_000_000);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double statuses = 2.0 * messages;
        return new Round(
                statuses / seconds,
                (Processors.millis(library.serverPid()) - server) / statuses,
                (Processors.treeMillis(postmaster) - database) / statuses,
                new Spread(nanos.stream().mapToLong(Long::longValue).toArray()));
    }

    private List<Long> send(List<String> some, String status) throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<Long> nanos = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<List<Long>>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                all.add(executor.submit(() -> drive(some, status, next)));
            }
            for (Future<List<Long>> one : all) {
                nanos.addAll(one.get());
            }
        }
        return nanos;
    }

    private List<Long> drive(List<String> some, String status, AtomicInteger next) throws IOException {
        List<Long> nanos = new ArrayList<>();
        try (HttpLine line = new HttpLine(callbackUrl.getHost(), callbackUrl.getPort(), System.nanoTime() + PATIENCE)) {
            for (int from = next.getAndAdd(batch); from < some.size(); from = next.getAndAdd(batch)) {
                byte[] request = request(some.subList(from, Math.min(some.size(), from + batch)), status);
                long before = System.nanoTime();
                int answer = line.exchange(request);
                nanos.add(System.nanoTime() - before);
                if (answer != 200) {
                    throw new IOException("a callback was answered " + answer);
                }
            }
        }
        return nanos;
    }

    /** Source of the form: Meta's page "webhooks, messages, status". */
    private byte[] request(List<String> some, String status) {
        StringBuilder statuses = new StringBuilder();
        for (String id : some) {
            statuses.append(statuses.isEmpty() ? "" : ",")
                    .append("{\"id\":\"" + id + "\",\"status\":\"" + status + "\",\"timestamp\":\""
                            + Instant.now().getEpochSecond() + "\"}");
        }
        byte[] body = ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"" + Accounts.BUSINESS
                        + "\",\"changes\":[{\"field\":\"messages\",\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":"
                        + "{\"display_phone_number\":\"15550100001\",\"phone_number_id\":\"" + NUMBER
                        + "\"},\"statuses\":["
                        + statuses + "]}}]}]}")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] head = ("POST " + callbackUrl.getRawPath() + " HTTP/1.1\r\nHost: " + callbackUrl.getAuthority()
                        + "\r\nContent-Type: application/json\r\n" + Signature.HEADER + ": "
                        + Signature.of(Accounts.APP_SECRET, body) + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }
}
