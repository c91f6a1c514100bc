package dev.parley.server.platform.jsonapi;

import static dev.parley.server.fuzz.Seeds.hold;

import dev.parley.server.fuzz.FuzzTarget;
import dev.parley.server.fuzz.Seeds;
import dev.parley.server.platform.http.Headers;
import dev.parley.server.platform.net.Cidr;
import dev.parley.server.platform.net.CidrList;
import java.util.List;
import java.util.Set;

/** Values of headers: media types and their negotiation, entity tags, idempotency keys, and addresses of proxies. */
public final class HeaderFuzz implements FuzzTarget {

    private static final Set<String> TYPES = Set.of(Negotiation.JSON_API, Negotiation.JSON);

    @Override
    public void take(byte[] input) {
        String value = Seeds.latin(input);
        negotiate(value);
        tags(value);
        if (IdempotencyKeys.read(Headers.of(KeyedCalls.HEADER, value))
                instanceof IdempotencyKeys.Key.Given(String key)) {
            hold(!key.isEmpty() && key.length() <= 255, "a key of a bounded length");
        }
        address(value);
    }

    private static void negotiate(String value) {
        String answer = Negotiation.answerType(Headers.of("Accept", value));
        hold(answer == null || TYPES.contains(answer), "a type that is served");
        boolean plain = Negotiation.readable(value);
        hold(!plain || !Negotiation.atomic(value), "with the extension or without");
        MediaType type = MediaType.parse(value);
        if (type != null) {
            hold(type.name().indexOf('/') > 0, "type and subtype");
        }
    }

    private static void tags(String value) {
        EntityTags.Given given = EntityTags.read(Headers.of(EntityTags.IF_MATCH, value), EntityTags.IF_MATCH);
        if (given instanceof EntityTags.Given.Tags(List<EntityTags.Tag> tags)) {
            hold(!tags.isEmpty(), "at least one tag");
            hold(tags.stream().noneMatch(tag -> tag.text().contains("\"")), "tags without quotes");
        }
        Headers.of("If-None-Match", value).hasTag("\"x\"");
    }

    private static void address(String value) {
        try {
            CidrList blocks = CidrList.parse(value);
            hold(CidrList.parse(blocks.toString()).equals(blocks), "blocks that are read again");
            hold(blocks.blocks().stream().allMatch(block -> block.contains(block.network())), "its own first address");
        } catch (IllegalArgumentException none) {
            hold(none.getMessage() != null, "why it is none");
        }
        try {
            Cidr.literal(value);
        } catch (IllegalArgumentException none) {
            hold(none.getMessage() != null, "why it is none");
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.of(
                "application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic\"; profile=\"x y\"",
                "application/vnd.api+json;q=0.5, application/json;q=NaN, */*;q=0x1p-3",
                "application/json; charset=\"utf\\-8\"",
                "W/\"a.b\", \"c\" ,\"\"",
                "*",
                "\"a\",".repeat(2_000) + "\"b\"",
                "a/b;c=d,".repeat(1_000),
                "1:".repeat(4_000),
                "\"a\\\"b\"",
                "8e03978e-40d5-43e8-bc93-6894a57f9324",
                "10.0.0.0/8,fd00::/8, ::ffff:1.2.3.4",
                "fe80::1%eth0/64",
                "::/0");
    }
}
