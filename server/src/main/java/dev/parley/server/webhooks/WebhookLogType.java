package dev.parley.server.webhooks;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.Quick;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.jsonapi.ResourceType.Method;
import java.util.List;

/** The declaration of webhook logs: deliveries as the API shows them. */
final class WebhookLogType {

    static final String NAME = "webhookLogs";
    static final String WEBHOOK = "webhookId";
    static final String PENDING = "pending";
    static final String FAILED = "failed";
    static final String DELIVERED = "delivered";

    private static final List<String> STATUSES = List.of(PENDING, DELIVERED, FAILED);
    private static final String STATUS = "status";
    private static final String CREATED_AT = "createdAt";
    private static final Operator[] SOME = {Operator.EQ, Operator.NE, Operator.IN};
    private static final String NEXT_ATTEMPT_AT = "(case when d.status = 'pending' then d.due_at end)";
    private static final String NEWEST = "webhook_deliveries_newest";

    static final ResourceType TYPE = ResourceType.named(NAME)
            .managed()
            .relation(Relation.toOne("webhook", WebhookType.NAME))
            .attributes(
                    Attribute.text("event", 1, 16),
                    Attribute.text("resourceType", 1, 255),
                    Attribute.id("resourceId"),
                    Attribute.choice(STATUS, STATUSES.toArray(String[]::new)),
                    Attribute.list("attempts"),
                    Attribute.time("nextAttemptAt"),
                    Attribute.time("createdAt"),
                    Attribute.time("updatedAt"))
            .methods(Method.LIST, Method.GET)
            .filters(
                    Filter.key("d.id"),
                    Filter.id(WEBHOOK, "d.webhook_id"),
                    Filter.words("event", "d.event", WebhookType.EVENTS),
                    Filter.text("resourceType", 255, "d.resource_type"),
                    Filter.id("resourceId", "d.resource_id"),
                    Filter.words(STATUS, "d.status", STATUSES),
                    Filter.range("nextAttemptAt", NEXT_ATTEMPT_AT).nullable(),
                    Filter.range(CREATED_AT, "d.created_at"),
                    Filter.range("updatedAt", "d.updated_at"))
            .sort(CREATED_AT, "d.created_at")
            .sort("updatedAt", "d.updated_at")
            .quick(
                    Quick.index(NEWEST).sorted(CREATED_AT),
                    Quick.index(NEWEST).within(CREATED_AT).sorted(CREATED_AT),
                    Quick.index(NEWEST).by(STATUS, SOME).within(CREATED_AT).sorted(CREATED_AT),
                    Quick.index("webhook_deliveries_failed")
                            .only(STATUS, FAILED)
                            .sorted(CREATED_AT),
                    Quick.index("webhook_deliveries_webhook").by(WEBHOOK).sorted(CREATED_AT),
                    Quick.index("webhook_deliveries_webhook")
                            .by(WEBHOOK)
                            .within(CREATED_AT)
                            .sorted(CREATED_AT),
                    Quick.index("webhook_deliveries_resource").by("resourceId", Operator.EQ, Operator.IN),
                    Quick.index("webhook_deliveries_pk").by("id", Operator.EQ, Operator.IN))
            .idColumn("d.id")
            .build();

    private WebhookLogType() {}
}
