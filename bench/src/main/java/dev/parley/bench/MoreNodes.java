package dev.parley.bench;

import dev.parley.postgres.ConnectionFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Further nodes on the database that the first one has embedded. */
final class MoreNodes {

    private MoreNodes() {}

    record Node(long pid, int port) {}

    static Node start(Path home, Path data, ConnectionFile file, Children children) throws IOException {
        Children.Started started = children.start(
                "node",
                List.of(
                        home.resolve("parley").toString(),
                        "serve",
                        "--json",
                        "--port",
                        "0",
                        "--management-port",
                        "0",
                        "--data",
                        data.toString(),
                        "--secret-key-file",
                        data.resolve("secret-key").toString(),
                        "--outbound-allow",
                        "127.0.0.0/8"),
                Map.of(
                        "PARLEY_AOT",
                        "off",
                        "PARLEY_DATABASE_URL",
                        "postgresql://127.0.0.1:" + file.port() + "/parley",
                        "PARLEY_DATABASE_USER",
                        file.username(),
                        "PARLEY_DATABASE_PASSWORD",
                        file.password()));
        JsonNode ready = JsonMapper.shared().readTree(started.line());
        return new Node(started.pid(), URI.create(ready.path("url").asString()).getPort());
    }
}
