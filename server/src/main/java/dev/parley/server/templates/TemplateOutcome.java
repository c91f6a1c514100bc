package dev.parley.server.templates;

import dev.parley.connector.ProviderError;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of making or deleting a template. */
sealed interface TemplateOutcome {

    /** It was made. */
    record Made(Template template) implements TemplateOutcome {}

    /** It was deleted. */
    record Deleted() implements TemplateOutcome {}

    /** There is none with this id. */
    record Missing() implements TemplateOutcome {}

    /** It is not in the state that was demanded. */
    record Changed() implements TemplateOutcome {}

    /** The organization has no account of a provider with templates. */
    record NoAccount() implements TemplateOutcome {}

    /** The id that the caller chose is taken. */
    record IdTaken() implements TemplateOutcome {}

    /**
     * Name and language are taken.
     *
     * @param id of the one that has them; null when it is not known yet
     * @param error the provider's, where it was the one that knew
     */
    record NameTaken(@Nullable UUID id, @Nullable ProviderError error) implements TemplateOutcome {}

    /** The provider said no. */
    record Refused(ProviderError error) implements TemplateOutcome {}

    /** The provider was not reached: nothing was made. */
    record NotReached() implements TemplateOutcome {}

    /**
     * It is not known whether the provider did it.
     *
     * @param id of the template
     */
    record Unknown(UUID id) implements TemplateOutcome {}
}
