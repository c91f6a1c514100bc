package dev.parley.server.cli;

import dev.parley.server.platform.logging.Logging;
import dev.parley.server.platform.settings.SettingsResult;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        description = "Ends a named token of an organization: it stops working within 5 seconds.",
        sortOptions = false)
final class TokenRevokeCommand extends SettingsCommand {

    @Parameters(index = "0", paramLabel = "ORGANIZATION", description = "The id of the organization.")
    private UUID organization = new UUID(0, 0);

    @Parameters(index = "1", paramLabel = "ID", description = "The id of the token, as token list shows it.")
    private UUID id = new UUID(0, 0);

    TokenRevokeCommand(Surroundings around) {
        super(around);
    }

    @Override
    int run(SettingsResult.Loaded loaded) {
        Logging.configure(loaded.settings().log(), "");
        around.root().revokeToken(loaded.settings(), organization, id);
        return ExitStatus.DONE;
    }
}
