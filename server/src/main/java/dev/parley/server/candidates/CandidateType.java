package dev.parley.server.candidates;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.Quick;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.search.SearchFilter;

/** The declaration of candidates. */
final class CandidateType {

    private static final String CREATED_AT = "createdAt";

    private static final String ASSIGNED =
            "exists (select from user_candidates a where a.organization_id = c.organization_id and a.candidate_id = c.id"
                    + " and a.user_id = " + Filter.VALUE + ")";

    static final ResourceType TYPE = ResourceType.named("candidates")
            .attributes(
                    Attribute.text("phone", 1, 64).required().updatable(),
                    Attribute.text("firstName", 0, 255).optional().updatable(),
                    Attribute.text("lastName", 0, 255).optional().updatable(),
                    Attribute.text("email", 0, 320).optional().updatable(),
                    Attribute.text("postalCode", 0, 32).optional().updatable())
            .relation(Relation.toOne("candidateStatus", "candidateStatuses")
                    .optional()
                    .updatable())
            .attributes(Attribute.time("deletedAt"), Attribute.time(CREATED_AT), Attribute.time("updatedAt"))
            .idColumn("c.id")
            .filters(SearchFilter.declare())
            .filters(
                    Filter.key("c.id"),
                    Filter.text("phone", 64, "c.phone"),
                    Filter.text("firstName", 255, "c.first_name"),
                    Filter.text("lastName", 255, "c.last_name"),
                    Filter.text("email", 320, "c.email"),
                    Filter.text("postalCode", 32, "c.postal_code"),
                    Filter.id("candidateStatusId", "c.candidate_status_id"),
                    Filter.linked(UserType.OF_CANDIDATES, ASSIGNED),
                    Filter.range(CREATED_AT, "c.created_at"),
                    Filter.range("updatedAt", "c.updated_at"))
            .sort(CREATED_AT, "c.created_at")
            .sort("updatedAt", "c.updated_at")
            .nullableSort("lastName", "c.last_name")
            .nullableSort("firstName", "c.first_name")
            .quick(
                    Quick.index("candidates_newest").sorted(CREATED_AT),
                    Quick.index("candidates_newest").within(CREATED_AT).sorted(CREATED_AT),
                    Quick.index("candidates_by_phone").by("phone").sorted(CREATED_AT),
                    Quick.index("candidates_by_phone").by("phone", Operator.IN, Operator.PREFIX),
                    Quick.index("candidates_by_email").by("email").sorted(CREATED_AT),
                    Quick.index("candidates_by_email_any_case")
                            .by("email", Operator.EQL)
                            .sorted(CREATED_AT),
                    Quick.index("candidates_by_last_name").by("lastName").sorted(CREATED_AT),
                    Quick.index("candidates_by_last_name").by("lastName", Operator.IN, Operator.PREFIX),
                    Quick.index("candidates_by_first_name").by("firstName").sorted(CREATED_AT),
                    Quick.index("candidates_by_first_name").by("firstName", Operator.IN, Operator.PREFIX),
                    Quick.index("candidates_by_status").by("candidateStatusId").sorted(CREATED_AT),
                    Quick.index("user_candidates_pk").by(UserType.OF_CANDIDATES),
                    Quick.index("candidates_pk").by("id", Operator.EQ, Operator.IN))
            .build();

    private CandidateType() {}
}
