package dev.parley.server.platform.settings;

/** How log lines look: for people, or one JSON object per line. */
public enum LogFormat {
    TEXT,
    JSON
}
