package dev.parley.server.candidates;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.Quick;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.ResourceType;

/** The declaration of users. */
final class UserType {

    static final String FIRST_NAME = "firstName";
    static final String LAST_NAME = "lastName";
    static final String FULL_NAME = "fullName";
    static final String EMAIL = "email";
    static final String PHONE = "phone";
    static final String TIME_ZONE = "timeZone";
    static final String EXTERNAL_ID = "externalId";
    static final String CANDIDATES = "candidates";

    private static final String CREATED_AT = "createdAt";

    /** The field that lists of candidates have for the user they are assigned to. */
    static final String OF_CANDIDATES = "userId";

    /** Candidates assigned to one user; a write replaces them all, so that is also what one request may give. */
    static final int MOST_CANDIDATES = 1_000;

    static final ResourceType TYPE = ResourceType.named("users")
            .attributes(
                    Attribute.text(FIRST_NAME, 1, 255).required().updatable(),
                    Attribute.text(LAST_NAME, 1, 255).required().updatable(),
                    Attribute.text(FULL_NAME, 0, 511),
                    Attribute.text(EMAIL, 0, 320).optional().updatable(),
                    Attribute.text(PHONE, 0, 64).optional().updatable(),
                    Attribute.special(TIME_ZONE, new TimeZoneName()).optional().updatable(),
                    Attribute.text(EXTERNAL_ID, 0, 255).optional().updatable(),
                    Attribute.time("createdAt"),
                    Attribute.time("updatedAt"))
            .relation(Relation.toMany(CANDIDATES, "candidates", OF_CANDIDATES).writable(MOST_CANDIDATES))
            .idColumn("u.id")
            .filters(
                    Filter.key("u.id"),
                    Filter.of("organizationId", new Kind.Id(), "u.organization_id", Operator.EQ),
                    Filter.text(FIRST_NAME, 255, "u.first_name"),
                    Filter.text(LAST_NAME, 255, "u.last_name"),
                    Filter.text(FULL_NAME, 511, "(u.first_name || ' ' || u.last_name)"),
                    Filter.text(EMAIL, 320, "u.email"),
                    Filter.text(PHONE, 64, "u.phone"),
                    Filter.text(TIME_ZONE, 64, "u.time_zone"),
                    Filter.text(EXTERNAL_ID, 255, "u.external_id"),
                    Filter.range(CREATED_AT, "u.created_at"),
                    Filter.range("updatedAt", "u.updated_at"))
            .sort(CREATED_AT, "u.created_at")
            .sort("updatedAt", "u.updated_at")
            .sort(LAST_NAME, "u.last_name")
            .sort(FIRST_NAME, "u.first_name")
            .nullableSort(EMAIL, "u.email")
            .nullableSort(EXTERNAL_ID, "u.external_id")
            .quick(
                    Quick.index("users_newest").sorted(CREATED_AT),
                    Quick.index("users_newest").by("organizationId").sorted(CREATED_AT),
                    Quick.index("users_newest").within(CREATED_AT).sorted(CREATED_AT),
                    Quick.index("users_by_external_id").by(EXTERNAL_ID).sorted(CREATED_AT),
                    Quick.index("users_by_email").by(EMAIL).sorted(CREATED_AT),
                    Quick.index("users_pk").by("id", Operator.EQ, Operator.IN))
            .build();

    private UserType() {}
}
