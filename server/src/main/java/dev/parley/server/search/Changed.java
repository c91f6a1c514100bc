package dev.parley.server.search;

import java.util.UUID;

/** A resource whose entry is to be made anew, or removed where it is gone. */
record Changed(UUID organizationId, String type, UUID id) {

    static final String MESSAGES = "messages";
    static final String THREADS = "messageThreads";
    static final String CANDIDATES = "candidates";
}
