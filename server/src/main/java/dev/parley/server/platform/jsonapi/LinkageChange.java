package dev.parley.server.platform.jsonapi;

import java.util.SequencedMap;
import java.util.UUID;

/** A change of a relationship to many by itself. */
public sealed interface LinkageChange {

    /** The name of the relationship. */
    String relation();

    /** The resources that the request names: each once and in its order, with the pointer of its id. */
    SequencedMap<UUID, String> linked();

    /** They are linked as well, those that are already included. */
    record Add(String relation, SequencedMap<UUID, String> linked) implements LinkageChange {}

    /** They are linked from then on, and nothing else. */
    record Replace(String relation, SequencedMap<UUID, String> linked) implements LinkageChange {}

    /** They are not linked any more; those that were not, or do not exist, do no harm. */
    record Remove(String relation, SequencedMap<UUID, String> linked) implements LinkageChange {}
}
