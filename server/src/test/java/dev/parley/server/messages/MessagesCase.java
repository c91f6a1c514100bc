package dev.parley.server.messages;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server with a thread of a channel without windows. */
@NullUnmarked
abstract class MessagesCase {

    MessagesServer server;
    MessagesDatabase db;
    UUID thread;

    @BeforeEach
    void start() throws Exception {
        server = new MessagesServer();
        db = server.db;
        thread = db.webThread(MessagesServer.A);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    List<Map<String, Object>> events(String id) {
        return db.rows("select *, fields::text as names from events where resource_id = ?::uuid order by position", id);
    }

    void phase(String id, String phase) {
        db.run("update messages set phase = ? where id = ?::uuid", phase, id);
    }

    /** An inbound message, as callbacks make it. */
    String inbound(String payload) {
        UUID id = UUID.randomUUID();
        db.run("""
                insert into messages (organization_id, id, thread_id, origin, payload, delivery_status, phase, delivered_at,
                    created_at, updated_at)
                values (?, ?, ?, 'inbound', ?::jsonb, 'delivered', 'done', now(), now(), now())
                """, MessagesServer.A, id, thread, payload);
        return id.toString();
    }
}
