package dev.parley.server.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class TogetherTest extends WriterCase {

    private static final String INSERT = "insert into words select unnest(?::text[])";

    @Test
    void eachStatementSeesWhatTheOnesBeforeItDid() {
        List<String> one = List.of("a", "b");
        List<Integer> changed = database.transact(connection -> new Together()
                .add(INSERT, parameters -> parameters.texts(one, word -> word))
                .add("update words set word = upper(word)", parameters -> {})
                .write(connection));
        assertThat(changed).containsExactly(2, 2);
    }

    @Test
    void readsEachAnswerAtItsPlace() {
        List<String> read = new ArrayList<>();
        database.transact(connection -> {
            new Together()
                    .add("select ?::text", parameters -> parameters.value("one"))
                    .add("select ?::text", parameters -> parameters.value("two"))
                    .read(
                            connection,
                            List.of(
                                    rows -> {
                                        rows.next();
                                        read.add("first: " + rows.getString(1));
                                    },
                                    rows -> {
                                        rows.next();
                                        read.add("second: " + rows.getString(1));
                                    }));
            return true;
        });
        assertThat(read).containsExactly("first: one", "second: two");
    }
}
