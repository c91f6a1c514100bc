package dev.parley.server.messages;

import static dev.parley.server.messages.MessagesServer.A;
import static dev.parley.server.messages.MessagesServer.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.ProviderUpdate.Reported;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class DeleteMessageTest extends MessagesCase {

    @ParameterizedTest
    @ValueSource(strings = {"scheduled", "queued", "open", "doubt", "hold", "done"})
    void takesTheContentAwayHereInEveryCopy(String phase) {
        String id = server.accepted(thread, ",\"metadata\":{\"a\":\"b\"}");
        server.patch(id, "\"sendBy\":\"Jane\"");
        String other = server.accepted(thread, "");
        phase(id, phase);
        assertThat(server.delete(id).statusCode()).isEqualTo(204);
        assertThat(db.row("select * from messages where id = ?::uuid", id))
                .containsEntry("payload", null)
                .containsEntry("metadata", null)
                .containsEntry("send_by", null)
                .containsEntry("phase", "done")
                .containsEntry("version", 3)
                .hasEntrySatisfying("deleted_at", at -> assertThat(at).isNotNull());
        List<Map<String, Object>> events = events(id);
        assertThat(events).extracting(event -> event.get("event")).containsExactly("create", "update", "delete");
        assertThat(events).allSatisfy(event -> assertThat(event).containsEntry("state", null));
        assertThat(events(other).getFirst().get("state"))
                .as("another message's")
                .isNotNull();
        for (String path : List.of(id, id + "/attempts")) {
            assertThat(errors(server.get(path))).containsExactly("404 not_found");
        }
        assertThat(errors(server.delete(id))).containsExactly("404 not_found");
        assertThat(errors(server.patch(id, "\"sendBy\":\"x\""))).containsExactly("404 not_found");
    }

    @Test
    void aStatusThatComesLaterIsRecordedAndNotTold() {
        String id = server.accepted(thread, "");
        phase(id, "open");
        server.delete(id);
        db.database.transact(connection -> {
            Message message = db.database.call(reader -> {
                try (var statement = reader.prepareStatement("select " + MessageRows.COLUMNS + " from messages m");
                        var row = statement.executeQuery()) {
                    row.next();
                    return MessageRows.read(row);
                }
            });
            Delivery next = StatusRules.reported(message.delivery(), Reported.DELIVERED, MessagesDatabase.now(), null);
            MessageChangeStore.write(
                    connection, List.of(MessageChange.delivery(message, next, Phase.DONE, MessagesDatabase.now())));
            return 0;
        });
        assertThat(db.row("select delivery_status, payload from messages"))
                .containsEntry("delivery_status", "delivered")
                .containsEntry("payload", null);
        assertThat(events(id)).extracting(event -> event.get("event")).containsExactly("create", "delete");
    }

    @Test
    void theNextMessageOfTheThreadIsTheHead() {
        String first = server.accepted(thread, "");
        String second = server.accepted(thread, "");
        server.delete(first);
        assertThat(db.row("select id from messages where thread_id = ? and seq > 0 and phase <> 'done'", thread))
                .containsEntry("id", UUID.fromString(second));
        assertThat(db.row("select last_seq, done_seq from thread_dispatch"))
                .containsEntry("last_seq", 2L)
                .containsEntry("done_seq", 0L);
    }

    @Test
    void blankingFindsTheEventsByAnIndex() {
        assertThat(db.rows("explain update events set state = null where organization_id = '" + A
                                + "' and resource_id = '" + A
                                + "' and resource_type = 'messages' and state is not null")
                        .toString())
                .contains("organization_id_resource_id_idx");
    }
}
