package dev.parley.server.platform.settings;

import dev.parley.server.platform.secrets.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of an own PostgreSQL, credentials taken out. Written
 * {@code postgresql://user:password@host:5432/database?sslmode=require}, with or without {@code jdbc:} in front; several
 * hosts may be named with commas between them: then the one among them that is no replica is used.
 *
 * @param jdbcUrl for the driver, without user and password
 * @param location host and database, safe to print
 */
public record DatabaseUrl(
        String jdbcUrl,
        String location,
        @Nullable String user,
        @Nullable Secret password) {

    private static final Pattern FORM =
            Pattern.compile("(?:jdbc:)?postgres(?:ql)?://(?:([^@/?]*)@)?([^@/?]+)/([^/?#]+)(?:\\?([^#]*))?");

    /** Reads the written form. */
    public static DatabaseUrl parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "must be an address such as postgresql://host:5432/database (special characters in a password percent-encoded)");
        }
        Credentials credentials = Credentials.ofUserInfo(matcher.group(1));
        List<String> kept = new ArrayList<>();
        for (String parameter :
                matcher.group(4) == null ? new String[0] : matcher.group(4).split("&")) {
            credentials = credentials.orParameter(parameter, kept);
        }
        if (matcher.group(2).contains(",")) {
            addForSeveralHosts(kept);
        }
        String location = matcher.group(2) + "/" + matcher.group(3);
        String query = kept.isEmpty() ? "" : "?" + String.join("&", kept);
        return new DatabaseUrl(
                "jdbc:postgresql://" + location + query, location, credentials.user(), credentials.password());
    }

    /** The one that can be written to is looked for, and looked for again soon after a fail-over, unless it is said otherwise. */
    private static void addForSeveralHosts(List<String> parameters) {
        for (String ours : List.of("targetServerType=primary", "hostRecheckSeconds=1")) {
            String name = ours.substring(0, ours.indexOf('=') + 1);
            if (parameters.stream().noneMatch(given -> given.startsWith(name))) {
                parameters.add(ours);
            }
        }
    }

    /** The same with these credentials where they are not null. */
    public DatabaseUrl withCredentials(@Nullable String newUser, @Nullable Secret newPassword) {
        return new DatabaseUrl(
                jdbcUrl, location, newUser == null ? user : newUser, newPassword == null ? password : newPassword);
    }

    @Override
    public String toString() {
        return "postgresql://" + location;
    }

    private record Credentials(
            @Nullable String user, @Nullable Secret password) {

        static Credentials ofUserInfo(@Nullable String userInfo) {
            if (userInfo == null || userInfo.isEmpty()) {
                return new Credentials(null, null);
            }
            int colon = userInfo.indexOf(':');
            return colon < 0
                    ? new Credentials(decode(userInfo), null)
                    : new Credentials(decode(userInfo.substring(0, colon)), secret(userInfo.substring(colon + 1)));
        }

        Credentials orParameter(String parameter, List<String> kept) {
            if (parameter.startsWith("user=")) {
                return new Credentials(decode(parameter.substring("user=".length())), password);
            }
            if (parameter.startsWith("password=")) {
                return new Credentials(user, secret(parameter.substring("password=".length())));
            }
            kept.add(parameter);
            return this;
        }

        private static @Nullable Secret secret(String encoded) {
            return encoded.isEmpty() ? null : new Secret(decode(encoded));
        }

        private static String decode(String encoded) {
            // A plus is a plus here, as in every URL but those of HTML forms.
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        }
    }
}
