package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/**
 * The entity tag of a resource (RFC 9110 §8.8.3): {@code "version.content"}, strong. The version rises when somebody changes the
 * resource, and is what a write is compared by; the content is that of the very answer, so that another {@code include} has
 * another tag.
 *
 * @param version of the resource's state
 * @param content of the document
 */
record EntityTag(String version, String content) {

    private static final int BYTES = 9;

    static EntityTag of(Resource resource, byte[] document) {
        return new EntityTag(version(resource), hash(document));
    }

    /** That in {@code meta}; of what has none, a hash of its attributes. */
    static String version(Resource resource) {
        JsonNode version = resource.meta() == null ? null : resource.meta().get("version");
        return version == null
                ? hash(resource.attributes().toString().getBytes(StandardCharsets.UTF_8))
                : version.asString();
    }

    private static String hash(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(Sha256.of(bytes), BYTES));
    }

    /** As it stands in a header. */
    String header() {
        return "\"" + version + "." + content + "\"";
    }
}
