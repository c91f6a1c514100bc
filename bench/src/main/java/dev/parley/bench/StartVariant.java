package dev.parley.bench;

import dev.parley.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One way to start the server, again and again on the same data. Not thread-safe. */
final class StartVariant {

    /** 32 bytes, for databases of this run alone. */
    private static final String SECRET_KEY = "YmVuY2ggYmVuY2ggYmVuY2ggYmVuY2ggYmVuY2ggYmU=";

    private final Launcher launcher;
    private final boolean embedded;
    private final boolean cache;
    private final Children children;
    private String token = "";

    /** @param own the database that runs already; null for the embedded one */
    StartVariant(Path program, Path data, @Nullable PostgresServer own, boolean cache, Children children) {
        this.launcher = new Launcher(program, data, environment(own, cache), children);
        this.embedded = own == null;
        this.cache = cache;
        this.children = children;
    }

    /**
     * One start.
     *
     * @param millis until the first answer
     * @param processor milliseconds that the server's process took until then
     * @param resident megabytes of the server after the rest; 0 without one
     * @param heap of these the live objects
     */
    record Start(double millis, double processor, double resident, double heap) {}

    boolean embedded() {
        return embedded;
    }

    boolean cache() {
        return cache;
    }

    /** Starts it for the first time, which makes what is missing, and an organization. */
    void prepare() {
        try {
            Launcher.Server server = launcher.serve("first");
            token = launcher.organization("Start").token();
            children.stop(server.pid());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the first start failed", e);
        }
    }

    Start start(int restSeconds) throws IOException, InterruptedException {
        long before = System.nanoTime();
        Launcher.Server server = launcher.serve("server");
        new ApiClient(server.api(), token).get("/organizations");
        double millis = (System.nanoTime() - before) / 1e6;
        double processor = Processors.ofItself(server.pid());
        double resident = 0;
        double heap = 0;
        if (restSeconds > 0) {
            TimeUnit.SECONDS.sleep(restSeconds);
            resident = Memory.residentMegabytes(server.pid());
            heap = Memory.liveHeapMegabytes(server.pid());
        }
        children.stop(server.pid());
        return new Start(millis, processor, resident, heap);
    }

    private static Map<String, String> environment(@Nullable PostgresServer own, boolean cache) {
        Map<String, String> environment = new HashMap<>(cache ? Map.of() : Launcher.WITHOUT_CACHE);
        if (own != null) {
            environment.put("PARLEY_DATABASE_URL", "postgresql://127.0.0.1:" + own.port() + "/parley");
            environment.put("PARLEY_DATABASE_USER", own.username());
            environment.put("PARLEY_DATABASE_PASSWORD", own.password());
            environment.put("PARLEY_SECRET_KEY", SECRET_KEY);
        }
        return environment;
    }
}
