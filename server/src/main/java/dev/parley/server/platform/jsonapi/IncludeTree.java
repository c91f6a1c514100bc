package dev.parley.server.platform.jsonapi;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The paths of an {@code include}, merged: {@code a.b,a.c} is one branch {@code a} with two of its own.
 *
 * @param branches by the name of the relation
 */
record IncludeTree(Map<String, IncludeTree> branches) {

    IncludeTree() {
        this(new LinkedHashMap<>());
    }

    IncludeTree branch(String relation) {
        return branches.computeIfAbsent(relation, name -> new IncludeTree());
    }

    boolean isEmpty() {
        return branches.isEmpty();
    }

    /** Relations in all of it. */
    int size() {
        return branches.values().stream().mapToInt(branch -> 1 + branch.size()).sum();
    }
}
