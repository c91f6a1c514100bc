package dev.parley.server.cli;

import dev.parley.server.organizations.OrganizationService;
import dev.parley.server.platform.logging.Logging;
import dev.parley.server.platform.settings.SettingsResult;
import dev.parley.server.wiring.Operations.CreatedOrganization;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "create",
        description = "Makes an organization and prints its id and token; the token is shown this once.",
        sortOptions = false)
final class OrganizationCreateCommand extends SettingsCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "Its name, 1 to 255 characters.")
    private String name = "";

    @Option(names = "--json", description = "Prints one line of JSON, for scripts.")
    private boolean json;

    OrganizationCreateCommand(Surroundings around) {
        super(around);
    }

    @Override
    int run(SettingsResult.Loaded loaded) {
        try {
            OrganizationService.checkName(name);
        } catch (IllegalArgumentException e) {
            around.err().println(e.getMessage());
            return ExitStatus.WRONG_USE;
        }
        Logging.configure(loaded.settings().log(), "");
        CreatedOrganization made = around.root().createOrganization(loaded.settings(), name);
        String id = made.id().toString();
        if (json) {
            Map<String, String> line = Map.of("organizationId", id, "organizationToken", made.token());
            around.out().println(JsonMapper.shared().writeValueAsString(line));
        } else {
            around.out().println("organization: " + id);
            around.out().println("token: " + made.token());
        }
        return ExitStatus.DONE;
    }
}
