package dev.parley.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts the server as an operator does, by {@code parley}, on one data folder. */
final class Launcher {

    /** Without the JVM's start-up cache, so that nothing depends on whether there is one. */
    static final Map<String, String> WITHOUT_CACHE = Map.of("PARLEY_AOT", "off");

    private final Path program;
    private final Path data;
    private final Map<String, String> environment;
    private final Children children;

    /** @param program the {@code parley} that is run */
    Launcher(Path program, Path data, Map<String, String> environment, Children children) {
        this.program = program;
        this.data = data;
        this.environment = environment;
        this.children = children;
    }

    /**
     * A server that is ready.
     *
     * @param url without a path
     * @param ready what it told then
     */
    record Server(long pid, URI url, JsonNode ready) {

        String api() {
            return url + "/public/v2";
        }
    }

    record Organization(UUID id, String token) {}

    /** Starts a server that stays, at free ports. */
    Server serve(String name, String... options) throws IOException {
        List<String> command = command("serve", "--port", "0", "--management-port", "0");
        command.addAll(List.of(options));
        Children.Started started = children.start(name, command, environment);
        JsonNode ready = JsonMapper.shared().readTree(started.line());
        return new Server(started.pid(), URI.create(ready.path("url").asString()), ready);
    }

    /** Makes an organization beside the server that runs. */
    Organization organization(String name) throws IOException, InterruptedException {
        JsonNode made = JsonMapper.shared()
                .readTree(children.run("organization", command("organization", "create", name), environment));
        return new Organization(
                UUID.fromString(made.path("organizationId").asString()),
                made.path("organizationToken").asString());
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--json", "--data", data.toString()));
        return command;
    }
}
