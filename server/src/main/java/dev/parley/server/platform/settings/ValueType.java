package dev.parley.server.platform.settings;

import java.util.function.Function;

/**
 * What a setting may hold.
 *
 * @param label for the documentation: {@code duration}, {@code whole number from 1 to 10}
 * @param parser from the written form; throws {@link IllegalArgumentException} whose text continues "KEY …" and holds no
 *     value
 * @param shower back to a written form that is safe to print
 */
public record ValueType<T>(String label, Function<String, T> parser, Function<T, String> shower) {

    static <T> ValueType<T> of(String label, Function<String, T> parser) {
        return new ValueType<>(label, parser, String::valueOf);
    }
}
