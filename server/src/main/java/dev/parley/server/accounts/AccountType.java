package dev.parley.server.accounts;

import dev.parley.connector.Connector;
import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.util.Collection;

/** The declaration of channel accounts. */
final class AccountType {

    static final String TYPE = "channelAccounts";

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
                        Attribute.choice("status", "connected", "paused")
                                .optional()
                                .updatable()
                                .notNull(),
                        Attribute.text("statusReason", 0, Integer.MAX_VALUE),
                        Attribute.whole("messagesPerSecond", 1, 10_000)
                                .optional()
                                .updatable()
                                .notNull(),
                        Attribute.choice("inDoubt", "fail", "resend")
                                .optional()
                                .updatable()
                                .notNull(),
                        Attribute.url("callbackUrl"),
                        Attribute.object("settings").optional().updatable().notNull(),
                        Attribute.time("createdAt"),
                        Attribute.time("updatedAt"))
                .sort("createdAt", "a.created_at")
                .idColumn("a.id")
                .build();
    }
}
