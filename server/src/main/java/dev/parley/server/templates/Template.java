package dev.parley.server.templates;

import dev.parley.connector.ProviderTemplate;
import dev.parley.connector.TemplateStatus;
import dev.parley.server.platform.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A template as it is stored. Immutable.
 *
 * @param owner whose it is at the provider
 * @param providerId the provider's id of it; null until that is known
 * @param named whether its variables have names, else numbers
 * @param components a JSON array in the provider's form
 * @param preview as the caller gave it; null for none
 * @param submittedAt set while it is not known whether the provider has it
 * @param changedAt the provider's time of the last change that a callback told
 */
record Template(
        UUID organizationId,
        UUID id,
        Owner owner,
        @Nullable String providerId,
        String name,
        String language,
        String category,
        boolean named,
        String components,
        @Nullable String preview,
        TemplateStatus status,
        @Nullable String rejectionReason,
        @Nullable String quality,
        @Nullable Instant submittedAt,
        @Nullable Instant changedAt,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * Who has templates at a provider.
     *
     * @param provider as in a channel account
     * @param id the provider's own
     */
    record Owner(String provider, String id) {}

    /** One that the provider has and we did not know. */
    static Template of(UUID organization, UUID id, Owner owner, ProviderTemplate found, Instant at) {
        return new Template(
                organization,
                id,
                owner,
                found.providerId(),
                found.name(),
                found.language(),
                found.category(),
                found.named(),
                written(found.components()),
                null,
                found.status(),
                found.rejectionReason(),
                found.quality(),
                null,
                null,
                1,
                at,
                at);
    }

    /** Whether its existence is known: only then it is shown. */
    boolean known() {
        return submittedAt == null;
    }

    /** The same as the provider has it now; the version rises if anything that is shown differs. */
    Template as(ProviderTemplate found, Instant at) {
        String theirs = written(found.components());
        boolean same = Json.MAPPER.readTree(theirs).equals(Json.MAPPER.readTree(components));
        return next(
                found.providerId(),
                found.category(),
                found.named(),
                same ? components : theirs,
                found.status(),
                reason(found),
                found.quality() == null ? quality : found.quality(),
                changedAt,
                at);
    }

    /** A callback says more than a list does: that is kept while it is still about the same. */
    private @Nullable String reason(ProviderTemplate found) {
        String theirs = found.rejectionReason();
        String ours = rejectionReason;
        boolean kept = ours != null && status == found.status() && (theirs == null || ours.startsWith(theirs));
        return kept ? ours : theirs;
    }

    /** JSON in our own spelling. */
    private static String written(String json) {
        return Json.text(Json.MAPPER.readTree(json));
    }

    /** The same, taken by the provider. */
    Template taken(String itsId, TemplateStatus itsStatus, @Nullable String itsCategory, Instant at) {
        String kept = itsCategory == null ? category : itsCategory;
        return next(itsId, kept, named, components, itsStatus, rejectionReason, quality, changedAt, at);
    }

    /**
     * The same in another status.
     *
     * @param itsCategory null for the one it has
     */
    Template in(
            TemplateStatus now,
            @Nullable String reason,
            @Nullable String itsCategory,
            @Nullable Instant changed,
            Instant at) {
        String kept = itsCategory == null ? category : itsCategory;
        return next(providerId, kept, named, components, now, reason, quality, changed, at);
    }

    /** The same with another quality. */
    Template rated(String now, @Nullable Instant changed, Instant at) {
        return next(providerId, category, named, components, status, rejectionReason, now, changed, at);
    }

    /** The same in another category. */
    Template moved(String now, @Nullable Instant changed, Instant at) {
        return next(providerId, now, named, components, status, rejectionReason, quality, changed, at);
    }

    /** The same with the id that the provider turned out to have for it. */
    Template identifiedBy(String itsId) {
        return new Template(
                organizationId,
                id,
                owner,
                itsId,
                name,
                language,
                category,
                named,
                components,
                preview,
                status,
                rejectionReason,
                quality,
                submittedAt,
                changedAt,
                version,
                createdAt,
                updatedAt);
    }

    /** The attributes that differ, by the names they are shown with. */
    List<String> differences(Template next) {
        List<String> fields = new ArrayList<>();
        add(fields, "category", category, next.category);
        add(fields, "components", components, next.components);
        add(fields, "status", status, next.status);
        add(fields, "rejectionReason", rejectionReason, next.rejectionReason);
        add(fields, "quality", quality, next.quality);
        return fields;
    }

    private static void add(List<String> fields, String name, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            fields.add(name);
        }
    }

    private Template next(
            @Nullable String itsId,
            String itsCategory,
            boolean isNamed,
            String itsComponents,
            TemplateStatus itsStatus,
            @Nullable String itsReason,
            @Nullable String itsQuality,
            @Nullable Instant changed,
            Instant at) {
        return new Template(
                organizationId,
                id,
                owner,
                itsId,
                name,
                language,
                itsCategory.isEmpty() ? category : itsCategory,
                isNamed,
                itsComponents,
                preview,
                itsStatus,
                itsReason,
                itsQuality,
                null,
                changed,
                version + 1,
                createdAt,
                at);
    }

    /** Which one it is, and nothing that it says. */
    @Override
    public String toString() {
        return "Template[" + id + " " + status + "]";
    }
}
