package dev.parley.server.ledger;

import dev.parley.postgres.ConnectionFile;
import dev.parley.testkit.ledger.Tally;
import dev.parley.testkit.postgres.PostgresBinaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was acknowledged is compared with what the provider got, after servers and databases were killed and the provider
 * misbehaved. {@code -Dsurvive.kills=N}, {@code databaseKills}, {@code bothKills} and {@code nodeKills} say how often, {@code
 * -Dledger.minutes=N} makes each storm last that long and kills all the while.
 */
@Tag("storm")
class LedgerTest {

    private static final int RATE = 1000;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("survive.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void aServerItsDatabaseAndBothAreKilled() throws Exception {
        Path data = folder.resolve("data");
        PostgresBinaries.linkInto(data);
        try (Node node = new Node(Settings.shortWaits(), folder, "node", List.of("--data", data.toString()))) {
            String partnerToken =
                    Files.readString(data.resolve("partner-token")).strip();
            try (World world = World.on(List.of(node), partnerToken, RATE)) {
                List<Kill> kills = Kill.all(random);
                int[] killed = {0};
                KillStorm storm = new KillStorm("one node with its database", world, seed);
                Tally tally = storm.run(() -> embedded(data), kills.size(), kill -> {
                    Kill what = kills.get(kill % kills.size());
                    what.strike(node);
                    killed[0]++;
                    return what.toString();
                });
                // An attempt is open in each thread at most.
                storm.checkUnknown(tally, killed[0] * KillStorm.THREADS);
            }
        }
    }

    @Test
    void oneOfThreeNodesIsKilled() throws IOException {
        List<String> names = List.of("first", "second", "third");
        try (OwnPostgres postgres = new OwnPostgres(folder.resolve("postgres"));
                Node first = node(postgres, "first");
                Node second = node(postgres, "second");
                Node third = node(postgres, "third");
                World world = World.on(List.of(first, second, third), Settings.PARTNER_TOKEN, RATE)) {
            List<Node> nodes = List.of(first, second, third);
            int[] open = {0};
            KillStorm storm = new KillStorm("three nodes on one database", world, seed);
            Supplier<MediaAftermath> aftermath = () -> postgres.aftermath(folder.resolve("nodes"));
            Tally tally = storm.run(aftermath, Kill.nodes(), kill -> {
                int victim = random.nextInt(nodes.size());
                nodes.get(victim).kill();
                open[0] += postgres.openAttempts(names.get(victim));
                nodes.get(victim).start();
                return "one of three";
            });
            storm.checkUnknown(tally, open[0]);
        }
    }

    private Node node(OwnPostgres postgres, String name) {
        return new Node(
                Settings.shared(),
                folder,
                name,
                List.of("--data", folder.resolve("nodes").toString(), "--database-url", postgres.urlFor(name)));
    }

    private static MediaAftermath embedded(Path data) {
        ConnectionFile file = ConnectionFile.read(data.resolve("postgres")).orElseThrow();
        return new MediaAftermath(file.jdbcUrl(), file.username(), file.password(), data);
    }
}
