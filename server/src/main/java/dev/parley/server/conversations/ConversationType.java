package dev.parley.server.conversations;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The declaration of conversations. */
final class ConversationType {

    static final String NAME = "conversations";
    static final String STATUS = "status";
    static final String UNREAD = "unreadMessages";
    static final String COUNT = "unreadMessagesCount";
    static final String THREAD = "messageThreadId";
    static final String CANDIDATE = "candidateId";
    static final String OPEN = "open";
    static final String CLOSED = "closed";

    private static final List<String> STATUSES = List.of(OPEN, CLOSED);
    private static final Set<Operator> BY_CANDIDATE = EnumSet.of(Operator.EQ, Operator.NE, Operator.IN, Operator.NULL);

    static final ResourceType TYPE = ResourceType.named(NAME)
            .methods(ResourceType.Method.LIST, ResourceType.Method.GET, ResourceType.Method.UPDATE)
            .attributes(
                    Attribute.choice(STATUS, STATUSES.toArray(String[]::new))
                            .updatable()
                            .notNull(),
                    Attribute.bool(UNREAD).updatable().notNull(),
                    Attribute.whole(COUNT, 0, Integer.MAX_VALUE).updatable().notNull())
            .relation(Relation.toOne("messageThread", "messageThreads"))
            .relation(Relation.toOne("candidate", "candidates"))
            .attributes(Attribute.time("createdAt"), Attribute.time("updatedAt"))
            .idColumn("c.id")
            .filters(
                    Filter.equal(STATUS, new Kind.Choice(STATUSES), "c.status", "conversations_by_status"),
                    Filter.equal(UNREAD, new Kind.Bool(), "c.has_unread", "conversations_by_unread"),
                    Filter.equal(THREAD, new Kind.Id(), "c.thread_id", "conversations_thread")
                            .with(Operator.IN),
                    new Filter(CANDIDATE, new Kind.Id(), "c.candidate_id", BY_CANDIDATE, "conversations_by_candidate"),
                    Filter.range("createdAt", "c.created_at", "conversations_newest"),
                    Filter.range("updatedAt", "c.updated_at", null))
            .sort("createdAt", "c.created_at")
            .sort("updatedAt", "c.updated_at")
            .build();

    private ConversationType() {}
}
