package dev.parley.server.candidates;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.jsonapi.ResourceType.Method;

/** The declaration of candidate statuses; each organization has the four that it starts with. */
final class CandidateStatusType {

    static final ResourceType TYPE = ResourceType.named("candidateStatuses")
            .attributes(
                    Attribute.text("name", 1, 255),
                    Attribute.whole("position", 1, Integer.MAX_VALUE),
                    Attribute.time("createdAt"),
                    Attribute.time("updatedAt"))
            .methods(Method.LIST, Method.GET)
            .idColumn("s.id")
            .sort("createdAt", "s.created_at")
            .sort("position", "s.position")
            .build();

    private CandidateStatusType() {}
}
