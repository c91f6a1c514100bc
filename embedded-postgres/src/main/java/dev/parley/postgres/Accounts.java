package dev.parley.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Chooses the {@link Account} by trying what this machine allows. */
final class Accounts {
    /** Below 65536, so that it exists in containers that map only so many; above what systems hand out. */
    private static final int FIRST_UNUSED = 64_328;

    private static final int LAST_UNUSED = 65_500;
    private static final int NOBODY = 65_534;
    private static final Path PASSWD = Path.of("/etc/passwd");
    private static final Path GROUP = Path.of("/etc/group");

    private final int uid;
    private final Predicate<List<String>> works;

    /** For this process, by really running a program behind each prefix. */
    static Accounts real() {
        return new Accounts(Account.currentUid(), Accounts::runs);
    }

    /** For an account {@code uid} on a machine where the prefixes work that {@code works} says. */
    Accounts(int uid, Predicate<List<String>> works) {
        this.uid = uid;
        this.works = works;
    }

    private static boolean runs(List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        return Commands.succeeds(command.toArray(String[]::new));
    }

    /**
     * The account for a cluster: that of its files when they are there and not root's, so that a cluster made one way
     * is not opened another way.
     */
    Account choose(Path cluster) throws IOException {
        if (uid != 0) {
            return new Account.Same();
        }
        int owner = Files.exists(cluster) ? Folders.owner(cluster) : 0;
        if (owner != 0) {
            return require(new Account.Other(owner));
        }
        Account namespace = new Account.Namespace();
        return works.test(namespace.prefix()) ? namespace : require(new Account.Other(unused()));
    }

    private Account require(Account account) {
        if (works.test(account.prefix())) {
            return account;
        }
        throw new PostgresException("PostgreSQL refuses to run as root, and this machine allows neither"
                + " 'unshare -U' nor 'setpriv --reuid' (util-linux) to run it as somebody else. Run the server as an"
                + " ordinary user, allow one of the two, or use a PostgreSQL of your own with --database-url.");
    }

    private static int unused() throws IOException {
        Set<Integer> used = AccountFile.numbers(PASSWD);
        used.addAll(AccountFile.numbers(GROUP));
        for (int candidate = FIRST_UNUSED; candidate <= LAST_UNUSED; candidate++) {
            if (!used.contains(candidate)) {
                return candidate;
            }
        }
        throw new PostgresException("No unused account number is left to run PostgreSQL as. Run the server as an"
                + " ordinary user, or use a PostgreSQL of your own with --database-url.");
    }

    /**
     * The account for {@code initdb}, which insists on a name for its number (postgres itself does not). What it makes
     * is handed to {@code account} afterwards.
     */
    static Account initdb(Account account) throws IOException {
        Set<Integer> named = AccountFile.numbers(PASSWD);
        if (!(account instanceof Account.Other other) || named.contains(other.uid())) {
            return account;
        }
        named.remove(0);
        if (named.isEmpty()) {
            throw new PostgresException("PostgreSQL's initdb needs an account with a name, and /etc/passwd names none"
                    + " but root. Add one (for example nobody), or use a PostgreSQL of your own with --database-url.");
        }
        return new Account.Other(
                named.contains(NOBODY) ? NOBODY : named.iterator().next());
    }
}
