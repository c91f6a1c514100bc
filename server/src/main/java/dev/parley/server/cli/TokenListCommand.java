package dev.parley.server.cli;

import dev.parley.server.organizations.OperatorTokens;
import dev.parley.server.platform.http.Scope;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.logging.Logging;
import dev.parley.server.platform.settings.SettingsResult;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "list",
        description = "Lists the named tokens of an organization, the newest first: id, name, scopes, end, last use.",
        sortOptions = false)
final class TokenListCommand extends SettingsCommand {

    @Parameters(index = "0", paramLabel = "ORGANIZATION", description = "The id of the organization.")
    private UUID organization = new UUID(0, 0);

    @Option(names = "--json", description = "Prints one line of JSON, for scripts.")
    private boolean json;

    TokenListCommand(Surroundings around) {
        super(around);
    }

    @Override
    int run(SettingsResult.Loaded loaded) {
        Logging.configure(loaded.settings().log(), "");
        List<OperatorTokens.Listed> tokens = around.root().tokens(loaded.settings(), organization);
        if (json) {
            around.out().println(Json.text(array(tokens)));
        } else {
            tokens.forEach(token -> around.out().println(line(token)));
        }
        return ExitStatus.DONE;
    }

    private static String line(OperatorTokens.Listed token) {
        // A name is printed last, as it may hold anything but a line's end.
        return String.join(
                "  ",
                token.id().toString(),
                words(token),
                "expires " + time(token.expiresAt()),
                "last used " + time(token.lastUsedAt()),
                token.name().replaceAll("\\p{Cntrl}", "?"));
    }

    private static ArrayNode array(List<OperatorTokens.Listed> tokens) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        for (OperatorTokens.Listed token : tokens) {
            ObjectNode one = array.addObject();
            one.put("id", token.id().toString());
            one.put("name", token.name());
            ArrayNode scopes = one.putArray("scopes");
            token.scopes().stream().sorted().map(Scope::word).forEach(scopes::add);
            one.put("expiresAt", Json.time(token.expiresAt()));
            one.put("lastUsedAt", Json.time(token.lastUsedAt()));
        }
        return array;
    }

    private static String words(OperatorTokens.Listed token) {
        return token.scopes().stream().sorted().map(Scope::word).collect(Collectors.joining(","));
    }

    private static String time(@Nullable Instant time) {
        String text = Json.time(time);
        return text == null ? "never" : text;
    }
}
