package dev.parley.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** ActiveMQ Classic's REST servlet before a queue that nobody reads: a durable accept and no more. */
final class ActiveMqSide implements Side {

    private static final int CONNECTIONS = 64;

    private final int port;
    private final long pid;
    private final String version;
    private final AtomicInteger clients = new AtomicInteger();

    private ActiveMqSide(int port, long pid, String version) {
        this.port = port;
        this.pid = pid;
        this.version = version;
    }

    /** Nothing where its jars were not got. */
    static Optional<Side> start(Path home, Path work, Children children) throws IOException {
        Path jars = home.resolve("bench/target/peers/activemq");
        if (!Files.isDirectory(jars)) {
            return Optional.empty();
        }
        Children.Started started = children.start(
                "activemq",
                List.of(
                        Programs.java(),
                        "-XX:+UseSerialGC",
                        "-Xmx1g",
                        "-cp",
                        jars + "/*",
                        home.resolve("bench/peers/ActiveMqMain.java").toString(),
                        work.resolve("activemq").toString()),
                Map.of());
        String[] ready = started.line().split(" ", 2);
        return Optional.of(new ActiveMqSide(Integer.parseInt(ready[0]), started.pid(), ready[1]));
    }

    @Override
    public String name() {
        return "ActiveMQ Classic (accepts only)";
    }

    @Override
    public String promise() {
        return version + ", KahaDB, enableJournalDiskSyncs: a 200 is in the flushed journal; nothing is handed over";
    }

    @Override
    public boolean handsOver() {
        return false;
    }

    @Override
    public Traffic traffic(int seconds, int rate) {
        return new Traffic(List.of(port), CONNECTIONS, seconds, rate, 200, () -> {
            String body = RequestTemplate.TEXT + "0".repeat(RequestTemplate.DIGITS);
            // Each has a client of its own, or they would wait for one session.
            String head = "POST /message/bench?type=queue&JMSDeliveryMode=persistent&clientId=c"
                    + clients.getAndIncrement() % CONNECTIONS + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n";
            byte[] bytes = (head + body).getBytes(StandardCharsets.US_ASCII);
            return number -> RequestTemplate.digits(bytes, head.length() + RequestTemplate.TEXT.length(), number);
        });
    }

    @Override
    public Used used() {
        return new Used(Processors.millis(pid), 0);
    }
}
