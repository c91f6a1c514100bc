package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.jsonapi.Includables.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Includes what the relations of a document's resources lead to. Each relation of the tree is one question for all the
 * resources that have it, and none for what the document holds already.
 *
 * <p>A document includes a bounded number of resources. Relations to one resource come first, and those to many share the
 * room that is left, with what is to be included of theirs counted in: so the latter are cut, and say where they go on.
 * Used once.
 */
final class Inclusion {

    /** Resources included in one document. */
    static final int MOST = 1_000;

    /** Resources that a relation to many shows of one resource. */
    static final int MOST_OF_ONE = 100;

    private final Includables includables;
    private final UUID organization;
    private final Compound compound;
    private final int most;
    private final Queue<Step> toOne = new ArrayDeque<>();
    private final Queue<Step> toMany = new ArrayDeque<>();

    /** A relation to follow, from resources that all have it. */
    private record Step(Collection<Compound.Entry> from, Relation relation, Target target, IncludeTree below) {}

    Inclusion(Includables includables, UUID organization, Compound compound, int most) {
        this.includables = includables;
        this.organization = organization;
        this.compound = compound;
        this.most = most;
    }

    /** Follows the tree from the document's own resources; what speaks against it, null for nothing. */
    @Nullable
    Problem follow(IncludeTree tree) throws Exception {
        plan(compound.primary(), tree);
        while (true) {
            Step step = toOne.isEmpty() ? toMany.poll() : toOne.poll();
            if (step == null) {
                return null;
            }
            Problem problem =
                    step.relation() instanceof Relation.ToMany many ? followMany(step, many) : followOne(step);
            if (problem != null) {
                return problem;
            }
        }
    }

    private void plan(Collection<Compound.Entry> from, IncludeTree tree) {
        if (from.isEmpty()) {
            return;
        }
        ResourceType type = from.iterator().next().type();
        tree.branches().forEach((name, below) -> {
            Relation relation = type.relations().get(name);
            Target target = relation == null ? null : includables.of(relation);
            if (relation != null && target != null) {
                Queue<Step> queue = relation instanceof Relation.ToMany ? toMany : toOne;
                queue.add(new Step(from, relation, target, below));
            }
        });
    }

    private @Nullable Problem followOne(Step step) throws Exception {
        ResourceType type = step.target().type();
        Set<UUID> missing = new LinkedHashSet<>();
        for (Compound.Entry entry : step.from()) {
            UUID id = related(entry, step.relation());
            if (id != null && compound.find(type, id) == null) {
                missing.add(id);
            }
        }
        if (missing.size() > room()) {
            return tooMany();
        }
        Map<UUID, Resource> found =
                missing.isEmpty() ? Map.of() : step.target().source().byIds(organization, missing);
        Set<Compound.Entry> reached = new LinkedHashSet<>();
        for (Compound.Entry entry : step.from()) {
            UUID id = related(entry, step.relation());
            if (id != null) {
                Compound.Entry to = reach(type, id, found.get(id));
                link(entry, step.relation(), id, to);
                if (to != null) {
                    reached.add(to);
                }
            }
        }
        plan(reached, step.below());
        return null;
    }

    private Compound.@Nullable Entry reach(ResourceType type, UUID id, @Nullable Resource found) {
        Compound.Entry there = compound.find(type, id);
        return there != null || found == null ? there : compound.include(type, found);
    }

    /** Another resource may have taken the place of the one that was named: then the attribute names it too. */
    private static void link(Compound.Entry entry, Relation relation, UUID id, Compound.@Nullable Entry to) {
        UUID reached = to == null ? null : to.resource().id();
        entry.linkages().put(relation.name(), new Linkage.One(reached));
        Attribute holder = relation.idAttribute();
        if (reached != null && holder != null && !reached.equals(id)) {
            entry.resource().attributes().put(holder.name(), reached.toString());
        }
    }

    private @Nullable Problem followMany(Step step, Relation.ToMany relation) throws Exception {
        List<Compound.Entry> open = step.from().stream()
                .filter(entry -> !entry.linkages().containsKey(relation.name()))
                .toList();
        if (!open.isEmpty()) {
            int shares = (toMany.size() + 1) * open.size() * (1 + step.below().size());
            int size = Math.min(MOST_OF_ONE, room() / shares);
            if (size == 0) {
                return tooMany();
            }
            include(step.target(), relation, open, size);
        }
        plan(reached(step, relation), step.below());
        return null;
    }

    private void include(Target target, Relation.ToMany relation, List<Compound.Entry> open, int size)
            throws Exception {
        Filter filter = target.type().filters().get(relation.filter());
        if (filter == null) {
            throw new IllegalStateException("not includable: " + relation.name());
        }
        Set<UUID> parents =
                open.stream().map(entry -> entry.resource().id()).collect(Collectors.toCollection(LinkedHashSet::new));
        Map<UUID, List<Resource>> found = target.source().newest(organization, filter, parents, size + 1);
        for (Compound.Entry entry : open) {
            List<Resource> all = found.getOrDefault(entry.resource().id(), List.of());
            List<UUID> ids = new ArrayList<>();
            for (Resource resource : all.subList(0, Math.min(size, all.size()))) {
                ids.add(compound.include(target.type(), resource).resource().id());
            }
            entry.linkages().put(relation.name(), new Linkage.Many(ids, size, all.size() > size));
        }
    }

    private Set<Compound.Entry> reached(Step step, Relation relation) {
        Set<Compound.Entry> reached = new LinkedHashSet<>();
        for (Compound.Entry entry : step.from()) {
            if (entry.linkages().get(relation.name()) instanceof Linkage.Many(List<UUID> ids, int size, boolean more)) {
                for (UUID id : ids) {
                    Compound.Entry to = compound.find(step.target().type(), id);
                    if (to != null) {
                        reached.add(to);
                    }
                }
            }
        }
        return reached;
    }

    private @Nullable UUID related(Compound.Entry entry, Relation relation) {
        return switch (relation) {
            case Relation.Organization own -> organization;
            case Relation.ToOne one -> {
                JsonNode id = entry.resource().attributes().get(one.id().name());
                yield id == null || id.isNull() ? null : Uuids.parse(id.asString());
            }
            case Relation.ToMany many -> null;
        };
    }

    private int room() {
        return most - compound.includedCount();
    }

    private Problem tooMany() {
        return Problem.parameter(
                ProblemCode.INVALID_QUERY_PARAMETER,
                IncludeReader.PARAMETER,
                "A document includes at most " + most + " resources. Include less, or ask for smaller pages.");
    }
}
