package dev.parley.server.organizations;

import dev.parley.server.audit.AuditAction;
import dev.parley.server.audit.AuditEntry;
import dev.parley.server.audit.AuditLog;
import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.jsonapi.Resource;
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.secrets.SecretBox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes, changes and ends organizations and their tokens. Safe for use by many threads at once. */
public final class OrganizationService {

    /** So long does a replaced signing secret sign along. */
    static final Duration OVERLAP = Duration.ofHours(24);

    private final Database database;
    private final InstantSource clock;
    private final Ids ids;
    private final Credentials credentials;
    private final SecretBox secrets;
    private final TokenAuthenticator authenticator;
    private final List<NewOrganization> others;
    private final WebhookUrlListener addresses;

    /**
     * A service.
     *
     * @param random a secure one
     * @param authenticator forgets tokens that are replaced here, and has other nodes forget them
     * @param others store something for each new organization
     * @param addresses follows their webhook addresses
     */
    public OrganizationService(
            Database database,
            InstantSource clock,
            Ids ids,
            RandomGenerator random,
            SecretBox secrets,
            TokenAuthenticator authenticator,
            List<NewOrganization> others,
            WebhookUrlListener addresses) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
        this.credentials = new Credentials(random);
        this.secrets = secrets;
        this.authenticator = authenticator;
        this.others = List.copyOf(others);
        this.addresses = addresses;
    }

    /**
     * Checks a name.
     *
     * @throws IllegalArgumentException with a sentence that says what a name has to be
     */
    public static void checkName(String name) {
        int length = name.codePointCount(0, name.length());
        if (name.isBlank() || length > OrganizationTypes.LONGEST_NAME || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("The name of an organization must have 1 to "
                    + OrganizationTypes.LONGEST_NAME + " characters, not all of them blank and none of them NUL.");
        }
    }

    /**
     * Makes an organization of that name with a token and a signing secret, which are shown this once.
     *
     * @throws IllegalArgumentException as {@link #checkName}
     */
    public Made create(String name) {
        checkName(name);
        Resource made =
                create(ids.next(), name, null, null).orElseThrow(() -> new IllegalStateException("a new id was taken"));
        String token = made.attributes().get("token").stringValue();
        return new Made(made.id(), token, made.attributes().get("signingSecret").stringValue());
    }

    /** Makes a new token; the ones before stop working. Empty when there is no such organization. */
    public Optional<String> refreshToken(UUID id) {
        return refresh(id).map(resource -> resource.attributes().get("token").stringValue());
    }

    /**
     * Makes this the one partner token; another one stops working, here at once and on other nodes within 5 seconds at most.
     * Writes nothing when it is the one already.
     *
     * @throws IllegalArgumentException when it is an organization's token; nothing has changed then
     */
    public void installPartnerToken(String token) {
        byte[] hash = Credentials.hash(token);
        if (!database.call(connection -> TokenStore.isOnlyPartner(connection, hash))) {
            database.transact(connection -> {
                if (!TokenStore.replacePartner(connection, hash, now())) {
                    throw new IllegalArgumentException(
                            "The partner token is the token of an organization; choose another one.");
                }
                AuditAction action = AuditAction.PARTNER_TOKEN_REPLACED;
                AuditLog.append(
                        connection, List.of(new AuditEntry(AuditEntry.NONE, action, AuditEntry.NONE, null, now())));
                return true;
            });
        }
        database.afterwards(authenticator::replaced);
    }

    /** The resource with its token and signing secret; empty when the id is taken. */
    Optional<Resource> create(UUID id, String name, @Nullable String webhookUrl, @Nullable String webhookSecret) {
        String token = credentials.token();
        String signingSecret = credentials.signingSecret();
        Instant now = now();
        byte[] sealed = webhookSecret == null ? null : secrets.seal(webhookSecret);
        Organization made = new Organization(id, name, webhookUrl, sealed, secrets.seal(signingSecret), 1, now, now);
        boolean inserted = database.transact(connection -> insert(connection, made, Credentials.hash(token)));
        return inserted ? Optional.of(OrganizationView.resource(made, token, signingSecret)) : Optional.empty();
    }

    private boolean insert(Connection connection, Organization made, byte[] tokenHash) throws SQLException {
        if (!OrganizationStore.insert(connection, made)) {
            return false;
        }
        TokenStore.replace(connection, made.id(), tokenHash, made.createdAt());
        for (NewOrganization other : others) {
            other.made(connection, made.id(), made.createdAt());
        }
        append(connection, made, Event.Kind.CREATE, List.of());
        return true;
    }

    /** The resource after the change; empty when there is no such organization. */
    Optional<Resource> update(UUID id, Write write) {
        return database.transact(connection -> {
            Optional<Organization> found = OrganizationStore.lock(connection, id);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Organization before = found.get();
            OrganizationChange change = OrganizationChange.of(before, write, secrets, now());
            if (change.fields().isEmpty()) {
                return Optional.of(OrganizationView.resource(before, null, null));
            }
            Organization after = change.after();
            save(connection, after, change.fields());
            if (change.fields().contains("webhookUrl")) {
                addresses.changed(connection, id, after.webhookUrl(), after.updatedAt());
            }
            return Optional.of(OrganizationView.resource(after, null, null));
        });
    }

    /** The resource with its new token; empty when there is no such organization. */
    Optional<Resource> refresh(UUID id) {
        String token = credentials.token();
        Optional<Resource> refreshed = database.transact(connection -> {
            Optional<Organization> found = OrganizationStore.lock(connection, id);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Organization before = found.get();
            Instant now = now();
            Organization after = before.changed(
                    before.name(), before.webhookUrl(), before.webhookSecret(), before.signingSecret(), now);
            TokenStore.replace(connection, id, Credentials.hash(token), now);
            save(connection, after, List.of("token"));
            return Optional.of(OrganizationView.resource(after, token, null));
        });
        database.afterwards(authenticator::replaced);
        return refreshed;
    }

    /** The resource with its new signing secret; empty when there is no such organization. */
    Optional<Resource> rotateSigningSecret(UUID id) {
        String secret = credentials.signingSecret();
        byte[] sealed = secrets.seal(secret);
        return database.transact(connection -> {
            Optional<Organization> found = OrganizationStore.lock(connection, id);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Organization before = found.get();
            Instant now = now();
            Organization after =
                    before.changed(before.name(), before.webhookUrl(), before.webhookSecret(), sealed, now);
            OrganizationStore.keepSigningSecret(connection, id, now.plus(OVERLAP));
            save(connection, after, List.of("signingSecret"));
            return Optional.of(OrganizationView.resource(after, null, secret));
        });
    }

    /** Ends an organization: from here on nothing acts for it; what it had is removed later. False when there is none. */
    boolean delete(UUID id) {
        boolean deleted = database.transact(connection -> {
            if (OrganizationStore.lock(connection, id).isEmpty()) {
                return false;
            }
            RemovalStore.end(connection, id);
            String type = OrganizationTypes.OWN.type();
            EventLog.append(connection, new Event(id, Event.Kind.DELETE, type, id, null, List.of(), null, now()));
            return true;
        });
        database.afterwards(authenticator::replaced);
        return deleted;
    }

    private static void save(Connection connection, Organization after, List<String> fields) throws SQLException {
        OrganizationStore.update(connection, after);
        append(connection, after, Event.Kind.UPDATE, fields);
    }

    private static void append(Connection connection, Organization o, Event.Kind kind, List<String> fields)
            throws SQLException {
        String type = OrganizationTypes.OWN.type();
        EventLog.append(
                connection,
                new Event(o.id(), kind, type, o.id(), null, fields, OrganizationView.state(o), o.updatedAt()));
    }

    /** Whether there is an organization of that id. */
    boolean exists(UUID id) {
        return database.call(connection -> OrganizationStore.find(connection, id))
                .isPresent();
    }

    /** A token that nobody has yet. */
    String newToken() {
        return credentials.token();
    }

    UUID nextId() {
        return ids.next();
    }

    /** Named tokens were changed or deleted, and that is committed. */
    void forgetTokens() {
        authenticator.replaced();
    }

    /** In the precision of the database. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
