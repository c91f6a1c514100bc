package dev.parley.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process of this machine as {@code /proc} shows it.
 *
 * @param pid its number
 * @param parent its parent's number
 * @param name the program's short name
 * @param state the kernel's letter; Z is dead and not yet taken note of
 */
record OsProcess(long pid, long parent, String name, char state) {
    private static final Path PROC = Path.of("/proc");

    /** The process with this number, if there is one. */
    static Optional<OsProcess> find(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            int open = stat.indexOf('(');
            int close = stat.lastIndexOf(')');
            String[] rest = stat.substring(close + 2).split(" ", 3);
            return Optional.of(
                    new OsProcess(pid, Long.parseLong(rest[1]), stat.substring(open + 1, close), rest[0].charAt(0)));
        } catch (IOException | RuntimeException gone) {
            return Optional.empty();
        }
    }

    /** Living processes called postgres whose working folder is {@code folder} or lies in it. */
    static List<OsProcess> postgresIn(Path folder) {
        List<OsProcess> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(PROC)) {
            entries.map(Folders::name)
                    .filter(name -> !name.isEmpty() && name.chars().allMatch(Character::isDigit))
                    .forEach(name -> find(Long.parseLong(name))
                            .filter(process -> process.name.equals("postgres") && process.alive())
                            .filter(process -> process.worksIn(folder))
                            .ifPresent(found::add));
        } catch (IOException unreadable) {
            return found;
        }
        return found;
    }

    /** False for one that is dead and only waits to be taken note of. */
    boolean alive() {
        return state != 'Z' && state != 'X';
    }

    /** Whether it is a living PostgreSQL whose working folder this account may not see. */
    boolean hidden() {
        return name.equals("postgres") && alive() && !Files.isReadable(PROC.resolve(pid + "/cwd"));
    }

    private boolean worksIn(Path folder) {
        try {
            return Files.readSymbolicLink(PROC.resolve(pid + "/cwd")).startsWith(folder.toRealPath());
        } catch (IOException | RuntimeException notOurs) {
            return false;
        }
    }
}
