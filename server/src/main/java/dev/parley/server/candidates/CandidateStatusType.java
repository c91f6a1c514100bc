package dev.parley.server.candidates;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.ResourceType;

/** The declaration of candidate statuses. */
final class CandidateStatusType {

    static final String NAME = "name";
    static final String POSITION = "position";

    /** Far from what an integer holds, so that "after the last" always has a place. */
    static final int LAST_POSITION = 1_000_000;

    static final ResourceType TYPE = ResourceType.named("candidateStatuses")
            .attributes(
                    Attribute.text(NAME, 1, 255).required().updatable(),
                    Attribute.whole(POSITION, 1, LAST_POSITION)
                            .optional()
                            .updatable()
                            .notNull(),
                    Attribute.time("createdAt"),
                    Attribute.time("updatedAt"))
            .idColumn("s.id")
            .filters(
                    Filter.key("s.id"),
                    Filter.text(NAME, 255, "s.name"),
                    Filter.whole(POSITION, 1, LAST_POSITION, "s.position"),
                    Filter.range("createdAt", "s.created_at"),
                    Filter.range("updatedAt", "s.updated_at"))
            .sort("createdAt", "s.created_at")
            .sort("updatedAt", "s.updated_at")
            .sort(POSITION, "s.position")
            .sort(NAME, "s.name")
            .few()
            .build();

    private CandidateStatusType() {}
}
