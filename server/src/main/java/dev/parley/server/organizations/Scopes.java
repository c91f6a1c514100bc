package dev.parley.server.organizations;

import dev.parley.server.platform.http.Scope;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.ValueParser;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The scopes of a token.
 *
 * @param all at least one
 */
record Scopes(Set<Scope> all) {

    Scopes {
        all = Set.copyOf(all);
    }

    /** Those in an array of words; the table holds no others. */
    static Set<Scope> read(ResultSet row, int column) throws SQLException {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String word : (String[]) row.getArray(column).getArray()) {
            scopes.add(Scope.valueOf(word.toUpperCase(Locale.ROOT)));
        }
        return scopes;
    }

    /** As an array of the table has them. */
    static String[] words(Collection<Scope> scopes) {
        return scopes.stream().map(Scope::word).sorted().toArray(String[]::new);
    }

    /** Reads what a caller wrote, in any case; a scope twice counts once. */
    static ValueParser.Parsed parse(JsonNode value, String pointer) {
        int most = Scope.values().length;
        if (!value.isArray() || value.isEmpty() || value.size() > most) {
            return bad(pointer, "Write an array of one to three of read, send and manage.");
        }
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (int i = 0; i < value.size(); i++) {
            JsonNode word = value.get(i);
            List<Scope> meant = List.of(Scope.values()).stream()
                    .filter(scope -> word.isString() && scope.word().equalsIgnoreCase(word.stringValue()))
                    .toList();
            if (meant.isEmpty()) {
                return bad(pointer + "/" + i, "Write read, send or manage.");
            }
            scopes.addAll(meant);
        }
        return new ValueParser.Parsed.Value(new Scopes(scopes));
    }

    private static ValueParser.Parsed bad(String pointer, String detail) {
        return new ValueParser.Parsed.Bad(List.of(Problem.at(ProblemCode.INVALID_VALUE, pointer, detail)));
    }
}
