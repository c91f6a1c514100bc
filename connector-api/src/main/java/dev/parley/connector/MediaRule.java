package dev.parley.connector;

import java.util.Set;

/**
 * What a channel takes as one {@link MediaKind}.
 *
 * @param maxBytes the most bytes of a file
 * @param mimeTypes the media types that are taken, without parameters, lower case
 * @param captionLimit the most UTF-16 code units of a caption; 0 for none at all
 */
public record MediaRule(long maxBytes, Set<String> mimeTypes, int captionLimit) {

    public MediaRule {
        mimeTypes = Set.copyOf(mimeTypes);
    }
}
