package dev.parley.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kannel from the system's packages: HTTP in, a spool folder, HTTP out. Its two processes listen on ports of their own. */
final class KannelSide implements Side {

    private static final List<Path> FOLDERS = List.of(Path.of("/usr/sbin"), Path.of("/usr/local/sbin"));
    private static final int CONNECTIONS = 64;
    private static final String NUMBER = "0".repeat(RequestTemplate.DIGITS);
    private static final String CONFIGURATION = """
            group = core
            admin-port = {admin}
            admin-password = bench
            admin-interface = "127.0.0.1"
            smsbox-port = {box}
            smsbox-interface = "127.0.0.1"
            box-allow-ip = "127.0.0.1"
            dlr-storage = internal
            store-type = spool
            store-location = "{work}/kannel-spool"
            log-file = "{work}/bearerbox.log"
            log-level = 3

            group = smsc
            smsc = http
            smsc-id = door
            system-type = generic
            port = {smsc}
            connect-allow-ip = "127.0.0.1"
            send-url = "http://127.0.0.1:{door}/?to=%p&text=%b"
            status-success-regex = "Sent"
            max-pending-submits = 64

            group = smsbox
            bearerbox-host = "127.0.0.1"
            sendsms-port = {in}
            sendsms-interface = "127.0.0.1"
            log-file = "{work}/smsbox.log"
            log-level = 3

            group = sendsms-user
            username = bench
            password = bench
            default-smsc = door
            max-messages = 1
            """;

    private final int port;
    private final long bearerbox;
    private final long smsbox;
    private final String version;

    private KannelSide(int port, long bearerbox, long smsbox, String version) {
        this.port = port;
        this.bearerbox = bearerbox;
        this.smsbox = smsbox;
        this.version = version;
    }

    /** Nothing where Kannel is not installed. */
    static Optional<Side> start(Path work, Children children, FastDoor door) throws IOException, InterruptedException {
        Optional<Path> folder = FOLDERS.stream()
                .filter(each ->
                        Files.isExecutable(each.resolve("bearerbox")) && Files.isExecutable(each.resolve("smsbox")))
                .findFirst();
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        Path spool = work.resolve("kannel-spool");
        Files.createDirectories(spool);
        int box = FreePorts.one();
        int in = FreePorts.one();
        Path configuration = work.resolve("kannel.conf");
        Files.writeString(
                configuration,
                CONFIGURATION
                        .replace("{admin}", Integer.toString(FreePorts.one()))
                        .replace("{box}", Integer.toString(box))
                        .replace("{smsc}", Integer.toString(FreePorts.one()))
                        .replace("{in}", Integer.toString(in))
                        .replace("{door}", Integer.toString(door.port()))
                        .replace("{work}", work.toString()));
        String bearerbox = folder.get().resolve("bearerbox").toString();
        String smsbox = folder.get().resolve("smsbox").toString();
        long first = children.quiet("bearerbox", List.of(bearerbox, configuration.toString()));
        FreePorts.await(box);
        long second = children.quiet("smsbox", List.of(smsbox, configuration.toString()));
        FreePorts.await(in);
        String version = children.run("kannel-version", List.of(bearerbox, "--version"), Map.of())
                .lines()
                .findFirst()
                .orElse("of an unknown version");
        return Optional.of(new KannelSide(in, first, second, version));
    }

    @Override
    public String name() {
        return "Kannel";
    }

    @Override
    public String promise() {
        return version + ": a 202 is in a file of the spool, which nobody flushes (lost when the machine crashes)";
    }

    @Override
    public boolean handsOver() {
        return true;
    }

    @Override
    public Traffic traffic(int seconds, int rate) {
        return new Traffic(List.of(port), CONNECTIONS, seconds, rate, 202, () -> {
            String text = RequestTemplate.TEXT.replace(' ', '+').replace("?", "%3F");
            String head =
                    "GET /cgi-bin/sendsms?username=bench&password=bench&from=15550100001&to=31600000000&text=" + text;
            byte[] bytes = (head + NUMBER + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            return number -> RequestTemplate.digits(bytes, head.length(), number);
        });
    }

    @Override
    public Used used() {
        return new Used(Processors.millis(bearerbox) + Processors.millis(smsbox), 0);
    }
}
