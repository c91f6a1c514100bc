package dev.parley.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.ledger.Customer;
import dev.parley.testkit.ledger.Sent;
import dev.parley.testkit.ledger.Talk;
import dev.parley.testkit.postgres.PostgresBinaries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with an embedded database that is killed together with it, and started again on the same data folder. */
@Tag("storm")
class RestartTest {

    @TempDir
    Path folder;

    @Test
    void everythingIsThereAndWhatWasAcceptedIsSent() throws Exception {
        Path data = folder.resolve("data");
        PostgresBinaries.linkInto(data);
        try (Node node = new Node(Settings.shortWaits(), folder, "node", List.of("--data", data.toString()))) {
            Path tokenFile = data.resolve("partner-token");
            String partnerToken = Files.readString(tokenFile).strip();
            assertThat(node.process().ready().path("partnerToken").asString()).isEqualTo(partnerToken);
            try (World world = World.on(List.of(node), partnerToken, 80)) {
                Talk talk = world.talks(1).getFirst();
                world.simulator().faults(List.of(Map.of("effects", Map.of("error", Map.of("code", 130429)))));
                String waiting = world.send(talk, "before the kill");

                node.killWithChildren();
                node.start();

                assertThat(node.process().ready().has("partnerToken")).isFalse();
                assertThat(tokenFile).content().isEqualToIgnoringNewLines(partnerToken);
                assertThat(world.simulator().ledger()).isEmpty();
                assertThat(world.status(waiting)).isEqualTo("accepted");
                world.simulator().behave();
                Awaitility.await("it is sent")
                        .untilAsserted(() -> assertThat(world.status(waiting)).isEqualTo("read"));
                String after = world.send(talk, "after the kill");
                Awaitility.await("the next is sent, too")
                        .untilAsserted(() -> assertThat(world.status(after)).isEqualTo("read"));
                assertThat(world.simulator().ledger())
                        .extracting(Sent::text)
                        .containsExactly("before the kill", "after the kill");
                assertThat(world.customer().messages(talk.threadId()))
                        .extracting(Customer::textOf)
                        .containsExactly("Hello", "before the kill", "after the kill");
            }
        }
    }
}
