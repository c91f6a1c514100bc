package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The declaration of a resource: everything the layer needs to route, read, check and write it. Immutable. */
public final class ResourceType {

    /** What a resource can be asked for. */
    public enum Method {
        LIST,
        GET,
        CREATE,
        UPDATE,
        DELETE
    }

    /** Stands in a path for the organization that a partner calls for. */
    static final String ORGANIZATION = "{organizationId}";

    private final String type;
    private final String path;
    private final Map<String, Attribute> attributes;
    private final Map<String, Relation> relations;
    private final Map<String, Filter> filters;
    private final Map<String, String> sorts;
    private final Set<String> nullableSorts;
    private final List<Quick> quick;
    private final boolean few;
    private final Set<Method> methods;
    private final String idColumn;
    private final boolean badIdsIgnored;
    private final long bodyLimit;
    private final boolean idempotent;
    private final boolean providerCalled;
    private final Set<String> shownOnce;
    private final boolean managed;

    private ResourceType(Builder from) {
        type = from.type;
        path = from.path;
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(from.attributes));
        relations = Collections.unmodifiableMap(new LinkedHashMap<>(from.relations));
        filters = Collections.unmodifiableMap(new LinkedHashMap<>(from.filters));
        sorts = Collections.unmodifiableMap(new LinkedHashMap<>(from.sorts));
        nullableSorts = Set.copyOf(from.nullableSorts);
        quick = List.copyOf(from.quick);
        few = from.few;
        methods = Collections.unmodifiableSet(EnumSet.copyOf(from.methods));
        idColumn = from.idColumn;
        badIdsIgnored = from.badIdsIgnored;
        bodyLimit = from.bodyLimit;
        idempotent = from.idempotent;
        providerCalled = from.providerCalled;
        shownOnce = Set.copyOf(from.shownOnce);
        managed = from.managed;
        quick.forEach(one -> one.check(this));
    }

    /** Begins a declaration: {@code messageThreads} is served at {@code /message-threads} until told otherwise. */
    public static Builder named(String type) {
        return new Builder(type);
    }

    /** The type on the wire. */
    public String type() {
        return type;
    }

    /** The path below the base path. */
    public String path() {
        return path;
    }

    /** The same, with the organization in it where the path names one. */
    String path(@Nullable UUID organization) {
        return organization == null ? path : path.replace(ORGANIZATION, organization.toString());
    }

    /** By name, in the order of answers; those of relationships included. */
    public Map<String, Attribute> attributes() {
        return attributes;
    }

    /** By name. */
    public Map<String, Relation> relations() {
        return relations;
    }

    /** By field. */
    public Map<String, Filter> filters() {
        return filters;
    }

    /** What a change can name: its attributes, and the relationships to many that can be written. */
    public Set<String> fields() {
        Set<String> fields = new LinkedHashSet<>(attributes.keySet());
        for (Relation relation : relations.values()) {
            if (relation instanceof Relation.ToMany many && many.most() > 0) {
                fields.add(many.name());
            }
        }
        return fields;
    }

    /** Columns by field. */
    public Map<String, String> sorts() {
        return sorts;
    }

    /** The combinations that an index makes quick. */
    public List<Quick> quick() {
        return quick;
    }

    /** Whether an organization has so few of them that every filter and sort is quick. */
    public boolean few() {
        return few;
    }

    /** Whether a row may have null where it is sorted by this field. */
    boolean sortsNulls(String field) {
        return nullableSorts.contains(field);
    }

    /** What a sort field holds: as its attribute does, or a time where it is no attribute. */
    Kind sortKind(String field) {
        Attribute attribute = attributes.get(field);
        return attribute == null ? new Kind.Time() : attribute.kind();
    }

    /** What it can be asked for. */
    public Set<Method> methods() {
        return methods;
    }

    /** The column that breaks ties. */
    public String idColumn() {
        return idColumn;
    }

    boolean badIdsIgnored() {
        return badIdsIgnored;
    }

    /** How POST is kept from being done twice. */
    Keyed keyed() {
        if (idempotent) {
            return Keyed.OWN;
        }
        return providerCalled ? Keyed.ONCE : Keyed.TRANSACTION;
    }

    /** Whether a write can be part of a transaction around it. */
    boolean joins() {
        return !providerCalled;
    }

    /** Whether anybody can write it. */
    boolean isWritten() {
        return methods.contains(Method.CREATE) || methods.contains(Method.UPDATE) || methods.contains(Method.DELETE);
    }

    /** Attributes that only the first answer shows. */
    public Set<String> shownOnce() {
        return shownOnce;
    }

    /** What writing it needs. */
    Scope scope() {
        return managed ? Scope.MANAGE : Scope.SEND;
    }

    /** Bytes that a body may have; 0 for the server's default. */
    long bodyLimit() {
        return bodyLimit;
    }

    /** Collects a declaration. */
    public static final class Builder {
        private final String type;
        private String path;
        private final Map<String, Attribute> attributes = new LinkedHashMap<>();
        private final Map<String, Relation> relations = new LinkedHashMap<>();
        private final Map<String, Filter> filters = new LinkedHashMap<>();
        private final Map<String, String> sorts = new LinkedHashMap<>();
        private final List<String> nullableSorts = new ArrayList<>();
        private final List<Quick> quick = new ArrayList<>();
        private boolean few;
        private final List<Method> methods = new ArrayList<>(List.of(Method.values()));
        private String idColumn = "id";
        private boolean badIdsIgnored;
        private long bodyLimit;
        private boolean idempotent;
        private boolean providerCalled;
        private final List<String> shownOnce = new ArrayList<>();
        private boolean managed;

        private Builder(String type) {
            this.type = type;
            this.path = "/" + Names.kebab(type);
            relations.put("organization", new Relation.Organization());
        }

        /** Another path than the type's own. */
        public Builder path(String newPath) {
            path = newPath;
            return this;
        }

        /** Tokens need the scope {@code manage} to write it. */
        public Builder managed() {
            managed = true;
            return this;
        }

        /** A resource that belongs to no organization, or is one. */
        public Builder withoutOrganization() {
            relations.remove("organization");
            return this;
        }

        /** Attributes, in the order of answers. */
        public Builder attributes(Attribute... more) {
            for (Attribute attribute : more) {
                once(attributes.put(attribute.name(), attribute), attribute.name());
            }
            return this;
        }

        /** A relationship; one to a single resource brings its {@code <name>Id} attribute along. */
        public Builder relation(Relation relation) {
            once(relations.put(relation.name(), relation), relation.name());
            Attribute id = relation.idAttribute();
            return id == null ? this : attributes(id);
        }

        /** Fields to filter by. */
        public Builder filters(Filter... more) {
            for (Filter filter : more) {
                once(filters.put(filter.field(), filter), filter.field());
            }
            return this;
        }

        /** A field to sort by, with its SQL expression, which is never null. */
        public Builder sort(String field, String column) {
            once(sorts.put(field, column), field);
            return this;
        }

        /** A field to sort by, with its SQL expression, which may be null. */
        public Builder nullableSort(String field, String column) {
            nullableSorts.add(field);
            return sort(field, column);
        }

        /** Combinations of these filters and sorts that an index makes quick. */
        public Builder quick(Quick... more) {
            quick.addAll(List.of(more));
            return this;
        }

        /** An organization has so few of them that every filter and sort is quick. */
        public Builder few() {
            few = true;
            return this;
        }

        /** The SQL expression that breaks ties, {@code id} until told otherwise. */
        public Builder idColumn(String column) {
            idColumn = column;
            return this;
        }

        /** What it can be asked for; everything until told otherwise. */
        public Builder methods(Method... only) {
            methods.clear();
            methods.addAll(List.of(only));
            return this;
        }

        /** An id on POST that isn't a UUID is left out and named in {@code meta.ignored}. */
        public Builder ignoringBadIds() {
            badIdsIgnored = true;
            return this;
        }

        /** Bodies of POST and PATCH may have so many bytes. */
        public Builder bodyLimit(long bytes) {
            bodyLimit = bytes;
            return this;
        }

        /** Secrets that only the answer to the write that made them shows: they are left out of what is kept for a key. */
        public Builder shownOnce(String... names) {
            shownOnce.addAll(List.of(names));
            return this;
        }

        /** Writes call a provider, so that they can't be part of a transaction around them. */
        public Builder callsProvider() {
            providerCalled = true;
            return this;
        }

        /** POST looks after {@code Idempotency-Key} itself: the handler looks at {@link RequestContext#idempotencyKey()}. */
        public Builder idempotent() {
            idempotent = true;
            return this;
        }

        /** The declaration. */
        public ResourceType build() {
            return new ResourceType(this);
        }

        private static void once(@Nullable Object before, String name) {
            if (before != null) {
                throw new IllegalArgumentException("declared twice: " + name);
            }
        }
    }
}
