package dev.parley.server.messages;

import dev.parley.server.messages.SubmitCommand.Idempotency;
import dev.parley.server.platform.db.Arrays;
import dev.parley.server.platform.db.Group;
import dev.parley.server.platform.db.GroupStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs {@link SubmitSql} for a group and reads each row's outcome. */
final class SubmitStatement implements GroupStatement<SubmitCommand, Submitted> {

    private final List<ChannelRule> rules;

    SubmitStatement(List<ChannelRule> rules) {
        this.rules = rules;
    }

    @Override
    public Group<Submitted> run(Connection connection, List<SubmitCommand> commands) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SubmitSql.TEXT)) {
            bind(statement, commands);
            try (ResultSet rows = statement.executeQuery()) {
                return read(rows, commands);
            }
        }
    }

    private void bind(PreparedStatement statement, List<SubmitCommand> commands) throws SQLException {
        String closed = MessageError.write(List.of(MessageError.WINDOW_CLOSED));
        new Arrays(statement)
                .uuids(commands, SubmitCommand::organization)
                .uuids(commands, command -> command.message().id())
                .uuids(commands, command -> command.message().threadId())
                .texts(commands, command -> command.message().sendBy())
                .texts(commands, command -> command.message().payload())
                .texts(commands, command -> command.message().metadata())
                .times(commands, SubmitCommand::at)
                .times(commands, command -> command.message().scheduledAt())
                .times(commands, command -> command.message().expiresAt())
                .booleans(commands, SubmitCommand::freeText)
                .longs(commands, SubmitCommand::textLength)
                .longs(commands, SubmitCommand::lane)
                .bytes(commands, command -> key(command.idempotency()))
                .bytes(commands, command -> fingerprint(command.idempotency()))
                .texts(commands, command -> MessageView.state(command.message()))
                .texts(rules, ChannelRule::channel)
                .booleans(rules, ChannelRule::windowed)
                .longs(rules, ChannelRule::textLimit)
                .value(closed)
                .value(closed);
    }

    private static byte @Nullable [] key(@Nullable Idempotency idempotency) {
        return idempotency == null ? null : idempotency.key();
    }

    private static byte @Nullable [] fingerprint(@Nullable Idempotency idempotency) {
        return idempotency == null ? null : idempotency.fingerprint();
    }

    private static Group<Submitted> read(ResultSet rows, List<SubmitCommand> commands) throws SQLException {
        List<Submitted> outcomes = new ArrayList<>(commands.size());
        String transaction = null;
        for (SubmitCommand command : commands) {
            rows.next();
            transaction = rows.getString("xid");
            String verdict = rows.getString("verdict");
            if (verdict.equals("again")) {
                return Group.again();
            }
            outcomes.add(outcome(verdict, rows, command));
        }
        return new Group<>(transaction, outcomes);
    }

    private static Submitted outcome(String verdict, ResultSet row, SubmitCommand command) throws SQLException {
        return switch (verdict) {
            case "queued" -> new Submitted.Accepted(stored(row, command), row.getObject("account_id", UUID.class));
            case "scheduled" -> new Submitted.Accepted(stored(row, command), null);
            case "closed" -> new Submitted.Accepted(closed(stored(row, command)), null);
            case "kept" -> kept(row);
            default -> refused(verdict, row);
        };
    }

    private static Submitted refused(String verdict, ResultSet row) throws SQLException {
        return switch (verdict) {
            case "reused" -> new Submitted.KeyReused();
            case "no_thread" -> new Submitted.NoThread();
            case "no_account" -> new Submitted.NoAccount();
            case "too_long" -> new Submitted.TooLong(row.getInt("text_limit"));
            case "id_taken" -> new Submitted.IdTaken();
            default -> throw new SQLException("unknown verdict " + verdict, "XX000");
        };
    }

    /** The caller may have named a thread that was merged into another. */
    private static Message stored(ResultSet row, SubmitCommand command) throws SQLException {
        return command.message().inThread(row.getObject("thread_id", UUID.class));
    }

    private static Message closed(Message message) {
        Delivery failed = StatusRules.failed(message.delivery(), message.createdAt(), MessageError.WINDOW_CLOSED);
        return failed == null ? message : message.with(failed, Phase.DONE, message.createdAt());
    }

    private static Submitted kept(ResultSet row) throws SQLException {
        UUID id = row.getObject("kept_message_id", UUID.class);
        return id == null
                ? new Submitted.RefusedBefore(refused(row.getString("kept_outcome"), row))
                : new Submitted.Replayed(id, row.getString("kept_state"));
    }
}
