package dev.parley.server.media;

import dev.parley.server.platform.db.ClockWatch;
import java.sql.Connection;
import java.sql.SQLException;

/** After the database's clock went back: files that are to be fetched wait ten minutes at most. */
public final class DownloadRecall implements ClockWatch.Recall {

    @Override
    public void recall(Connection connection) throws SQLException {
        MediaDownloadStore.recall(connection);
    }
}
