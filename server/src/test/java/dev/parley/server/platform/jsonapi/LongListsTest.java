package dev.parley.server.platform.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.clock.SteerableClock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LongListsTest {

    private static final Page.Count LONG = new Page.Count(12_345, true);

    private final SteerableClock clock = SteerableClock.fixed();
    private final LongLists lists = new LongLists(clock, 3);

    private static ListSql.Sql counting(Object... binds) {
        return new ListSql.Sql("select count(*) …", List.of(binds));
    }

    @Test
    void remembersForAMinuteWhatIsLong() {
        UUID organization = new UUID(0, 1);
        lists.counted(counting(organization), LONG);
        clock.advance(Duration.ofSeconds(59));
        assertThat(lists.find(counting(new UUID(0, 1)))).isEqualTo(LONG);
        assertThat(lists.find(counting(new UUID(0, 2)))).isNull();
        clock.advance(Duration.ofSeconds(1));
        assertThat(lists.find(counting(organization))).isNull();
    }

    @Test
    void remembersNothingExact() {
        lists.counted(counting("a"), Page.Count.exactly(10_000));
        assertThat(lists.find(counting("a"))).isNull();
        lists.counted(counting("a"), LONG);
        lists.counted(counting("a"), Page.Count.exactly(9_999));
        assertThat(lists.find(counting("a"))).isNull();
    }

    @Test
    void remembersNothingAfterTheClockWasSetBack() {
        lists.counted(counting("a"), LONG);
        clock.advance(Duration.ofSeconds(-1));
        assertThat(lists.find(counting("a"))).isNull();
    }

    @Test
    void holdsNoMoreThanItsBound() {
        for (String one : List.of("a", "b", "c")) {
            lists.counted(counting(one), LONG);
        }
        assertThat(lists.find(counting("a"))).isEqualTo(LONG);
        lists.counted(counting("d"), LONG);
        assertThat(lists.find(counting("a"))).isNull();
        assertThat(lists.find(counting("d"))).isEqualTo(LONG);
        LongLists none = LongLists.none();
        none.counted(counting("a"), LONG);
        assertThat(none.find(counting("a"))).isNull();
    }

    @Test
    void takesNoArrays() {
        Object[] ids = {new UUID(0, 1)};
        lists.counted(counting((Object) ids), LONG);
        assertThat(lists.find(counting((Object) ids))).isNull();
    }
}
