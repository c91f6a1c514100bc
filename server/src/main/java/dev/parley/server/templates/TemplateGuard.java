package dev.parley.server.templates;

import dev.parley.connector.Content;
import dev.parley.connector.ProviderError;
import dev.parley.connector.TemplateStatus;
import dev.parley.server.accounts.Account;
import dev.parley.server.dispatch.LastCheck;
import dev.parley.server.messages.MessageError;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a template from being sent that was paused or disabled, or has gone, while its message waited; and learns from providers
 * that refuse one for that. Safe for use by many threads at once.
 */
public final class TemplateGuard implements LastCheck {

    private static final Logger LOG = LoggerFactory.getLogger(TemplateGuard.class);

    private static final MessageError PAUSED = new MessageError(
            "template_paused",
            "Template paused",
            "The template was paused before the message was sent. Try again when the pause has ended, or use another template.",
            true,
            null);
    private static final MessageError DISABLED = new MessageError(
            "template_disabled",
            "Template disabled",
            "The template was disabled before the message was sent. Use another template.",
            false,
            null);
    private static final MessageError NOT_FOUND = new MessageError(
            "template_not_found",
            "Template not found",
            "The account that sends the message has no such template, or it is not approved any more. Use another template.",
            false,
            null);

    private final Database database;
    private final TemplateMemory memory;
    private final InstantSource clock;

    public TemplateGuard(Database database, TemplateMemory memory, InstantSource clock) {
        this.database = database;
        this.memory = memory;
        this.clock = clock;
    }

    @Override
    public @Nullable MessageError problem(Account account, Content content) {
        if (!(content instanceof Content.Template sent) || account.connector().templates() == null) {
            return null;
        }
        UUID id = UUID.fromString(sent.id());
        try {
            MessageError problem = problem(account, memory.recent(account.organizationId(), id));
            return problem == null ? null : problem(account, memory.fresh(account.organizationId(), id));
        } catch (DatabaseException e) {
            // The attempt is committed: better that the provider decides than that nobody knows what became of it.
            LOG.info("a template could not be looked up before it is sent: {}", e.getMessage());
            return null;
        }
    }

    private static @Nullable MessageError problem(Account account, TemplateMemory.@Nullable Known known) {
        if (known == null || !known.template().owner().equals(ProviderTemplates.owner(account))) {
            return NOT_FOUND;
        }
        return switch (known.template().status()) {
            case APPROVED -> null;
            case PAUSED -> PAUSED;
            case DISABLED -> DISABLED;
            case PENDING, REJECTED, DELETED -> NOT_FOUND;
        };
    }

    @Override
    public void refused(Account account, Content content, ProviderError error) {
        if (!(content instanceof Content.Template sent)) {
            return;
        }
        switch (error.code()) {
            case "template_paused" -> now(account, sent, TemplateStatus.PAUSED);
            case "template_disabled" -> now(account, sent, TemplateStatus.DISABLED);
            case "template_not_found", "template_parameters_invalid" ->
                memory.refresh(account.organizationId(), account.id());
            default -> {}
        }
    }

    private void now(Account account, Content.Template sent, TemplateStatus status) {
        UUID organization = account.organizationId();
        UUID id = UUID.fromString(sent.id());
        boolean changed = database.transact(connection -> {
            Template before = TemplateStore.lock(connection, organization, id);
            return before != null
                    && before.known()
                    && before.status() == TemplateStatus.APPROVED
                    && TemplateChanges.save(
                            connection,
                            before,
                            before.in(
                                    status,
                                    null,
                                    null,
                                    before.changedAt(),
                                    clock.instant().truncatedTo(ChronoUnit.MICROS)));
        });
        if (changed) {
            memory.forget(organization, id);
        }
    }
}
