package dev.parley.server.organizations;

import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.http.Scope;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Found;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.RequestContext;
import dev.parley.server.platform.jsonapi.ResourceHandler;
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The named tokens of the organization that is called for: its own at {@code /tokens}, and below each for the partner. Safe for use by many threads at once. */
final class NamedTokens implements ResourceHandler {

    private final Database database;
    private final OrganizationService service;
    private final int most;

    /** @param most an organization has at most so many named tokens */
    NamedTokens(Database database, OrganizationService service, int most) {
        this.database = database;
        this.service = service;
        this.most = most;
    }

    @Override
    public List<Problem> validate(Write draft, boolean creating) {
        Instant end = draft.time(TokenType.EXPIRES_AT);
        return end == null || end.isAfter(service.now())
                ? List.of()
                : List.of(Problem.at(
                        ProblemCode.INVALID_VALUE,
                        draft.pointer(TokenType.EXPIRES_AT),
                        "Write a time to come, or null; to end a token now, delete it."));
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        return database.call(connection -> NamedTokenStore.list(connection, caller.organization(), query));
    }

    @Override
    public Found get(Caller caller, UUID id) {
        return database.call(connection -> NamedTokenStore.find(connection, caller.organization(), id))
                .<Found>map(token -> new Found.One(TokenView.resource(token, null)))
                .orElseGet(Found.Missing::new);
    }

    @Override
    public WriteResult create(Caller caller, Write write, RequestContext context) {
        Set<Scope> scopes = write.require(TokenType.SCOPES, Scopes.class).all();
        // Else whoever may only manage could write itself a token that reads and sends.
        if (!scopes.stream().allMatch(caller.scopes()::contains)) {
            return WriteResult.refused(Problem.at(
                    ProblemCode.INVALID_VALUE,
                    write.pointer(TokenType.SCOPES),
                    "Give only scopes that your own token has: " + String.join(", ", Scopes.words(caller.scopes()))
                            + "."));
        }
        UUID id = Objects.requireNonNullElseGet(write.id(), service::nextId);
        Instant now = service.now();
        String name = write.require(TokenType.NAME, String.class);
        Token made = new Token(id, name, scopes, write.time(TokenType.EXPIRES_AT), null, 1, now, now);
        return make(caller, made);
    }

    /** Stores a new token and shows it this once. */
    WriteResult make(Caller caller, Token made) {
        String token = service.newToken();
        return database.transact(connection -> insert(connection, caller, made, token));
    }

    private WriteResult insert(Connection connection, Caller caller, Token made, String token) throws SQLException {
        UUID organization = caller.organization();
        // The lock keeps two at once from passing the bound together, and an ended organization from getting one.
        if (OrganizationStore.lock(connection, organization).isEmpty()) {
            return new WriteResult.Missing();
        }
        if (NamedTokenStore.count(connection, organization) >= most) {
            return WriteResult.refused(Problem.of(
                    ProblemCode.TOO_MANY_TOKENS,
                    "Delete a token first; an organization has at most " + most + " beside its main one."));
        }
        Optional<Problem> late = outliving(connection, caller, made.expiresAt());
        if (late.isPresent()) {
            return WriteResult.refused(late.get());
        }
        if (!NamedTokenStore.insert(connection, organization, Credentials.hash(token), made)) {
            return WriteResult.refused(Problem.at(
                    ProblemCode.ID_TAKEN, "/data/id", "Write another id, or leave it out; this one is taken."));
        }
        append(connection, organization, made.id(), Event.Kind.CREATE, List.of(), made);
        return new WriteResult.Created(TokenView.resource(made, token));
    }

    /** Else a token that ends could make itself one that doesn't, or put off its own end. */
    private static Optional<Problem> outliving(Connection connection, Caller caller, @Nullable Instant end)
            throws SQLException {
        byte[] hash = HexFormat.of().parseHex(caller.tokenKey());
        return NamedTokenStore.end(connection, caller.organization(), hash)
                .filter(last -> end == null || end.isAfter(last))
                .map(last -> Problem.at(
                        ProblemCode.INVALID_VALUE,
                        "/data/attributes/" + TokenType.EXPIRES_AT,
                        "Write a time no later than " + Json.time(last) + ", when the token ends that you use."));
    }

    @Override
    public WriteResult update(Caller caller, UUID id, Write write, RequestContext context) {
        UUID organization = caller.organization();
        WriteResult result = database.transact(connection -> {
            Optional<Token> found = NamedTokenStore.lock(connection, organization, id);
            if (found.isEmpty()) {
                return new WriteResult.Missing();
            }
            Token before = found.get();
            String name = Objects.requireNonNullElse(write.text(TokenType.NAME), before.name());
            Instant end = write.has(TokenType.EXPIRES_AT) ? write.time(TokenType.EXPIRES_AT) : before.expiresAt();
            List<String> fields = new ArrayList<>();
            if (!name.equals(before.name())) {
                fields.add(TokenType.NAME);
            }
            if (!Objects.equals(end, before.expiresAt())) {
                fields.add(TokenType.EXPIRES_AT);
            }
            Optional<Problem> late =
                    fields.contains(TokenType.EXPIRES_AT) ? outliving(connection, caller, end) : Optional.empty();
            if (late.isPresent()) {
                return WriteResult.refused(late.get());
            }
            if (fields.isEmpty()) {
                return new WriteResult.Updated(TokenView.resource(before, null));
            }
            Token after = before.changed(name, end, service.now());
            NamedTokenStore.update(connection, organization, after);
            append(connection, organization, id, Event.Kind.UPDATE, fields, after);
            return new WriteResult.Updated(TokenView.resource(after, null));
        });
        database.afterwards(service::forgetTokens);
        return result;
    }

    @Override
    public WriteResult delete(Caller caller, UUID id, RequestContext context) {
        return revoke(caller.organization(), id);
    }

    /** Ends a token at once. */
    WriteResult revoke(UUID organization, UUID id) {
        boolean deleted = database.transact(connection -> {
            if (NamedTokenStore.lock(connection, organization, id).isEmpty()) {
                return false;
            }
            NamedTokenStore.delete(connection, organization, id);
            append(connection, organization, id, Event.Kind.DELETE, List.of(), null);
            return true;
        });
        database.afterwards(service::forgetTokens);
        return deleted ? new WriteResult.Deleted() : new WriteResult.Missing();
    }

    private void append(
            Connection connection,
            UUID organization,
            UUID id,
            Event.Kind kind,
            List<String> fields,
            @Nullable Token state)
            throws SQLException {
        String kept = state == null ? null : TokenView.state(state);
        String type = TokenType.TYPE.type();
        EventLog.append(connection, new Event(organization, kind, type, id, null, fields, kept, service.now()));
    }
}
