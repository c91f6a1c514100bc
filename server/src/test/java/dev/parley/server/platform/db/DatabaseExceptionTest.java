package dev.parley.server.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class DatabaseExceptionTest {

    @Test
    void saysWhetherTheDatabaseAnsweredAtAll() {
        assertThat(new DatabaseException(new SQLTransientConnectionException("no slot")))
                .hasMessage("no connection to the database within the time for that")
                .returns(SqlFailure.UNREACHABLE, DatabaseException::failure);
        assertThat(new DatabaseException(new SQLException("a value", "23514")))
                .hasMessage("the database refused a statement, SQL state 23514")
                .returns(SqlFailure.REFUSED, DatabaseException::failure);
    }
}
