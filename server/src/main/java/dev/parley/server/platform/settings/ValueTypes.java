package dev.parley.server.platform.settings;

import dev.parley.server.platform.net.CidrList;
import dev.parley.server.platform.secrets.Secret;
import dev.parley.server.platform.secrets.SecretKeys;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The types that settings have. */
final class ValueTypes {

    static final ValueType<CidrList> CIDR_LIST = ValueType.of("address blocks (CIDR) with commas", CidrList::parse);
    static final ValueType<DatabaseUrl> DATABASE_URL = ValueType.of("PostgreSQL address", DatabaseUrl::parse);
    static final ValueType<Boolean> BOOLEAN = ValueType.of("true or false", ValueTypes::bool);
    static final ValueType<String> HOST = ValueType.of("host name or address", ValueTypes::host);
    static final ValueType<Path> FOLDER = ValueType.of("folder", ValueTypes::path);
    static final ValueType<String> TEXT = ValueType.of("text", text -> text);
    static final ValueType<URI> PUBLIC_URL = ValueType.of("http or https address", ValueTypes::publicUrl);
    static final ValueType<Secret> SECRET_KEY = ValueType.of("32 bytes in base64", ValueTypes::secretKey);
    static final ValueType<Secret> TOKEN = ValueType.of("text, 8 to 256 characters", ValueTypes::token);
    static final ValueType<Secret> PASSWORD = ValueType.of("text", Secret::new);

    private ValueTypes() {}

    static ValueType<Integer> wholeNumber(int min, int max) {
        String label = "whole number from " + min + " to " + max;
        return ValueType.of(label, text -> {
            if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
                throw new IllegalArgumentException("must be a " + label);
            }
            return Integer.valueOf(text);
        });
    }

    static ValueType<Duration> duration(String min, String max) {
        Duration least = Durations.parse(min);
        Duration most = Durations.parse(max);
        String label = "duration from " + min + " to " + max;
        return new ValueType<>(
                label,
                text -> {
                    Duration value = Durations.parse(text);
                    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                        throw new IllegalArgumentException("must be a " + label);
                    }
                    return value;
                },
                Durations::format);
    }

    /** Durations with commas between them, from one to {@code count}. */
    static ValueType<List<Duration>> durations(String min, String max, int count) {
        ValueType<Duration> each = duration(min, max);
        String label = "1 to " + count + " durations from " + min + " to " + max + ", with commas";
        return new ValueType<>(
                label,
                text -> {
                    List<String> parts = List.of(text.split(",", -1));
                    if (parts.size() > count) {
                        throw new IllegalArgumentException("must be " + label);
                    }
                    return parts.stream().map(String::strip).map(each.parser()).toList();
                },
                values -> values.stream().map(Durations::format).collect(Collectors.joining(",")));
    }

    static ValueType<DataSize> size(String min, String max) {
        DataSize least = DataSize.parse(min);
        DataSize most = DataSize.parse(max);
        String label = "size from " + min + " to " + max;
        return ValueType.of(label, text -> {
            DataSize value = DataSize.parse(text);
            if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                throw new IllegalArgumentException("must be a " + label);
            }
            return value;
        });
    }

    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        String label =
                Arrays.stream(type.getEnumConstants()).map(ValueTypes::lower).collect(Collectors.joining(", "));
        return new ValueType<>(
                label,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> constant.name().equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("must be one of " + label)),
                ValueTypes::lower);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static String host(String text) {
        if (!text.matches("[A-Za-z0-9.:_%\\[\\]-]{1,255}")) {
            throw new IllegalArgumentException("must be a host name or an address, without a port");
        }
        return text;
    }

    private static Path path(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("must be the path of a folder");
        }
        return Path.of(text);
    }

    private static URI publicUrl(String text) {
        String rule = "must be an address such as https://messages.example.com, without query";
        URI uri;
        try {
            uri = URI.create(text.replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(rule);
        }
        boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        if (!web
                || uri.getHost() == null
                || uri.getQuery() != null
                || uri.getUserInfo() != null
                || uri.getFragment() != null) {
            throw new IllegalArgumentException(rule);
        }
        return uri;
    }

    private static Secret secretKey(String text) {
        SecretKeys.decode(text);
        return new Secret(text);
    }

    private static Secret token(String text) {
        if (!text.matches("[\\x21-\\x7e]{8,256}")) {
            throw new IllegalArgumentException("must be 8 to 256 visible ASCII characters, without spaces");
        }
        return new Secret(text);
    }
}
