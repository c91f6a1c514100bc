package dev.parley.server.accounts;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Capabilities;
import dev.parley.connector.Connector;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.jsonapi.Found;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.RequestContext;
import dev.parley.server.platform.jsonapi.ResourceHandler;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /channel-accounts}. Safe for use by many threads at once. */
public final class AccountResource implements ResourceHandler {

    private final AccountService service;
    private final Function<URI, @Nullable String> urlCheck;
    private final Ids ids;
    private final ResourceType type;

    /**
     * @param urlCheck the outbound guard: what speaks against calling an address, a part of a sentence; null when nothing
     *     does
     */
    public AccountResource(AccountService service, Function<URI, @Nullable String> urlCheck, Ids ids) {
        this.service = service;
        this.urlCheck = urlCheck;
        this.ids = ids;
        this.type = AccountType.of(service.connectors().values());
    }

    /** The declaration. */
    public ResourceType type() {
        return type;
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        return service.page(caller.organization(), type, query);
    }

    @Override
    public Found get(Caller caller, UUID id) {
        return service.find(caller.organization(), id)
                .<Found>map(row -> new Found.One(service.show(row)))
                .orElseGet(Found.Missing::new);
    }

    /** A PATCH is checked in {@link #update}, where the account's provider is known. */
    @Override
    public List<Problem> validate(Write draft, boolean creating) {
        String provider = draft.text("provider");
        Connector connector = provider == null ? null : service.connectors().get(provider);
        if (!creating || connector == null) {
            return List.of();
        }
        List<Problem> problems = new ArrayList<>();
        String channel = draft.text("channel");
        if (channel != null && !channel.equals(connector.channel())) {
            problems.add(AccountProblems.otherChannel(draft, connector));
        }
        problems.addAll(settings(connector, draft, true).problems());
        return problems;
    }

    @Override
    public WriteResult create(Caller caller, Write write, RequestContext context) {
        Connector connector = Objects.requireNonNull(service.connectors().get(write.require("provider", String.class)));
        UUID id = Objects.requireNonNullElseGet(write.id(), ids::next);
        AccountIdentity identity =
                new AccountIdentity(caller.organization(), id, connector.channel(), connector.provider());
        Map<String, Optional<String>> settings =
                settings(connector, write, true).values();
        AccountState state = fresh(connector, write).with(edit(write, settings));
        return result(service.create(identity, state, write.bool("isDefault")), write, connector, true);
    }

    @Override
    public WriteResult update(Caller caller, UUID id, Write write, RequestContext context) {
        AccountRow row = service.find(caller.organization(), id).orElse(null);
        if (row == null) {
            return new WriteResult.Missing();
        }
        Connector connector = service.connectors().get(row.identity().provider());
        List<Problem> problems = new ArrayList<>(AccountProblems.fixed(write, row.identity()));
        Map<String, Optional<String>> settings = Map.of();
        if (connector != null) {
            SettingsReader.Reading reading = settings(connector, write, false);
            problems.addAll(reading.problems());
            settings = reading.values();
        } else if (write.has("settings")) {
            problems.add(AccountProblems.unknownProvider(write, row.identity()));
        }
        if (!problems.isEmpty()) {
            return new WriteResult.Refused(problems);
        }
        return result(service.update(caller.organization(), id, edit(write, settings)), write, connector, false);
    }

    @Override
    public WriteResult delete(Caller caller, UUID id, RequestContext context) {
        return service.delete(caller.organization(), id) ? new WriteResult.Deleted() : new WriteResult.Missing();
    }

    private SettingsReader.Reading settings(Connector connector, Write write, boolean creating) {
        return SettingsReader.read(connector, write.object("settings"), creating, urlCheck);
    }

    /** What a new account is where the request says nothing. */
    private static AccountState fresh(Connector connector, Write write) {
        Capabilities usual = connector.capabilities();
        return new AccountState(
                write.require("name", String.class),
                true,
                true,
                null,
                usual.messagesPerSecond(),
                usual.inDoubt(),
                new AccountSettings(Map.of()));
    }

    private static AccountEdit edit(Write write, Map<String, Optional<String>> settings) {
        String status = write.text("status");
        Long rate = write.whole("messagesPerSecond");
        String inDoubt = write.text("inDoubt");
        return new AccountEdit(
                write.text("name"),
                write.bool("isDefault"),
                status == null ? null : status.equals("connected"),
                rate == null ? null : rate.intValue(),
                inDoubt == null
                        ? null
                        : inDoubt.equals("resend") ? Capabilities.InDoubt.RESEND : Capabilities.InDoubt.FAIL,
                settings);
    }

    private WriteResult result(AccountOutcome outcome, Write write, @Nullable Connector connector, boolean creating) {
        return switch (outcome) {
            case AccountOutcome.Saved(AccountRow row) when creating -> new WriteResult.Created(service.show(row));
            case AccountOutcome.Saved(AccountRow row) -> new WriteResult.Updated(service.show(row));
            case AccountOutcome.Missing() -> new WriteResult.Missing();
            case AccountOutcome.IdTaken() -> WriteResult.refused(AccountProblems.idTaken());
            case AccountOutcome.Exists exists -> WriteResult.refused(AccountProblems.exists(exists, write, connector));
        };
    }
}
