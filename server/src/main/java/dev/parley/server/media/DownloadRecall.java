package dev.parley.server.media;

import dev.parley.server.platform.clock.ClockWatch;
import dev.parley.server.platform.db.Database;

/** After the database's clock went back: files that are to be fetched wait ten minutes at most. */
public final class DownloadRecall implements ClockWatch.Recall {

    @Override
    public void recall(Database database) {
        database.transact(MediaDownloadStore::recall);
    }
}
