package dev.parley.server.conversations;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.Quick;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.util.List;

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
    private static final String CREATED_AT = "createdAt";

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
            .attributes(Attribute.time(CREATED_AT), Attribute.time("updatedAt"))
            .idColumn("c.id")
            .filters(
                    Filter.key("c.id"),
                    Filter.words(STATUS, "c.status", STATUSES),
                    Filter.flag(UNREAD, "c.has_unread"),
                    Filter.whole(COUNT, 0, Integer.MAX_VALUE, "c.unread"),
                    Filter.of(THREAD, new Kind.Id(), "c.thread_id", Operator.EQ, Operator.NE, Operator.IN),
                    Filter.id(CANDIDATE, "c.candidate_id"),
                    Filter.range(CREATED_AT, "c.created_at"),
                    Filter.range("updatedAt", "c.updated_at"))
            .sort(CREATED_AT, "c.created_at")
            .sort("updatedAt", "c.updated_at")
            .quick(
                    Quick.index("conversations_newest").sorted(CREATED_AT),
                    Quick.index("conversations_newest").within(CREATED_AT).sorted(CREATED_AT),
                    Quick.index("conversations_by_status").by(STATUS).sorted(CREATED_AT),
                    Quick.index("conversations_by_unread").by(UNREAD).sorted(CREATED_AT),
                    Quick.index("conversations_by_candidate").by(CANDIDATE).sorted(CREATED_AT),
                    Quick.index("conversations_thread").by(THREAD, Operator.EQ, Operator.IN),
                    Quick.index("conversations_pk").by("id", Operator.EQ, Operator.IN))
            .build();

    private ConversationType() {}
}
