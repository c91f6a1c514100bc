package dev.parley.server.platform.http;

import java.util.Locale;

/** What an organization's token may be used for. None includes another. Immutable. */
public enum Scope {
    /** Reading: every GET. */
    READ,
    /** The daily work: messages, threads, candidates, templates, read marks. */
    SEND,
    /** What changes how the organization works, or can't be undone: webhooks, channel accounts, itself, erasing. */
    MANAGE;

    /** The word on the wire and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a method needs where nothing else is declared. */
    static Scope of(HttpMethod method) {
        return method == HttpMethod.GET ? READ : SEND;
    }
}
