package dev.parley.server.accounts;

import dev.parley.connector.Connector;
import dev.parley.connector.SettingSpec;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.Write;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What can be wrong with a write beside its settings. */
final class AccountProblems {

    private AccountProblems() {}

    static Problem otherChannel(Write draft, Connector connector) {
        return Problem.at(
                ProblemCode.INVALID_VALUE,
                draft.pointer("provider"),
                "The provider " + connector.provider() + " serves the channel " + connector.channel()
                        + "; write that channel, or another provider.");
    }

    /** Channel and provider may be written back as they are. */
    static List<Problem> fixed(Write write, AccountIdentity identity) {
        List<Problem> problems = new ArrayList<>();
        fixed(problems, write, "channel", identity.channel());
        fixed(problems, write, "provider", identity.provider());
        return problems;
    }

    private static void fixed(List<Problem> problems, Write write, String attribute, String value) {
        if (write.has(attribute) && !value.equals(write.text(attribute))) {
            problems.add(Problem.at(
                    ProblemCode.INVALID_VALUE,
                    write.pointer(attribute),
                    "The " + attribute + " of an account cannot change from " + value
                            + ". Leave it out, or connect another account."));
        }
    }

    static Problem unknownProvider(Write write, AccountIdentity identity) {
        return Problem.at(
                ProblemCode.INVALID_VALUE,
                write.pointer("settings"),
                "This server does not know the provider " + identity.provider() + "; leave the settings out.");
    }

    static Problem idTaken() {
        return Problem.at(
                ProblemCode.ID_TAKEN,
                "/data/id",
                "Another account has or had this id. Use another one, or leave it out.");
    }

    /** Names the account that is there already, and the setting by which it is the same where it is one. */
    static Problem exists(AccountOutcome.Exists exists, Write write, @Nullable Connector connector) {
        String setting = setting(exists.key().value(), write, connector);
        String what = setting == null ? exists.key().kind() : setting;
        String detail = "The account " + exists.account() + " has the same " + what + ". Change that one.";
        ObjectNode meta =
                Json.MAPPER.createObjectNode().put("id", exists.account().toString());
        Problem problem = setting == null
                ? Problem.of(ProblemCode.ACCOUNT_EXISTS, detail)
                : Problem.at(ProblemCode.ACCOUNT_EXISTS, "/data/attributes/settings/" + setting, detail);
        return problem.with(meta);
    }

    private static @Nullable String setting(String value, Write write, @Nullable Connector connector) {
        ObjectNode settings = write.object("settings");
        if (settings == null || connector == null) {
            return null;
        }
        for (SettingSpec spec : connector.settings()) {
            JsonNode given = settings.get(spec.name());
            if (!spec.secret() && given != null && given.asString("").equals(value)) {
                return spec.name();
            }
        }
        return null;
    }
}
