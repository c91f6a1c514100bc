package dev.parley.server.platform.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class IdsTest {

    /** Lists break ties of time by id: what one group stores in one millisecond is to be listed in the order of the group. */
    @Test
    void shouldRiseWithinAMillisecondToo() {
        Ids ids = Ids.timeOrdered();

        List<String> made =
                Stream.generate(ids::next).limit(10_000).map(UUID::toString).toList();

        assertThat(made).isSorted().doesNotHaveDuplicates();
        assertThat(made).allMatch(id -> id.charAt(14) == '7');
    }
}
