package dev.parley.server.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;

/** What the driver has the database parse, with {@code $1} for values, as its own log tells. */
@NullUnmarked
final class SentStatements extends Handler implements AutoCloseable {

    private static final Pattern PARSE = Pattern.compile("FE=> Parse\\(stmt=.*?,query=\"(.*)\",oids=", Pattern.DOTALL);

    private final Logger logger = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");
    private final boolean parents = logger.getUseParentHandlers();
    private final Level level = logger.getLevel();
    private final List<String> texts = new CopyOnWriteArrayList<>();

    SentStatements() {
        setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
        logger.setLevel(Level.FINEST);
    }

    @Override
    public void publish(LogRecord entry) {
        Matcher parse = PARSE.matcher(entry.getMessage());
        if (parse.find()) {
            texts.add(parse.group(1));
        }
    }

    /** Those since the last time. */
    List<String> take() {
        List<String> taken = new ArrayList<>(texts);
        texts.clear();
        return taken;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.setLevel(level);
        logger.removeHandler(this);
        logger.setUseParentHandlers(parents);
    }
}
