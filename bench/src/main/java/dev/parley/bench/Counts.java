package dev.parley.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the database has counted.
 *
 * @param numbers by name: commits, WAL, rows of each table
 * @param statements by their text, where they are counted: calls and milliseconds
 */
record Counts(Map<String, Double> numbers, Map<String, Called> statements) {

    /** How often a statement ran, how many rows it gave or changed, and how long it took. */
    record Called(double calls, double rows, double millis) {}

    Counts since(Counts before) {
        Map<String, Double> more = new LinkedHashMap<>();
        numbers.forEach((name, value) -> more.put(name, value - before.numbers.getOrDefault(name, 0.0)));
        Map<String, Called> ran = new LinkedHashMap<>();
        statements.forEach((text, now) -> {
            Called was = before.statements.getOrDefault(text, new Called(0, 0, 0));
            ran.put(text, new Called(now.calls - was.calls, now.rows - was.rows, now.millis - was.millis));
        });
        return new Counts(more, ran);
    }

    double of(String name) {
        return numbers.getOrDefault(name, 0.0);
    }

    double calls() {
        return statements.values().stream().mapToDouble(Called::calls).sum();
    }

    /** Those that took the most time first. */
    List<Map.Entry<String, Called>> costliest(int most) {
        List<Map.Entry<String, Called>> all = new ArrayList<>(statements.entrySet());
        all.sort((a, b) -> Double.compare(b.getValue().millis(), a.getValue().millis()));
        return all.subList(0, Math.min(most, all.size()));
    }
}
