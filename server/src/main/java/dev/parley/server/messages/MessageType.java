package dev.parley.server.messages;

import dev.parley.server.payloads.Payloads;
import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.Quick;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.search.SearchFilter;
import java.util.List;

/** The declaration of messages, as {@code docs/openapi.yaml} has it. */
final class MessageType {

    static final String SEND_BY = "sendBy";
    static final String THREAD = "messageThreadId";
    static final String PAYLOAD = "payload";
    static final String SCHEDULED_AT = "scheduledAt";
    static final String EXPIRES_AT = "expiresAt";
    static final String METADATA = "metadata";

    private static final String ORIGIN = "origin";
    private static final String STATUS = "deliveryStatus";
    private static final String CREATED_AT = "createdAt";
    private static final String FAILED = "failed";
    private static final List<String> ORIGINS = List.of("outbound", "inbound");
    private static final List<String> STATUSES = List.of("accepted", "sent", "delivered", "read", FAILED);
    private static final Operator[] SOME = {Operator.EQ, Operator.NE, Operator.IN};

    private MessageType() {}

    /**
     * @param payloads reads payloads
     * @param bodyLimit bytes that the body of a POST or PATCH may have
     */
    static ResourceType declare(Payloads payloads, long bodyLimit) {
        return ResourceType.named(MessageView.TYPE)
                .attributes(sendBy(), Attribute.choice(ORIGIN, ORIGINS.toArray(String[]::new)))
                .relation(Relation.toOne("messageThread", "messageThreads").required())
                .attributes(
                        Attribute.special(PAYLOAD, payloads).required().updatable(),
                        Attribute.text(STATUS, 1, 20),
                        Attribute.list("errorMessages"),
                        Attribute.object("statusTimes"),
                        Attribute.time(SCHEDULED_AT).optional().updatable(),
                        Attribute.time(EXPIRES_AT).optional().updatable(),
                        Attribute.special(METADATA, new MetadataCheck())
                                .optional()
                                .updatable(),
                        Attribute.time("createdAt"),
                        Attribute.time("updatedAt"))
                .filters(
                        Filter.key("m.id"),
                        Filter.id(THREAD, "m.thread_id"),
                        Filter.text(SEND_BY, 255, "m.send_by"),
                        Filter.words(ORIGIN, "m.origin", ORIGINS),
                        Filter.words(STATUS, "m.delivery_status", STATUSES).meaning(FAILED, "m.failed_at is not null"),
                        Filter.range(SCHEDULED_AT, "m.scheduled_at").nullable(),
                        Filter.range(EXPIRES_AT, "m.expires_at").nullable(),
                        Filter.range(CREATED_AT, "m.created_at"),
                        Filter.range("updatedAt", "m.updated_at"),
                        Filter.entries(METADATA, 50, "m.metadata"),
                        SearchFilter.declare())
                .sort(CREATED_AT, "m.created_at")
                .sort("updatedAt", "m.updated_at")
                .nullableSort(SEND_BY, "m.send_by")
                .nullableSort(SCHEDULED_AT, "m.scheduled_at")
                .nullableSort(EXPIRES_AT, "m.expires_at")
                .quick(byIndex())
                .idColumn("m.id")
                .bodyLimit(bodyLimit)
                .idempotent()
                .build();
    }

    /** What needs another index would cost each message that is accepted or changes its status. */
    private static Quick[] byIndex() {
        return new Quick[] {
            Quick.index("messages_newest").sorted(CREATED_AT),
            Quick.index("messages_newest").within(CREATED_AT).sorted(CREATED_AT),
            Quick.index("messages_newest").by(STATUS, SOME).within(CREATED_AT).sorted(CREATED_AT),
            Quick.index("messages_newest").by(ORIGIN, SOME).within(CREATED_AT).sorted(CREATED_AT),
            Quick.index("messages_failed").only(STATUS, FAILED).sorted(CREATED_AT),
            Quick.index("messages_thread").by(THREAD).sorted(CREATED_AT),
            Quick.index("messages_thread").by(THREAD).within(CREATED_AT).sorted(CREATED_AT),
            Quick.index("messages_thread").by(THREAD).by(STATUS, SOME).sorted(CREATED_AT),
            Quick.index("messages_thread").by(THREAD).by(ORIGIN, SOME).sorted(CREATED_AT),
            Quick.index("message_metadata_pk")
                    .by("metadata.key", Operator.EQ, Operator.IN)
                    .sorted(CREATED_AT),
            Quick.index("message_metadata_pk")
                    .by("metadata.key", Operator.EQ, Operator.IN)
                    .within(CREATED_AT)
                    .sorted(CREATED_AT),
            Quick.index("messages_pk").by("id", Operator.EQ, Operator.IN)
        };
    }

    /** Null on an inbound message whose writer has no name, and then it may be sent back as null. */
    private static Attribute sendBy() {
        Attribute name = Attribute.text(SEND_BY, 1, 255).required().updatable().alias("send_by", "payload.send_by");
        return new Attribute(name.name(), name.kind(), name.onCreate(), name.onUpdate(), true, name.aliases());
    }
}
