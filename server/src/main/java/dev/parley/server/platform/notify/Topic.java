package dev.parley.server.platform.notify;

import java.util.regex.Pattern;

/**
 * What hints are about. Each topic is a channel of PostgreSQL's NOTIFY.
 *
 * @param name lower-case letters and underscores, at most 40
 */
public record Topic(String name) {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z_]{0,39}");
    private static final String PREFIX = "parley_";

    public Topic {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("not a topic: lower-case letters and underscores, at most 40");
        }
    }

    /** The name in the database. */
    String channel() {
        return PREFIX + name;
    }
}
