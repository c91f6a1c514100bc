package dev.parley.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Under which account PostgreSQL runs; it refuses to run as root. */
sealed interface Account {

    /** What to put in front of a command. */
    List<String> prefix();

    /** As the account that this process runs under. */
    record Same() implements Account {
        @Override
        public List<String> prefix() {
            return List.of();
        }
    }

    /** As root outside, but as nobody in a user namespace of its own: no other account and no change of owners. */
    record Namespace() implements Account {
        @Override
        public List<String> prefix() {
            return List.of("unshare", "-U");
        }
    }

    /** As another account, to which the cluster's folder belongs. */
    record Other(int uid) implements Account {
        @Override
        public List<String> prefix() {
            return List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups");
        }
    }

    /** The numeric account of this process. */
    static int currentUid() {
        try {
            return Folders.owner(Path.of("/proc/self"));
        } catch (IOException e) {
            throw new PostgresException("/proc cannot be read, which the embedded PostgreSQL needs. Mount it, or use a"
                    + " PostgreSQL of your own with --database-url.");
        }
    }
}
