package dev.parley.postgres;

import java.util.function.Function;

/**
 * What this machine allows and offers.
 *
 * @param accounts chooses under which account PostgreSQL runs
 * @param launcher what is put in front of its programs
 */
record Machine(Accounts accounts, Function<Account, Launcher> launcher) {

    /** Found out by trying. */
    static Machine real() {
        return new Machine(Accounts.real(), Launcher::probe);
    }
}
