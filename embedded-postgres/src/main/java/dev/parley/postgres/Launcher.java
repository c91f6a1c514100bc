package dev.parley.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts in front of PostgreSQL's programs what the machine offers.
 *
 * @param account under which they run
 * @param deathSignal whether {@code setpriv --pdeathsig} is there: the program is told when the server is killed.
 *     Without it a killed server leaves its database running, and the next start stops it
 * @param ownSession whether {@code setsid} is there: Ctrl-C in a terminal then reaches the server alone, which still
 *     needs its database to finish
 */
record Launcher(Account account, boolean deathSignal, boolean ownSession) {

    /** With what this machine has. */
    static Launcher probe(Account account) {
        return new Launcher(
                account,
                Commands.succeeds("setpriv", "--pdeathsig", "INT", "true"),
                Commands.succeeds("setsid", "true"));
    }

    /** The same under another account. */
    Launcher as(Account other) {
        return new Launcher(other, deathSignal, ownSession);
    }

    /** The command that runs {@code program} and sends it {@code signal} when the starting thread is gone. */
    List<String> command(String signal, List<String> program) {
        List<String> command = new ArrayList<>();
        if (ownSession) {
            command.add("setsid");
        }
        command.addAll(account.prefix());
        if (deathSignal) {
            // Last, because a change of account clears the signal.
            command.addAll(List.of("setpriv", "--pdeathsig", signal));
        }
        command.addAll(program);
        return command;
    }
}
