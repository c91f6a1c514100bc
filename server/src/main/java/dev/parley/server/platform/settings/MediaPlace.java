package dev.parley.server.platform.settings;

/** Where files that messages carry are kept. */
public enum MediaPlace {
    /** In the data folder. */
    FOLDER,
    /** In a bucket of an S3-compatible store. */
    S3
}
