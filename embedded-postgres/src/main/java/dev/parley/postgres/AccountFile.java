package dev.parley.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The numbers in {@code /etc/passwd} and {@code /etc/group}. */
final class AccountFile {
    private AccountFile() {}

    /** The numbers that have a name; none when there is no such file. */
    static Set<Integer> numbers(Path file) throws IOException {
        Set<Integer> numbers = new TreeSet<>();
        if (!Files.isReadable(file)) {
            return numbers;
        }
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            String[] parts = line.split(":", -1);
            if (parts.length > 2 && parts[2].matches("\\d{1,9}")) {
                numbers.add(Integer.valueOf(parts[2]));
            }
        }
        return numbers;
    }
}
