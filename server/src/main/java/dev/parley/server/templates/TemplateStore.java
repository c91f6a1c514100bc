package dev.parley.server.templates;

import dev.parley.connector.TemplateStatus;
import dev.parley.server.platform.jsonapi.Binds;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.ListSql;
import dev.parley.server.platform.jsonapi.Listing;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.templates.Template.Owner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of message templates. */
final class TemplateStore {

    private static final String COLUMNS =
            "m.organization_id, m.id, m.provider, m.owner, m.provider_id, m.name, m.language, m.category, m.named, "
                    + "m.components, m.preview, m.status, m.rejection_reason, m.quality, m.submitted_at, m.changed_at, "
                    + "m.version, m.created_at, m.updated_at";
    private static final String SELECT = "select " + COLUMNS + " from message_templates m where m.organization_id = ?";

    private static final String INSERT = """
            insert into message_templates (
                organization_id, id, provider, owner, provider_id, name, language, category, named, components, preview, status,
                rejection_reason, quality, submitted_at, changed_at, version, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;
    private static final String UPDATE = """
            update message_templates
            set provider_id = ?, category = ?, named = ?, components = ?, status = ?, rejection_reason = ?, quality = ?,
                submitted_at = ?, changed_at = ?, version = ?, updated_at = ?
            where organization_id = ? and id = ?
            """;

    private TemplateStore() {}

    static Page list(Connection connection, UUID organization, ListQuery query) throws SQLException {
        ListSql sql = new ListSql(
                TemplateType.TYPE,
                COLUMNS,
                "message_templates m",
                "m.organization_id = ? and m.submitted_at is null",
                List.of(organization));
        return Listing.page(connection, sql, query, row -> TemplateView.resource(read(row)));
    }

    /** One that may be shown. */
    static @Nullable Template find(Connection connection, UUID organization, UUID id) throws SQLException {
        return one(connection, SELECT + " and m.id = ? and m.submitted_at is null", organization, id);
    }

    /** One, shown or not, locked until the transaction ends. */
    static @Nullable Template lock(Connection connection, UUID organization, UUID id) throws SQLException {
        return one(connection, SELECT + " and m.id = ? for no key update", organization, id);
    }

    /** The one with this name, locked until the transaction ends. */
    static @Nullable Template lock(Connection connection, UUID organization, Owner owner, String name, String language)
            throws SQLException {
        return one(
                connection,
                SELECT + " and m.provider = ? and m.owner = ? and m.name = ? and m.language = ? for no key update",
                organization,
                owner.provider(),
                owner.id(),
                name,
                language);
    }

    /** The one that a provider's update names: by the provider's id, or by name while that is not known. Locked. */
    static @Nullable Template lock(
            Connection connection, UUID organization, String provider, String providerId, String name, String language)
            throws SQLException {
        return one(connection, SELECT + """
                         and m.provider = ? and (m.provider_id = ? or (m.provider_id is null and m.name = ? and m.language = ?))
                        order by m.provider_id nulls last limit 1 for no key update
                        """, organization, provider, providerId, name, language);
    }

    /** All of an owner's, those that are not shown yet too. */
    static List<Template> of(Connection connection, UUID organization, Owner owner) throws SQLException {
        try (PreparedStatement statement = Binds.all(
                        connection.prepareStatement(SELECT + " and m.provider = ? and m.owner = ? order by m.id"),
                        organization,
                        owner.provider(),
                        owner.id());
                ResultSet row = statement.executeQuery()) {
            List<Template> templates = new ArrayList<>();
            while (row.next()) {
                templates.add(read(row));
            }
            return templates;
        }
    }

    static boolean isTaken(Connection connection, UUID organization, UUID id) throws SQLException {
        return one(connection, SELECT + " and m.id = ?", organization, id) != null;
    }

    /** False when its id or its name is taken. */
    static boolean insert(Connection connection, Template template) throws SQLException {
        try (PreparedStatement statement = Binds.all(
                connection.prepareStatement(INSERT),
                template.organizationId(),
                template.id(),
                template.owner().provider(),
                template.owner().id(),
                template.providerId(),
                template.name(),
                template.language(),
                template.category(),
                template.named(),
                template.components(),
                template.preview(),
                template.status().name(),
                template.rejectionReason(),
                template.quality(),
                template.submittedAt(),
                template.changedAt(),
                template.version(),
                template.createdAt(),
                template.updatedAt())) {
            return statement.executeUpdate() == 1;
        }
    }

    static void update(Connection connection, Template template) throws SQLException {
        try (PreparedStatement statement = Binds.all(
                connection.prepareStatement(UPDATE),
                template.providerId(),
                template.category(),
                template.named(),
                template.components(),
                template.status().name(),
                template.rejectionReason(),
                template.quality(),
                template.submittedAt(),
                template.changedAt(),
                template.version(),
                template.updatedAt(),
                template.organizationId(),
                template.id())) {
            statement.executeUpdate();
        }
    }

    static void delete(Connection connection, Template template) throws SQLException {
        try (PreparedStatement statement = Binds.all(
                connection.prepareStatement("delete from message_templates where organization_id = ? and id = ?"),
                template.organizationId(),
                template.id())) {
            statement.executeUpdate();
        }
    }

    private static @Nullable Template one(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(sql), values);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? read(row) : null;
        }
    }

    private static Template read(ResultSet row) throws SQLException {
        return new Template(
                row.getObject("organization_id", UUID.class),
                row.getObject("id", UUID.class),
                new Owner(row.getString("provider"), row.getString("owner")),
                row.getString("provider_id"),
                row.getString("name"),
                row.getString("language"),
                row.getString("category"),
                row.getBoolean("named"),
                row.getString("components"),
                row.getString("preview"),
                TemplateStatus.valueOf(row.getString("status")),
                row.getString("rejection_reason"),
                row.getString("quality"),
                Binds.time(row.getObject("submitted_at", OffsetDateTime.class)),
                Binds.time(row.getObject("changed_at", OffsetDateTime.class)),
                row.getInt("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
