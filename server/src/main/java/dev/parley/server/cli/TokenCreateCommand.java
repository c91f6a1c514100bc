package dev.parley.server.cli;

import dev.parley.server.organizations.OperatorTokens;
import dev.parley.server.platform.http.Scope;
import dev.parley.server.platform.logging.Logging;
import dev.parley.server.platform.settings.SettingsResult;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "create",
        description =
                "Makes a named token of an organization and prints its id and the token, which is shown this once.",
        sortOptions = false)
final class TokenCreateCommand extends SettingsCommand {

    @Parameters(index = "0", paramLabel = "ORGANIZATION", description = "The id of the organization.")
    private UUID organization = new UUID(0, 0);

    @Parameters(index = "1", paramLabel = "NAME", description = "What it is for, 1 to 255 characters.")
    private String name = "";

    @Option(
            names = "--scopes",
            split = ",",
            required = true,
            paramLabel = "SCOPE",
            description = "What it may be used for: read, send, manage, or several, separated by commas.")
    private List<String> scopes = List.of();

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "When it ends, such as 2030-01-31T00:00:00+00:00; without it: never.")
    private @Nullable OffsetDateTime expires;

    @Option(names = "--json", description = "Prints one line of JSON, for scripts.")
    private boolean json;

    TokenCreateCommand(Surroundings around) {
        super(around);
    }

    @Override
    int run(SettingsResult.Loaded loaded) {
        Instant end = expires == null ? null : expires.toInstant();
        Set<Scope> wanted;
        try {
            OperatorTokens.checkName(name);
            wanted = scopes();
            if (end != null && !end.isAfter(Instant.now())) {
                throw new IllegalArgumentException("--expires must be a time to come.");
            }
        } catch (IllegalArgumentException e) {
            around.err().println(e.getMessage());
            return ExitStatus.WRONG_USE;
        }
        Logging.configure(loaded.settings().log(), "");
        OperatorTokens.Shown made = around.root().createToken(loaded.settings(), organization, name, wanted, end);
        String id = made.id().toString();
        if (json) {
            around.out().println(JsonMapper.shared().writeValueAsString(Map.of("id", id, "token", made.token())));
        } else {
            around.out().println("id: " + id);
            around.out().println("token: " + made.token());
        }
        return ExitStatus.DONE;
    }

    private Set<Scope> scopes() {
        Set<Scope> all = EnumSet.noneOf(Scope.class);
        for (String word : scopes) {
            all.add(Stream.of(Scope.values())
                    .filter(scope -> scope.word().equalsIgnoreCase(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "--scopes must be read, send or manage, or several of them, separated by commas.")));
        }
        return all;
    }
}
