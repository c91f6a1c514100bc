package dev.parley.server.templates;

import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes changes of templates, each with its event, in the caller's transaction and under the row's lock. */
final class TemplateChanges {

    private TemplateChanges() {}

    /** A template whose existence is known from now on; the first that anybody hears of it. */
    static Template show(Connection connection, Template template) throws SQLException {
        TemplateStore.update(connection, template);
        EventLog.append(connection, TemplateView.event(Event.Kind.CREATE, template, List.of()));
        return template;
    }

    /** The next version of a template, if it differs from the one before. */
    static boolean save(Connection connection, Template before, Template after) throws SQLException {
        if (!before.known()) {
            show(connection, after);
            return true;
        }
        List<String> fields = before.differences(after);
        if (fields.isEmpty()) {
            return false;
        }
        TemplateStore.update(connection, after);
        EventLog.append(connection, TemplateView.event(Event.Kind.UPDATE, after, fields));
        return true;
    }

    static void delete(Connection connection, Template template) throws SQLException {
        TemplateStore.delete(connection, template);
        if (template.known()) {
            EventLog.append(connection, TemplateView.event(Event.Kind.DELETE, template, List.of()));
        }
    }
}
