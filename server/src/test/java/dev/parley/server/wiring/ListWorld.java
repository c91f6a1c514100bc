package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Schema;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.testkit.postgres.TestDatabase;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;

/** The whole server on a database that tests fill by SQL, with an organization of theirs. */
@NullUnmarked
final class ListWorld implements AutoCloseable {

    private static final String PARTNER = "pp_lists-test-token-0123456789";

    /** Gives templates that were put in as {@code 'p'}'s, of {@code 'elsewhere'}, an account: those whose account is gone are removed. */
    static final String TEMPLATES_ARE_KEPT = """
            insert into callback_routes (provider, kind, external_id, organization_id, account_id, secret_fingerprint)
            select distinct on (organization_id) 'p', 'account', 'elsewhere', organization_id, id, '\\x00'::bytea
            from channel_accounts order by organization_id, id;
            """;

    final RunningServer server;
    final String organization;
    final String token;
    private final TestDatabase test;

    ListWorld(Path folder, Map<String, String> more) {
        test = Schema.create();
        Map<String, String> settings = new HashMap<>(RunningServer.on(test));
        settings.putAll(more);
        server = new RunningServer(folder, PARTNER, settings);
        JsonNode made = organization("Own");
        organization = made.path("id").stringValue();
        token = made.at("/attributes/token").stringValue();
    }

    JsonNode organization(String name) {
        return server.make("/management/organizations", PARTNER, "organizations", Map.of("name", name));
    }

    /** Those that have a list that can be filtered, the partner's among them; an organization's list of itself is not. */
    List<ResourceType> types() {
        return server.routed().stream()
                .filter(type -> !type.filters().isEmpty())
                .filter(type -> !type.path().equals("/organizations"))
                .toList();
    }

    HttpResponse<String> list(ResourceType type, String query) {
        boolean managed = type.path().startsWith("/management/");
        String path = type.path().replace("{organizationId}", organization);
        return server.api("GET", path + "?" + query, managed ? PARTNER : token, null);
    }

    JsonNode listed(ResourceType type, String query) {
        HttpResponse<String> answer = list(type, query);
        assertThat(answer.statusCode()).as(query + "\n" + answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    static String parameter(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    Connection connect() throws SQLException {
        return test.connect();
    }

    void sql(String statements) throws SQLException {
        try (Connection connection = test.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(statements.replace("{own}", "'" + organization + "'::uuid"));
        }
    }

    /** The first column of each row; a query may have values that are not given, as what is only explained has. */
    List<String> query(String query) throws SQLException {
        String simple = test.jdbcUrl() + "?preferQueryMode=simple";
        try (Connection connection = DriverManager.getConnection(simple, test.username(), test.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    @Override
    public void close() {
        server.close();
        test.close();
    }
}
