package dev.parley.server.audit;

import dev.parley.server.platform.actor.Actor;
import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.jsonapi.ResourceType.Method;
import java.util.stream.Stream;

/** The declarations of audit entries: an organization's own, and all of them for the partner. Nobody writes them. */
final class AuditType {

    static final String ORGANIZATION = "organizationId";
    static final String ACTION = "action";
    static final String ACTOR = "actor";
    static final String TOKEN = "tokenId";
    static final String RESOURCE_TYPE = "resourceType";
    static final String RESOURCE = "resourceId";
    static final String CREATED_AT = "createdAt";

    /** Of an organization. */
    static final ResourceType OWN = declared("audit_entries_newest").build();

    /** Of all organizations: each names its own, also one that was removed. */
    static final ResourceType MANAGED = declared("audit_entries_newest_of_all")
            .withoutOrganization()
            .path("/management/audit-entries")
            .attributes(Attribute.id(ORGANIZATION))
            .filters(Filter.equal(ORGANIZATION, new Kind.Id(), "a.organization_id", "audit_entries_newest"))
            .build();

    private AuditType() {}

    private static ResourceType.Builder declared(String newest) {
        Kind actions = new Kind.Choice(AuditAction.words());
        Kind types = new Kind.Choice(AuditAction.resourceTypes());
        return ResourceType.named("auditEntries")
                .attributes(
                        Attribute.choice(ACTION, AuditAction.words().toArray(String[]::new)),
                        Attribute.choice(
                                ACTOR,
                                Stream.of(Actor.Kind.values())
                                        .map(Actor.Kind::word)
                                        .toArray(String[]::new)),
                        Attribute.id(TOKEN),
                        Attribute.text("tokenName", 0, 255),
                        Attribute.text("requestId", 0, 128),
                        Attribute.text(RESOURCE_TYPE, 0, 64),
                        Attribute.id(RESOURCE),
                        Attribute.object("counts"),
                        Attribute.time(CREATED_AT))
                .methods(Method.LIST, Method.GET)
                .filters(
                        Filter.equal(ACTION, actions, "a.action", newest).with(Operator.IN),
                        Filter.equal(RESOURCE_TYPE, types, "a.resource_type", newest)
                                .with(Operator.IN),
                        Filter.equal(RESOURCE, new Kind.Id(), "a.subject", "audit_entries_subject"),
                        Filter.equal(TOKEN, new Kind.Id(), "a.token_id", "audit_entries_token"),
                        Filter.range(CREATED_AT, "a.created_at", newest))
                .sort(CREATED_AT, "a.created_at")
                .idColumn("a.id");
    }
}
