package dev.parley.server.threads;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.Quick;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.search.SearchFilter;
import java.util.List;

/** The declaration of threads. */
final class ThreadType {

    private static final String CHANNEL = "channel";
    private static final String IDENTIFIER = "identifier";
    private static final String CANDIDATE = "candidateId";
    private static final String LAST_MESSAGE_AT = "lastMessageAt";
    private static final String WINDOW_EXPIRES_AT = "windowExpiresAt";
    private static final String CREATED_AT = "createdAt";

    static final ResourceType TYPE = ResourceType.named(ThreadView.TYPE)
            .attributes(
                    Attribute.choice(CHANNEL, ChannelIdentifiers.CHANNELS)
                            .required()
                            .updatable(),
                    Attribute.text(IDENTIFIER, 1, 320).required().updatable(),
                    Attribute.bool("chatbotPaused").optional().updatable().notNull())
            .relation(Relation.toOne("candidate", "candidates").optional().updatable())
            .attributes(
                    Attribute.id("channelAccountId").optional().updatable(),
                    Attribute.time(WINDOW_EXPIRES_AT),
                    Attribute.time(LAST_MESSAGE_AT),
                    Attribute.time(CREATED_AT),
                    Attribute.time("updatedAt"))
            .relation(Relation.toMany("messages", "messages", "messageThreadId"))
            .filters(
                    Filter.key("t.id"),
                    Filter.words(CHANNEL, "t.channel", List.of(ChannelIdentifiers.CHANNELS)),
                    Filter.text(IDENTIFIER, 320, "t.identifier"),
                    Filter.flag("chatbotPaused", "t.chatbot_paused"),
                    Filter.id(CANDIDATE, "t.candidate_id"),
                    Filter.id("channelAccountId", "t.channel_account_id"),
                    Filter.range(WINDOW_EXPIRES_AT, "w.expires_at").nullable(),
                    Filter.range(LAST_MESSAGE_AT, "d.last_message_at").nullable(),
                    Filter.range(CREATED_AT, "t.created_at"),
                    Filter.range("updatedAt", "t.updated_at"),
                    SearchFilter.declare())
            .sort(CREATED_AT, "t.created_at")
            .sort("updatedAt", "t.updated_at")
            .sort(IDENTIFIER, "t.identifier")
            .nullableSort(LAST_MESSAGE_AT, "d.last_message_at")
            .nullableSort(WINDOW_EXPIRES_AT, "w.expires_at")
            .quick(
                    Quick.index("threads_newest").sorted(CREATED_AT),
                    Quick.index("threads_newest").within(CREATED_AT).sorted(CREATED_AT),
                    Quick.index("threads_by_channel").by(CHANNEL).sorted(CREATED_AT),
                    Quick.index("threads_identifier").by(CHANNEL).by(IDENTIFIER, Operator.EQ, Operator.IN),
                    Quick.index("threads_candidate").by(CANDIDATE, Operator.EQ, Operator.IN),
                    Quick.index("threads_pk").by("id", Operator.EQ, Operator.IN))
            .idColumn("t.id")
            .build();

    private ThreadType() {}
}
