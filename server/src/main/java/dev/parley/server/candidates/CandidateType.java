package dev.parley.server.candidates;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.ResourceType;

/** The declaration of candidates. */
final class CandidateType {

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
            .filters(
                    Filter.equal("candidateStatusId", new Kind.Id(), "c.candidate_status_id", "candidates_by_status"),
                    Filter.equal("email", new Kind.Text(0, 320), "c.email", "candidates_by_email"),
                    Filter.equal("lastName", new Kind.Text(0, 255), "c.last_name", "candidates_by_last_name"))
            .idColumn("c.id")
            .sort("createdAt", "c.created_at")
            .build();

    private CandidateType() {}
}
