package dev.parley.bench;

import java.util.List;

/**
 * What is asked for.
 *
 * @param name as the report has it
 * @param paths asked for in turns
 */
record ReadQuestion(String name, List<String> paths) {

    static ReadQuestion of(String name, String path) {
        return new ReadQuestion(name, List.of(path));
    }

    String path(int n) {
        return paths.get(n % paths.size());
    }
}
