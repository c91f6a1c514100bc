package dev.parley.server.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The inputs of each target: those kept in the test resources, and the folder that the fuzzer adds to. */
final class Corpus {

    /** Of the module, where tests run. */
    private static final Path KEPT = Path.of("src/test/resources/fuzz");

    private Corpus() {}

    /** What once broke the target. */
    static Stream<byte[]> kept(String target) {
        Path folder = KEPT.resolve(target);
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(Corpus::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes all that is known of a target, or of all of them, into a folder. */
    static void fill(String target, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> names = target.equals(FuzzEntry.ALL) ? List.copyOf(Targets.ALL.keySet()) : List.of(target);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            List<byte[]> inputs = new ArrayList<>(Targets.of(name).seeds());
            kept(name).forEach(inputs::add);
            for (int n = 0; n < inputs.size(); n++) {
                byte[] prefix = names.size() == 1 ? new byte[0] : new byte[] {(byte) i};
                Files.write(folder.resolve(name + "-" + n), joined(prefix, inputs.get(n)));
            }
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return HexFormat.of()
                .parseHex(HexFormat.of().formatHex(first) + HexFormat.of().formatHex(second));
    }

    private static byte[] read(Path file) {
        try {
            return Objects.requireNonNull(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
