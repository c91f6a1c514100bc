package dev.parley.server.messages;

import dev.parley.server.payloads.Payloads;
import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.search.SearchFilter;

/** The declaration of messages, as {@code docs/openapi.yaml} has it. */
final class MessageType {

    static final String SEND_BY = "sendBy";
    static final String THREAD = "messageThreadId";
    static final String PAYLOAD = "payload";
    static final String SCHEDULED_AT = "scheduledAt";
    static final String EXPIRES_AT = "expiresAt";
    static final String METADATA = "metadata";

    private MessageType() {}

    /**
     * @param payloads reads payloads
     * @param bodyLimit bytes that the body of a POST or PATCH may have
     */
    static ResourceType declare(Payloads payloads, long bodyLimit) {
        return ResourceType.named(MessageView.TYPE)
                .attributes(sendBy(), Attribute.choice("origin", "outbound", "inbound"))
                .relation(Relation.toOne("messageThread", "messageThreads").required())
                .attributes(
                        Attribute.special(PAYLOAD, payloads).required().updatable(),
                        Attribute.text("deliveryStatus", 1, 20),
                        Attribute.list("errorMessages"),
                        Attribute.object("statusTimes"),
                        Attribute.time(SCHEDULED_AT).optional().updatable(),
                        Attribute.time(EXPIRES_AT).optional().updatable(),
                        Attribute.special(METADATA, new MetadataCheck())
                                .optional()
                                .updatable(),
                        Attribute.time("createdAt"),
                        Attribute.time("updatedAt"))
                .filters(Filter.equal(THREAD, new Kind.Id(), "m.thread_id", "messages_thread"))
                .filters(SearchFilter.declare())
                .filters(Filter.entries(METADATA, 50, "m.metadata", "messages_metadata"))
                .sort("createdAt", "m.created_at")
                .idColumn("m.id")
                .bodyLimit(bodyLimit)
                .idempotent()
                .build();
    }

    /** Null on an inbound message whose writer has no name, and then it may be sent back as null. */
    private static Attribute sendBy() {
        Attribute name = Attribute.text(SEND_BY, 1, 255).required().updatable().alias("send_by", "payload.send_by");
        return new Attribute(name.name(), name.kind(), name.onCreate(), name.onUpdate(), true, name.aliases());
    }
}
