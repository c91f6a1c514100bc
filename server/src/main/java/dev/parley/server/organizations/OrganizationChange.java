package dev.parley.server.organizations;

import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.secrets.SecretBox;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a PATCH makes of an organization.
 *
 * @param after the organization with it
 * @param fields the attributes that changed; empty when none did
 */
record OrganizationChange(Organization after, List<String> fields) {

    static OrganizationChange of(Organization before, Write write, SecretBox secrets, Instant now) {
        List<String> fields = new ArrayList<>();
        String name = before.name();
        if (write.has("name") && !name.equals(write.text("name"))) {
            name = write.require("name", String.class);
            fields.add("name");
        }
        String url = before.webhookUrl();
        if (write.has("webhookUrl") && !Objects.equals(url, text(write.url("webhookUrl")))) {
            url = text(write.url("webhookUrl"));
            fields.add("webhookUrl");
        }
        byte[] secret = before.webhookSecret();
        if (write.has("webhookSecret") && !Objects.equals(open(secret, secrets), write.text("webhookSecret"))) {
            String given = write.text("webhookSecret");
            secret = given == null ? null : secrets.seal(given);
            fields.add("webhookSecret");
        }
        return new OrganizationChange(before.changed(name, url, secret, before.signingSecret(), now), fields);
    }

    static @Nullable String text(@Nullable URI url) {
        return url == null ? null : url.toString();
    }

    private static @Nullable String open(byte @Nullable [] sealed, SecretBox secrets) {
        return sealed == null ? null : secrets.open(sealed);
    }
}
