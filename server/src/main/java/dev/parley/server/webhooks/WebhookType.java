package dev.parley.server.webhooks;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.util.List;

/** The declaration of webhooks, as {@code docs/openapi.yaml} has it. */
final class WebhookType {

    static final String NAME = "webhooks";
    static final String RESOURCE = "resource";
    static final String EVENT = "event";
    static final String FIELDS = "fields";
    static final String URL = "webhookUrl";
    static final String SECRET_HEADER = "secretHeader";
    static final String ACTIVE = "active";
    static final String INACTIVE_REASON = "inactiveReason";
    static final String PAUSED_AT = "pausedAt";
    static final String UPDATE = "update";

    static final List<String> EVENTS = List.of("create", UPDATE, "delete");

    private WebhookType() {}

    /** @param announced reads names of resources */
    static ResourceType declare(Announced announced) {
        return ResourceType.named(NAME)
                .managed()
                .attributes(
                        Attribute.special(RESOURCE, announced).required().updatable(),
                        Attribute.choice(EVENT, EVENTS.toArray(String[]::new))
                                .required()
                                .updatable(),
                        Attribute.special(FIELDS, FieldNames::parse).optional().updatable(),
                        Attribute.url(URL).optional().updatable(),
                        Attribute.bool(ACTIVE).optional().updatable().notNull(),
                        Attribute.bool(SECRET_HEADER).optional().updatable().notNull(),
                        Attribute.text(INACTIVE_REASON, 0, 255),
                        Attribute.time(PAUSED_AT),
                        Attribute.time("createdAt"),
                        Attribute.time("updatedAt"))
                .relation(Relation.toMany("webhookLogs", WebhookLogType.NAME, WebhookLogType.WEBHOOK))
                .filters(
                        Filter.key("w.id"),
                        Filter.text(RESOURCE, 255, "w.resource"),
                        Filter.words(EVENT, "w.event", EVENTS),
                        Filter.text(URL, 2048, "w.webhook_url"),
                        Filter.flag(ACTIVE, "w.active"),
                        Filter.flag(SECRET_HEADER, "w.secret_header"),
                        Filter.text(INACTIVE_REASON, 255, "w.inactive_reason"),
                        Filter.range(PAUSED_AT, "e.paused_at").nullable(),
                        Filter.range("createdAt", "w.created_at"),
                        Filter.range("updatedAt", "w.updated_at"))
                .sort("createdAt", "w.created_at")
                .sort("updatedAt", "w.updated_at")
                .sort(RESOURCE, "w.resource")
                .few()
                .idColumn("w.id")
                .build();
    }
}
