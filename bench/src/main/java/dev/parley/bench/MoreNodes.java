package dev.parley.bench;

import dev.parley.postgres.ConnectionFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Further nodes on the database that the first one has embedded. */
final class MoreNodes {

    private MoreNodes() {}

    static Launcher.Server start(Path home, Path data, ConnectionFile file, Children children) throws IOException {
        Map<String, String> environment = new HashMap<>(Launcher.WITHOUT_CACHE);
        environment.put("PARLEY_DATABASE_URL", "postgresql://127.0.0.1:" + file.port() + "/parley");
        environment.put("PARLEY_DATABASE_USER", file.username());
        environment.put("PARLEY_DATABASE_PASSWORD", file.password());
        return new Launcher(home.resolve("parley"), data, environment, children)
                .serve(
                        "node",
                        "--secret-key-file",
                        data.resolve("secret-key").toString(),
                        "--outbound-allow",
                        "127.0.0.0/8");
    }
}
