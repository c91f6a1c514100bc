package dev.parley.server.wiring;

import dev.parley.connector.Connector;
import dev.parley.connector.RouteKey;
import dev.parley.server.accounts.Account;
import dev.parley.server.accounts.AccountReader;
import dev.parley.server.accounts.AccountSecrets;
import dev.parley.server.accounts.AccountService;
import dev.parley.server.accounts.CallbackAccounts;
import dev.parley.server.callbacks.AccountLookup;
import dev.parley.server.callbacks.CallbackApplier;
import dev.parley.server.callbacks.CallbackIntake;
import dev.parley.server.callbacks.InboundApplication;
import dev.parley.server.callbacks.RenameApplication;
import dev.parley.server.dispatch.Circuit;
import dev.parley.server.dispatch.DispatchSettings;
import dev.parley.server.dispatch.Dispatcher;
import dev.parley.server.dispatch.ReadReceipts;
import dev.parley.server.erasure.FingerprintStore;
import dev.parley.server.media.MediaDownloads;
import dev.parley.server.messages.SubmitService;
import dev.parley.server.payloads.ChannelRule;
import dev.parley.server.payloads.ContactsPayload;
import dev.parley.server.payloads.InteractivePayload;
import dev.parley.server.payloads.LocationPayload;
import dev.parley.server.payloads.PayloadKind;
import dev.parley.server.payloads.Payloads;
import dev.parley.server.payloads.ReactionPayload;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.GroupLimits;
import dev.parley.server.platform.settings.Settings;
import dev.parley.server.templates.TemplateApplication;
import dev.parley.server.templates.TemplatePayload;
import dev.parley.server.threads.ThreadAccounts;
import dev.parley.server.threads.ThreadIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What moves messages: accounts, submit, dispatch and callbacks, joined.
 *
 * @param lookup remembers accounts for a few seconds
 * @param updates wakes the applier of callbacks
 * @param merges wakes the sweep of threads
 */
