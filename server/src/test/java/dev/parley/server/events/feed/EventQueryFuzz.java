package dev.parley.server.events.feed;

import static dev.parley.server.fuzz.Seeds.hold;

import dev.parley.server.fuzz.FuzzTarget;
import dev.parley.server.fuzz.Seeds;
import dev.parley.server.platform.http.DecodedUris;
import dev.parley.server.platform.http.QueryParameter;
import java.util.List;
import java.util.Set;

/** The query of {@code GET /events} and of a stream: read, or told what is wrong with it. */
public final class EventQueryFuzz implements FuzzTarget {

    private static final Set<String> TYPES = Set.of("messages", "messageThreads");

    @Override
    public void take(byte[] input) {
        List<QueryParameter> parameters = DecodedUris.query(Seeds.latin(input));
        if (parameters == null) {
            return;
        }
        for (EventQueryReader reader : List.of(EventQueryReader.ofPull(TYPES), EventQueryReader.ofStream(TYPES))) {
            EventQuery query = reader.read(parameters);
            boolean sound = query.size() >= 1 && query.size() <= 100;
            hold(sound || !reader.problems().isEmpty(), "a page size within its bounds");
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.of(
                "page[after]=12&page[size]=100",
                "page%5Bafter%5D=latest&filter[resourceType]=messages",
                "filter[messageThreadId]=0199a000-0000-7000-8000-000000000001",
                "page[after]=999999999999999999&page[after]=1");
    }
}
