package dev.parley.server.audit;

import dev.parley.server.platform.actor.Actor;
import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.Quick;
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
    static final ResourceType OWN = declared("audit_entries_newest")
            .quick(Quick.index("audit_entries_token").by(TOKEN).sorted(CREATED_AT))
            .build();

    /** Of all organizations: each names its own, also one that was removed. */
    static final ResourceType MANAGED = declared("audit_entries_newest_of_all")
            .withoutOrganization()
            .path("/management/audit-entries")
            .attributes(Attribute.id(ORGANIZATION))
            .filters(Filter.of(ORGANIZATION, new Kind.Id(), "a.organization_id", Operator.EQ, Operator.IN))
            .quick(
                    Quick.index("audit_entries_newest").by(ORGANIZATION).sorted(CREATED_AT),
                    Quick.index("audit_entries_id").by("id", Operator.EQ, Operator.IN))
            .build();

    private AuditType() {}

    private static ResourceType.Builder declared(String newest) {
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
                        Filter.key("a.id"),
                        Filter.words(ACTION, "a.action", AuditAction.words()),
                        Filter.of(
                                RESOURCE_TYPE,
                                new Kind.Choice(AuditAction.resourceTypes()),
                                "a.resource_type",
                                Operator.EQ,
                                Operator.IN),
                        Filter.of(RESOURCE, new Kind.Id(), "a.subject", Operator.EQ, Operator.IN),
                        Filter.id(TOKEN, "a.token_id"),
                        Filter.range(CREATED_AT, "a.created_at"))
                .quick(
                        Quick.index(newest).sorted(CREATED_AT),
                        Quick.index(newest).within(CREATED_AT).sorted(CREATED_AT),
                        Quick.index("audit_entries_subject").by(RESOURCE).sorted(CREATED_AT))
                .sort(CREATED_AT, "a.created_at")
                .idColumn("a.id");
    }
}
