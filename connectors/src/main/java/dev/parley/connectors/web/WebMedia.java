package dev.parley.connectors.web;

import dev.parley.connector.MediaKind;
import dev.parley.connector.MediaRule;
import java.util.Map;
import java.util.Set;

/** Which files a site can be given: what browsers show, and documents. Nothing that a browser would run. */
final class WebMedia {

    static final Map<MediaKind, MediaRule> RULES = Map.of(
            MediaKind.IMAGE,
                    new MediaRule(5L << 20, Set.of("image/jpeg", "image/png", "image/gif", "image/webp"), 1_024),
            MediaKind.VIDEO, new MediaRule(16L << 20, Set.of("video/mp4", "video/3gpp", "video/webm"), 1_024),
            MediaKind.AUDIO,
                    new MediaRule(
                            16L << 20, Set.of("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"), 0),
            MediaKind.DOCUMENT,
                    new MediaRule(
                            100L << 20,
                            Set.of(
                                    "text/plain",
                                    "text/csv",
                                    "application/pdf",
                                    "application/rtf",
                                    "application/msword",
                                    "application/vnd.ms-excel",
                                    "application/vnd.ms-powerpoint",
                                    "application/vnd.oasis.opendocument.text",
                                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                    "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
                            1_024));

    private WebMedia() {}
}
