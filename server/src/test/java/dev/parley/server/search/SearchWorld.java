package dev.parley.server.search;

import dev.parley.server.events.feed.HorizonReader;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import dev.parley.server.threads.ThreadWorld;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.StringNode;

/** A database with threads, whose reader of the log is run by the test. */
final class SearchWorld implements AutoCloseable {

    final ThreadWorld threads = new ThreadWorld();
    final UUID organization = threads.organization;
    final SearchReader reader = reader(SearchReader.WINDOW, SearchReader.FULL);

    SearchWorld() throws Exception {}

    SearchReader reader(int window, int full) {
        return new SearchReader(
                threads.database, new HorizonReader(threads.database, Duration.ofMillis(50)), window, full);
    }

    void organizations() {
        for (UUID id : List.of(organization, threads.otherOrganization)) {
            threads.run("insert into organizations (id, name, signing_secret, created_at, updated_at) values ('" + id
                    + "', 'o', '', now(), now())");
        }
    }

    void readOn() throws InterruptedException {
        readOn(reader);
    }

    void readOn(SearchReader with) throws InterruptedException {
        for (int more = with.runOneCycle(); more > 0; more = with.runOneCycle()) {}
    }

    List<UUID> found(String type, String text) {
        return found(organization, type, text);
    }

    List<UUID> found(UUID by, String type, String text) {
        return threads.database.call(connection -> SearchStore.newest(connection, by, type, words(text)));
    }

    FoundPage page(String type, String text, int size, long offset) {
        return threads.database.call(
                connection -> SearchStore.page(connection, organization, type, words(text), size, offset));
    }

    private static String words(String text) {
        if (!(new SearchText().parse(StringNode.valueOf(text), "") instanceof Parsed.Value(Object words))) {
            throw new AssertionError(text);
        }
        return (String) words;
    }

    String entries() {
        return threads.text("select count(*) from search_entries");
    }

    /** As other features tell of a change. */
    void changed(String type, UUID id, String fields) {
        threads.run(
                "insert into events (organization_id, position, event, resource_type, resource_id, fields, created_at) values "
                        + "('%s', nextval('event_positions'), 'update', '%s', '%s', string_to_array('%s', ','), now())"
                                .formatted(organization, type, id, fields));
    }

    @Override
    public void close() {
        threads.close();
    }
}
