package dev.parley.server.accounts;

import dev.parley.connector.Connector;
import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Quick;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.util.Collection;
import java.util.List;

/** The declaration of channel accounts. */
final class AccountType {

    static final String TYPE = "channelAccounts";

    private static final String CREATED_AT = "createdAt";
    private static final List<String> STATUSES = List.of("connected", "paused");
    private static final List<String> IN_DOUBT = List.of("fail", "resend");

    private AccountType() {}

    /**
     * The declaration for the channels and providers that there are. Channel and provider are taken by PATCH, as what was
     * read may be sent back, but can't change.
     */
    static ResourceType of(Collection<Connector> connectors) {
        String[] channels =
                connectors.stream().map(Connector::channel).distinct().sorted().toArray(String[]::new);
        String[] providers =
                connectors.stream().map(Connector::provider).sorted().toArray(String[]::new);
        return ResourceType.named(TYPE)
                .managed()
                .attributes(
                        Attribute.choice("channel", channels).required().updatable(),
                        Attribute.choice("provider", providers).required().updatable(),
                        Attribute.text("name", 1, 255).required().updatable(),
                        Attribute.bool("isDefault").optional().updatable().notNull(),
                        Attribute.choice("status", STATUSES.toArray(String[]::new))
                                .optional()
                                .updatable()
                                .notNull(),
                        Attribute.text("statusReason", 0, Integer.MAX_VALUE),
                        Attribute.whole("messagesPerSecond", 1, 10_000)
                                .optional()
                                .updatable()
                                .notNull(),
                        Attribute.choice("inDoubt", IN_DOUBT.toArray(String[]::new))
                                .optional()
                                .updatable()
                                .notNull(),
                        Attribute.url("callbackUrl"),
                        Attribute.object("settings").optional().updatable().notNull(),
                        Attribute.time("createdAt"),
                        Attribute.time("updatedAt"))
                .filters(
                        Filter.key("a.id"),
                        Filter.words("channel", "a.channel", List.of(channels)),
                        Filter.words("provider", "a.provider", List.of(providers)),
                        Filter.text("name", 255, "a.name"),
                        Filter.flag("isDefault", "a.is_default"),
                        Filter.words("status", "a.status", STATUSES),
                        Filter.text("statusReason", 255, "a.status_reason"),
                        Filter.whole("messagesPerSecond", 1, 10_000, "a.messages_per_second"),
                        Filter.words("inDoubt", "a.in_doubt", IN_DOUBT),
                        Filter.range(CREATED_AT, "a.created_at"),
                        Filter.range("updatedAt", "a.updated_at"))
                .sort(CREATED_AT, "a.created_at")
                .sort("updatedAt", "a.updated_at")
                .sort("name", "a.name")
                .sort("channel", "a.channel")
                .quick(
                        Quick.index("channel_accounts_newest").sorted(CREATED_AT),
                        Quick.index("channel_accounts_by_channel").by("channel").sorted(CREATED_AT),
                        Quick.index("channel_accounts_pk").by("id"))
                .idColumn("a.id")
                .build();
    }
}
