package dev.parley.server.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.db.Group;
import dev.parley.server.platform.json.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** Runs the statement that accepts messages, and looks at what it left. */
@NullUnmarked
abstract class SubmitCase {

    static final UUID A = new UUID(1, 1);
    static final UUID B = new UUID(2, 2);

    final SubmitStatement statement =
            new SubmitStatement(MessagesDatabase.RULES, Duration.ofHours(24), AcceptClaims.NONE);
    MessagesDatabase db;

    @BeforeEach
    void open() {
        db = new MessagesDatabase();
    }

    @AfterEach
    void close() {
        db.close();
    }

    List<Submitted> submit(SubmitCommand... commands) {
        Group<Submitted> group = run(commands);
        assertThat(group.outcomes()).as("not to be run again").isNotNull();
        assertThat(group.transactionId()).matches("\\d+/[0-9A-F]{8}");
        return group.outcomes();
    }

    Group<Submitted> run(SubmitCommand... commands) {
        return db.database.transact(connection -> ended(connection, statement.run(connection, List.of(commands))));
    }

    /** As the group writer ends a group. */
    static Group<Submitted> ended(Connection connection, Group<Submitted> group) throws SQLException {
        Group.End end = group.end();
        if (end != null) {
            assertThat(end.commit(connection)).as("in nobody's way").isTrue();
        }
        return group;
    }

    Submitted one(SubmitCommand command) {
        return submit(command).getFirst();
    }

    Map<String, Object> stored(SubmitCommand command) {
        return db.row(
                "select * from messages where organization_id = ? and id = ?",
                command.organization(),
                command.message().id());
    }

    Map<String, Object> dispatch(UUID organization, UUID thread) {
        return db.row(
                "select * from thread_dispatch where organization_id = ? and thread_id = ?", organization, thread);
    }

    List<Map<String, Object>> events(UUID id) {
        return db.rows("select *, fields::text as names from events where resource_id = ? order by position", id);
    }

    /** The message's state as GET would show it. */
    JsonNode shown(UUID organization, UUID id) {
        return db.database.call(connection -> json(MessageView.state(
                MessageStore.lock(connection, organization, id).message())));
    }

    static JsonNode json(Object text) {
        return Json.MAPPER.readTree(text.toString());
    }
}