record Messaging(
        AccountService accounts,
        CallbackAccounts lookup,
        SubmitService submit,
        Dispatcher dispatcher,
        CallbackIntake intake,
        CallbackApplier applier,
        Signal updates,
        Signal merges,
        List<ChannelRule> rules,
        Payloads payloads,
        MediaDownloads downloads,
        ReadReceipts receipts,
        Templating templates)
        implements AutoCloseable {

    private static final int CALLBACKS_QUEUED = 4096;
    private static final Duration CALLBACK_WAIT = Duration.ofSeconds(5);

    static Messaging of(Platform platform, Media media, Supplier<String> publicUrl, Telemetry telemetry) {
        Database database = platform.database();
        Map<String, Connector> connectors =
                platform.connectors().stream().collect(Collectors.toMap(Connector::provider, Function.identity()));
        Signal updates = new Signal();
        Signal merges = new Signal();
        Relay work = new Relay();
        AccountReader reader = new AccountReader(connectors, platform.keys()::open);
        Templating templates = Templating.of(platform, reader);
        List<PayloadKind> kinds = new ArrayList<>(media.kinds());
        kinds.addAll(List.of(
                new LocationPayload(),
                new ContactsPayload(),
                new ReactionPayload(),
                new InteractivePayload(),
                new TemplatePayload(templates.memory())));
        Payloads payloads = new Payloads(kinds);
        Hints hints = platform.hints();
        BiConsumer<UUID, UUID> changed = hints::accountChanged;
        CallbackAccounts lookup = new CallbackAccounts(
                database,
                reader,
                platform.keys()::fingerprint,
                platform.clock(),
                changed.andThen(templates.memory()::refresh));
        AccountService accounts = accounts(platform, publicUrl, lookup, work);
        ThreadIdentity identity =
                new ThreadIdentity(database, platform.connectors(), platform.ids(), platform.clock(), merges);
        Dispatcher dispatcher = new Dispatcher(
                database,
                hints.node(),
                reader,
                payloads,
                media.library()::bytes,
                templates.guard(),
                platform.outbound(),
                dispatchSettings(platform.settings()),
                platform.clock(),
                platform.random(),
                accounts::pause,
                identity::learned,
                updates,
                telemetry,
                hints::workIsWaiting);
        work.connect(dispatcher);
        List<ChannelRule> rules =
                platform.connectors().stream().map(ChannelRule::of).toList();
        FingerprintStore erased = new FingerprintStore(platform.keys()::fingerprint);
        CallbackApplier applier = new CallbackApplier(
                database,
                connectors,
                new InboundApplication(connectors, identity, erased, platform.ids(), platform.clock()),
                new RenameApplication(connectors, identity, erased),
                erased,
                () -> new TemplateApplication(templates.memory(), platform.clock()),
                identity::learned,
                dispatcher::look,
                platform.clock());
        return new Messaging(
                accounts,
                lookup,
                new SubmitService(
                        database,
                        submitLimits(platform.settings()),
                        rules,
                        platform.settings().retention().idempotency(),
                        work,
                        dispatcher.direct(),
                        telemetry,
                        platform.quotas().queue()),
                dispatcher,
                new CallbackIntake(
                        database,
                        routing(lookup),
                        callbackLimits(),
                        identity::learned,
                        dispatcher::look,
                        updates,
                        platform.clock()),
                applier,
                updates,
                merges,
                rules,
                payloads,
                media.downloads(platform, reader),
                new ReadReceipts(
                        database,
                        reader,
                        platform.outbound(),
                        platform.settings().dispatch().callDeadline()),
                templates);
    }

    private static AccountService accounts(
            Platform platform, Supplier<String> publicUrl, CallbackAccounts lookup, Relay work) {
        Keys keys = platform.keys();
        return new AccountService(
                platform.database(),
                platform.connectors(),
                new AccountSecrets(keys::seal, keys::open, keys::fingerprint),
                publicUrl,
                platform.clock(),
                lookup,
                ThreadAccounts::release,
                work::hasWork);
    }

    private static AccountLookup routing(CallbackAccounts accounts) {
        return new AccountLookup() {
            @Override
            public List<Account> find(String provider, UUID accountId) {
                return accounts.find(provider, accountId);
            }

            @Override
            public Map<RouteKey, List<Account>> route(String provider, Set<RouteKey> keys, Account urlAccount) {
                return accounts.route(provider, keys, urlAccount);
            }

            @Override
            public byte[] secretFingerprint(Account account) {
                return accounts.secretFingerprint(account);
            }
        };
    }

    private static DispatchSettings dispatchSettings(Settings settings) {
        Settings.Dispatch dispatch = settings.dispatch();
        return new DispatchSettings(
                dispatch.concurrency(),
                dispatch.callDeadline(),
                dispatch.lease(),
                settings.doubt().evidenceWait(),
                dispatch.backOff().first(),
                dispatch.backOff().max(),
                new Circuit.Limits(
                        settings.circuit().failures(),
                        settings.circuit().pause(),
                        settings.circuit().maxPause()));
    }

    private static GroupLimits submitLimits(Settings settings) {
        Settings.Submit submit = settings.submit();
        return new GroupLimits(
                GroupLimits.ROWS,
                GroupLimits.BYTES,
                submit.queuePerOrganization(),
                submit.queueTotal(),
                submit.maxWait());
    }

    private static GroupLimits callbackLimits() {
        return new GroupLimits(GroupLimits.ROWS, GroupLimits.BYTES, CALLBACKS_QUEUED, CALLBACKS_QUEUED, CALLBACK_WAIT);
    }

    /** First what takes in, then what hands over and records. */
    @Override
    public void close() {
        intake.close();
        submit.close();
        dispatcher.close();
        receipts.close();
        downloads.close();
    }
}
