package dev.parley.server.webhooks;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.Operator;
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
    private static final String NEWEST = "webhook_deliveries_newest";

    static final ResourceType TYPE = ResourceType.named(NAME)
            .managed()
            .relation(Relation.toOne("webhook", WebhookType.NAME))
            .attributes(
                    Attribute.text("event", 1, 16),
                    Attribute.text("resourceType", 1, 255),
                    Attribute.id("resourceId"),
                    Attribute.choice("status", STATUSES.toArray(String[]::new)),
                    Attribute.list("attempts"),
                    Attribute.time("nextAttemptAt"),
                    Attribute.time("createdAt"),
                    Attribute.time("updatedAt"))
            .methods(Method.LIST, Method.GET)
            .filters(
                    Filter.equal(WEBHOOK, new Kind.Id(), "d.webhook_id", "webhook_deliveries_webhook"),
                    Filter.equal("status", new Kind.Choice(STATUSES), "d.status", NEWEST)
                            .with(Operator.IN, Operator.NE),
                    Filter.equal("resourceId", new Kind.Id(), "d.resource_id", "webhook_deliveries_resource"),
                    Filter.equal("createdAt", new Kind.Time(), "d.created_at", NEWEST)
                            .with(Operator.GT, Operator.GTE, Operator.LT, Operator.LTE))
            .sort("createdAt", "d.created_at")
            .idColumn("d.id")
            .build();

    private WebhookLogType() {}
}
