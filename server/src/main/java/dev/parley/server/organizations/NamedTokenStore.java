package dev.parley.server.organizations;

import dev.parley.server.platform.jsonapi.Binds;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.ListSql;
import dev.parley.server.platform.jsonapi.Listing;
import dev.parley.server.platform.jsonapi.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The named tokens of organizations; the main one isn't seen here. */
final class NamedTokenStore {

    private static final String COLUMNS = "t.id, t.name, t.scopes, t.expires_at, t.last_used_at, t.version, "
            + "t.created_at, coalesce(t.updated_at, t.created_at)";

    private static final String WHERE = "t.organization_id = ? and not t.main";

    private static final String ONE = "select " + COLUMNS + " from tokens t where " + WHERE + " and t.id = ?";

    private static final String COUNT = "select count(*) from tokens t where " + WHERE;

    private static final String END = "select t.expires_at from tokens t where t.organization_id = ? and t.hash = ?";

    private static final String INSERT = """
            insert into tokens (hash, kind, organization_id, id, name, scopes, main, expires_at, created_at)
            values (?, 'organization', ?, ?, ?, ?, false, ?, ?)
            on conflict on constraint tokens_id do nothing
            """;

    private static final String UPDATE = """
            update tokens set name = ?, expires_at = ?, version = ?, updated_at = ?
            where organization_id = ? and id = ? and not main
            """;

    private NamedTokenStore() {}

    /** False when the id is taken in this organization. */
    static boolean insert(Connection connection, UUID organization, byte[] hash, Token t) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            Binds.all(
                    statement,
                    hash,
                    organization,
                    t.id(),
                    t.name(),
                    connection.createArrayOf("text", Scopes.words(t.scopes())),
                    t.expiresAt(),
                    t.createdAt());
            return statement.executeUpdate() == 1;
        }
    }

    static void update(Connection connection, UUID organization, Token t) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            Binds.all(statement, t.name(), t.expiresAt(), t.version(), t.updatedAt(), organization, t.id())
                    .executeUpdate();
        }
    }

    static void delete(Connection connection, UUID organization, UUID id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from tokens where organization_id = ? and id = ? and not main")) {
            Binds.all(statement, organization, id).executeUpdate();
        }
    }

    static Optional<Token> find(Connection connection, UUID organization, UUID id) throws SQLException {
        return one(connection, ONE, organization, id);
    }

    /** The same, locked until the transaction ends. */
    static Optional<Token> lock(Connection connection, UUID organization, UUID id) throws SQLException {
        return one(connection, ONE + " for update", organization, id);
    }

    /** When the token with this hash ends; empty when it has no end, or is none of this organization's. */
    static Optional<Instant> end(Connection connection, UUID organization, byte[] hash) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(END), organization, hash);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.ofNullable(time(row, 1)) : Optional.empty();
        }
    }

    /** All of them, the newest first. */
    static List<Token> all(Connection connection, UUID organization) throws SQLException {
        String sql = "select " + COLUMNS + " from tokens t where " + WHERE + " order by t.created_at desc, t.id desc";
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(sql), organization);
                ResultSet row = statement.executeQuery()) {
            List<Token> tokens = new ArrayList<>();
            while (row.next()) {
                tokens.add(token(row));
            }
            return tokens;
        }
    }

    static int count(Connection connection, UUID organization) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(COUNT), organization);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    static Page list(Connection connection, UUID organization, ListQuery query) throws SQLException {
        ListSql sql = new ListSql(TokenType.TYPE, COLUMNS, "tokens t", WHERE, List.of(organization));
        return Listing.page(connection, sql, query, row -> TokenView.resource(token(row), null));
    }

    private static Optional<Token> one(Connection connection, String sql, UUID organization, UUID id)
            throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(sql), organization, id);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(token(row)) : Optional.empty();
        }
    }

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getObject(1, UUID.class),
                row.getString(2),
                Scopes.read(row, 3),
                time(row, 4),
                time(row, 5),
                row.getInt(6),
                Objects.requireNonNull(time(row, 7)),
                Objects.requireNonNull(time(row, 8)));
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
