package dev.parley.server.cli;

import dev.parley.server.platform.logging.Logging;
import dev.parley.server.platform.settings.Settings;
import dev.parley.server.platform.settings.SettingsResult;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "rotate",
        description =
                "Replaces the partner token, or an organization's, and prints the new one; the old one stops working.",
        sortOptions = false)
final class TokenRotateCommand extends SettingsCommand {

    @Option(
            names = "--organization",
            paramLabel = "ID",
            description = "The organization; without it: the partner token.")
    private @Nullable UUID organization;

    @Option(names = "--json", description = "Prints one line of JSON, for scripts.")
    private boolean json;

    TokenRotateCommand(Surroundings around) {
        super(around);
    }

    @Override
    int run(SettingsResult.Loaded loaded) {
        Settings settings = loaded.settings();
        Logging.configure(settings.log(), "");
        if (organization == null && settings.partnerToken() != null) {
            around.err().println("The partner token is a setting here (partnerToken): change it there and restart.");
            return ExitStatus.WRONG_USE;
        }
        String token = organization == null
                ? around.root().rotatePartnerToken(settings)
                : around.root().rotateOrganizationToken(settings, organization);
        String name = organization == null ? "partnerToken" : "organizationToken";
        around.out().println(json ? JsonMapper.shared().writeValueAsString(Map.of(name, token)) : token);
        return ExitStatus.DONE;
    }
}
