package dev.parley.server.platform.jsonapi;

import static dev.parley.server.fuzz.Seeds.hold;

import dev.parley.server.fuzz.FuzzTarget;
import dev.parley.server.fuzz.Seeds;
import dev.parley.server.platform.http.DecodedUris;
import dev.parley.server.platform.http.QueryParameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/**
 * Queries of lists, of one resource, and of writes: filters, sort orders, pages, cursors, inclusion and fieldsets of each declared
 * type. The first byte chooses the type.
 */
@NullUnmarked
public final class QueryFuzz implements FuzzTarget {

    private static final int ASKED = 4_096;

    private final List<ResourceType> types = DeclaredTypes.all();
    private final Includables includables = new Includables();

    /** With everything included. */
    public QueryFuzz() {
        types.forEach(type -> includables.add(type, null));
    }

    @Override
    public void take(byte[] input) {
        if (input.length == 0) {
            return;
        }
        ResourceType type = types.get((input[0] & 0xFF) % types.size());
        List<QueryParameter> query = DecodedUris.query(Seeds.latin(Arrays.copyOfRange(input, 1, input.length)));
        if (query == null) {
            return;
        }
        QueryReader.Reading list = QueryReader.list(type, includables, query);
        Problematic.tell(list.problems(), ASKED + input.length);
        if (list.problems().isEmpty()) {
            hold(list.query().size() >= 1 && list.query().size() <= 100, "a page size within its bounds");
            hold(list.query().criteria().size() <= 50, "a bounded number of filters");
            cursor(type, list.query());
        }
        Problematic.tell(QueryReader.single(type, includables, query).problems(), ASKED + input.length);
        Problematic.tell(QueryReader.write(type, query), ASKED + input.length);
    }

    /** What a cursor says is what would be written into it. */
    private static void cursor(ResourceType type, ListQuery query) {
        Seek seek = query.seek();
        if (seek != null && !seek.values().isEmpty()) {
            hold(seek.values().size() == query.order().size() + 1, "a value for each sort field, and the id");
            String again = Cursors.write(query.order(), new ArrayList<>(seek.values()));
            hold(Cursors.read(type, query.order(), again) != null, "a cursor that is read again");
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.chosen(
                types.size(),
                "filter[createdAt][gte]=2024-05-07T14:20:46+00:00&sort=-createdAt,updatedAt&page[number]=2&page[size]=10",
                "filter%5Bmetadata.key%5D=v&filter[search]=ada+love&include=messageThread.candidate,organization",
                "fields[messages]=sendBy,payload&fields[nope]=x&filter[sendBy][in]=a,b&filter[id][ne]=x",
                "page[after]=WzEsIi1jcmVhdGVkQXQiLCIyMDI0LTA1LTA3VDE0OjIwOjQ2WiIsIjAxOTlhMDAwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMSJd",
                "filter[deliveryStatus]=SENT&filter[failed]=x&sort=sendBy&filter[wheels][in]=1,2&filter[soldAt][null]=true",
                "filter" + "[a]".repeat(2_500) + "=x",
                "page" + "[]".repeat(3_500),
                "filter[[]]=&page[][][]=1&filter[a][b][c]=%00&include=&sort=,");
    }
}
