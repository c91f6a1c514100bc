package dev.parley.server.candidates;

import dev.parley.server.platform.jsonapi.Attribute;
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
            .idColumn("c.id")
            .sort("createdAt", "c.created_at")
            .build();

    private CandidateType() {}
}
