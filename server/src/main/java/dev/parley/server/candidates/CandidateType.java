package dev.parley.server.candidates;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.search.SearchFilter;
import java.util.EnumSet;
import java.util.Set;

/** The declaration of candidates. */
final class CandidateType {

    private static final Set<Operator> BY_ID = EnumSet.of(Operator.EQ, Operator.NE, Operator.IN, Operator.NULL);

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
            .attributes(Attribute.time("deletedAt"), Attribute.time("createdAt"), Attribute.time("updatedAt"))
            .idColumn("c.id")
            .filters(SearchFilter.declare())
            .filters(
                    Filter.text("phone", 64, "c.phone", null),
                    Filter.text("firstName", 255, "c.first_name", null),
                    Filter.text("lastName", 255, "c.last_name", "candidates_by_last_name"),
                    Filter.text("email", 320, "c.email", "candidates_by_email"),
                    Filter.text("postalCode", 32, "c.postal_code", null),
                    new Filter(
                            "candidateStatusId", new Kind.Id(), "c.candidate_status_id", BY_ID, "candidates_by_status"),
                    Filter.linked(UserType.OF_CANDIDATES, ASSIGNED, "user_candidates_pk"),
                    Filter.range("createdAt", "c.created_at", "candidates_newest"),
                    Filter.range("updatedAt", "c.updated_at", null))
            .sort("createdAt", "c.created_at")
            .sort("updatedAt", "c.updated_at")
            .nullableSort("lastName", "c.last_name")
            .nullableSort("firstName", "c.first_name")
            .build();

    private CandidateType() {}
}
