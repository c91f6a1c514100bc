package dev.parley.server.messages;

import static java.util.Comparator.comparingInt;

import dev.parley.server.messages.SubmitCommand.Idempotency;
import dev.parley.server.payloads.ChannelRule;
import dev.parley.server.payloads.Payload;
import dev.parley.server.payloads.Preparation;
import dev.parley.server.payloads.Preparation.Prepared;
import dev.parley.server.platform.db.Places;
import dev.parley.server.platform.db.Written;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Found;
import dev.parley.server.platform.jsonapi.Grouped;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.Related;
import dev.parley.server.platform.jsonapi.RequestContext;
import dev.parley.server.platform.jsonapi.Resource;
import dev.parley.server.platform.jsonapi.ResourceHandler;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The resource {@code messages}. Thread-safe. */
final class MessagesResource implements ResourceHandler, Related, Grouped {

    private final SubmitService submits;
    private final MessageStore store;
    private final MessageService service;
    private final MessageDrafts drafts;
    /** The channel that takes most comes first: what does not fit it need not reach the database. */
    private final List<ChannelRule> rules;

    MessagesResource(
            SubmitService submits,
            MessageStore store,
            MessageService service,
            List<ChannelRule> rules,
            MessageDrafts drafts) {
        this.submits = submits;
        this.store = store;
        this.service = service;
        this.drafts = drafts;
        this.rules = rules.stream()
                .sorted(comparingInt((ChannelRule rule) -> rule.can().textLimit())
                        .reversed())
                .toList();
    }

    @Override
    public List<Problem> validate(Write draft, boolean creating) {
        List<Problem> problems = new ArrayList<>();
        Payload payload = draft.value(MessageType.PAYLOAD, Payload.class);
        if (payload != null) {
            problems.addAll(problems(payload, creating));
        }
        if (creating) {
            Instant now = drafts.now();
            drafts.schedule(draft, now)
                    .faults(now, now)
                    .forEach(fault -> problems.add(
                            Problem.at(ProblemCode.INVALID_VALUE, draft.pointer(fault.attribute()), fault.detail())));
        }
        return problems;
    }

    private List<Problem> problems(Payload payload, boolean creating) {
        if (creating && !payload.problems().isEmpty()) {
            return payload.problems();
        }
        boolean fits =
                rules.stream().anyMatch(rule -> payload.fit().problems(rule).isEmpty());
        return fits ? List.of() : payload.fit().problems(rules.getFirst());
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        return store.list(caller.organization(), query);
    }

    @Override
    public Found get(Caller caller, UUID id) {
        Message message = store.find(caller.organization(), id);
        return message == null ? new Found.Missing() : new Found.One(MessageView.resource(message));
    }

    @Override
    public Map<UUID, Resource> byIds(UUID organization, Collection<UUID> wanted) {
        return store.byIds(organization, wanted);
    }

    @Override
    public Map<UUID, List<Resource>> newest(UUID organization, Filter filter, Collection<UUID> parents, int most) {
        return store.newest(organization, filter, parents, most);
    }

    @Override
    public WriteResult create(Caller caller, Write write, RequestContext context) {
        UUID id = drafts.id(write);
        Payload payload = write.require(MessageType.PAYLOAD, Payload.class);
        SubmitCommand command = command(caller, id, write, payload, context);
        Preparation preparation = payload.preparation();
        return preparation == null
                ? SubmitAnswers.of(submits.submit(command), write, command)
                : submits.prepared(
                        command.organization(),
                        command.idempotency(),
                        known -> SubmitAnswers.of(new Written.Done<>(known), write, command),
                        () -> prepared(caller, write, command, preparation, context));
    }

    private WriteResult prepared(
            Caller caller, Write write, SubmitCommand draft, Preparation preparation, RequestContext context) {
        UUID thread = draft.message().threadId();
        return switch (preparation.prepare(caller.organization(), thread)) {
            case Prepared.Not(WriteResult answer) -> answer;
            case Prepared.Ready(Payload ready) -> {
                SubmitCommand command = command(caller, draft.message().id(), write, ready, context);
                yield SubmitAnswers.of(submits.write(command), write, command);
            }
        };
    }

    private SubmitCommand command(Caller caller, UUID id, Write write, Payload payload, RequestContext context) {
        return drafts.command(caller.organization(), id, write, payload, false, idempotency(context));
    }

    @Override
    public WriteResult update(Caller caller, UUID id, Write write, RequestContext context) {
        return service.update(caller.organization(), id, write, context.precondition());
    }

    /** A file may have to be fetched, or a template looked up at its provider. */
    @Override
    public boolean apart(ResourceType.Method method, @Nullable Write write) {
        Payload payload = write == null ? null : write.value(MessageType.PAYLOAD, Payload.class);
        return method == ResourceType.Method.UPDATE && payload != null && payload.preparation() != null;
    }

    @Override
    public Preparing prepare(Caller caller, Write write) {
        Payload payload = write.require(MessageType.PAYLOAD, Payload.class);
        Preparation preparation = payload.preparation();
        if (preparation == null) {
            return new Preparing.Ready(payload);
        }
        UUID thread = write.require(MessageType.THREAD, UUID.class);
        return switch (preparation.prepare(caller.organization(), thread)) {
            case Prepared.Not(WriteResult answer) -> new Preparing.Not(answer);
            case Prepared.Ready(Payload ready) -> new Preparing.Ready(ready);
        };
    }

    @Override
    public Room room(Caller caller, int wanted) {
        return switch (submits.hold(caller.organization(), wanted)) {
            case Places.Held(Runnable giveBack) -> new Room.Taken(giveBack);
            case Places.OrganizationFull() -> new Room.None(SubmitAnswers.QUEUE_FULL_FOR_ALL);
            case Places.Full() -> new Room.None(SubmitAnswers.OVERLOADED_FOR_ALL);
        };
    }

    @Override
    public List<WriteResult> createAll(Connection connection, Caller caller, List<Wanted> wanted) throws SQLException {
        List<SubmitCommand> commands = new ArrayList<>();
        for (Wanted one : wanted) {
            Write write = one.write();
            Payload payload = (Payload) one.prepared();
            commands.add(drafts.command(caller.organization(), drafts.id(write), write, payload, false, null));
        }
        List<Submitted> outcomes = submits.within(connection, commands);
        List<WriteResult> results = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            results.add(SubmitAnswers.of(
                    new Written.Done<>(outcomes.get(i)), wanted.get(i).write(), commands.get(i)));
        }
        return results;
    }

    @Override
    public WriteResult delete(Caller caller, UUID id, RequestContext context) {
        return service.delete(caller.organization(), id);
    }

    private static @Nullable Idempotency idempotency(RequestContext context) {
        if (context.idempotencyKey() == null) {
            return null;
        }
        return new Idempotency(context.keyHash(), context.bodySha256());
    }
}
