package dev.parley.server.messages;

import dev.parley.server.messages.ReferenceStore.Asked;
import dev.parley.server.messages.ReferenceStore.Found;
import dev.parley.server.messages.SubmitFound.Place;
import dev.parley.server.payloads.MessageReference;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks the messages that payloads name. */
final class References {

    private References() {}

    /** What is wrong with those of a group, by the place of the command. One statement where any names a message, else none. */
    static Map<Integer, List<Problem>> problems(
            Connection connection, List<SubmitCommand> commands, List<SubmitFound> found) throws SQLException {
        List<Asked> asked = new ArrayList<>();
        List<MessageReference> references = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            Place thread = found.get(i).thread();
            if (thread == null) {
                continue;
            }
            for (MessageReference reference : commands.get(i).fit().references()) {
                asked.add(new Asked(
                        commands.get(i).organization(),
                        thread.id(),
                        found.get(i).account(),
                        reference.messageId()));
                references.add(reference);
                places.add(i);
            }
        }
        Map<Integer, List<Problem>> problems = new HashMap<>();
        if (asked.isEmpty()) {
            return problems;
        }
        List<Found> answers = ReferenceStore.check(connection, asked);
        for (int i = 0; i < answers.size(); i++) {
            Problem problem = problem(references.get(i), answers.get(i));
            if (problem != null) {
                problems.computeIfAbsent(places.get(i), key -> new ArrayList<>())
                        .add(problem);
            }
        }
        return problems;
    }

    /** The same of one message that is edited. */
    static List<Problem> problems(Connection connection, Message message, List<MessageReference> references)
            throws SQLException {
        if (references.isEmpty()) {
            return List.of();
        }
        List<Asked> asked = references.stream()
                .map(reference ->
                        new Asked(message.organizationId(), message.threadId(), (UUID) null, reference.messageId()))
                .toList();
        List<Found> answers = ReferenceStore.check(connection, asked);
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            Problem problem = problem(references.get(i), answers.get(i));
            if (problem != null) {
                problems.add(problem);
            }
        }
        return problems;
    }

    private static @Nullable Problem problem(MessageReference reference, Found found) {
        if (!found.there()) {
            return at(reference, "There is no message with this id in this thread. Name one of the same thread.");
        }
        if (!found.known()) {
            return at(
                    reference,
                    "The provider does not know this message: it was not sent yet, failed, or went through another channel "
                            + "account. Name one that was sent or received.");
        }
        if (reference.reaction() && found.reaction()) {
            return at(reference, "This message is a reaction itself. React to another message.");
        }
        return reference.reaction() && found.old()
                ? at(reference, "This message is older than 30 days. React to a newer one.")
                : null;
    }

    private static Problem at(MessageReference reference, String detail) {
        return Problem.at(ProblemCode.INVALID_VALUE, reference.pointer(), detail);
    }
}
