package dev.parley.server.kinds;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of message in both directions, with one server for all of it. */
final class KindsTest {

    static KindsWorld world;

    @BeforeAll
    static void start(@TempDir Path folder) {
        world = new KindsWorld(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Nested
    final class In extends InboundKinds {}

    @Nested
    final class Changed extends ChangedFiles {}

    @Nested
    final class Out extends OutboundKinds {}

    @Nested
    final class Answering extends Replies {}
}
