package dev.parley.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    @TempDir
    Path folder;

    @Test
    void keepsRowsOverRestart() throws Exception {
        for (int i = 0; i < 4; i++) {
            long t = System.nanoTime();
            List<String> steps = new ArrayList<>();
            try (var server = PostgresServer.start(PostgresOptions.in(folder).withProgress(steps::add))) {
                System.out.println("start " + (System.nanoTime() - t) / 1_000_000 + " ms " + steps);
                try (var c = DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
                        var s = c.createStatement()) {
                    s.execute("create table if not exists t (i int)");
                    s.execute("insert into t values (1)");
                    var r = s.executeQuery(
                            "select count(*), current_setting('fsync'), current_setting('TimeZone') from t");
                    r.next();
                    assertThat(r.getInt(1)).isEqualTo(i + 1);
                    System.out.println(r.getString(2) + r.getString(3));
                }
                t = System.nanoTime();
            }
            System.out.println("stop " + (System.nanoTime() - t) / 1_000_000 + " ms");
        }
    }
}
