package dev.parley.server.templates;

import dev.parley.connector.Connector;
import dev.parley.connector.Outbound;
import dev.parley.connector.ProviderTemplate;
import dev.parley.connector.TemplateDraft;
import dev.parley.connector.TemplateProvider;
import dev.parley.connector.TemplateProvider.Created;
import dev.parley.connector.TemplateProvider.Deleted;
import dev.parley.connector.TemplateProvider.Listed;
import dev.parley.server.accounts.Account;
import dev.parley.server.templates.Template.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls providers about templates. Never called while a transaction is open. Safe for use by many threads at once. */
public final class ProviderTemplates {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LOOK_UP = Duration.ofSeconds(6);

    /** Of 100 templates each: more than any provider allows. */
    private static final int MOST_PAGES = 200;

    private final List<String> providers;
    private final Outbound outbound;

    /** @param connectors all of them, those without templates too */
    public ProviderTemplates(List<Connector> connectors, Outbound outbound) {
        this.providers = connectors.stream()
                .filter(connector -> connector.templates() != null)
                .map(Connector::provider)
                .toList();
        this.outbound = outbound;
    }

    /** The providers that have templates. */
    List<String> providers() {
        return providers;
    }

    static Owner owner(Account account) {
        return new Owner(
                account.connector().provider(),
                of(account).owner(account.settings()).value());
    }

    Created create(Account account, Template template) {
        var draft = new TemplateDraft(
                template.name(), template.language(), template.category(), template.named(), template.components());
        return of(account).create(draft, account.settings(), outbound, PATIENCE);
    }

    Deleted delete(Account account, Template template) {
        String id = Objects.requireNonNull(template.providerId(), "one that is shown has an id");
        return of(account).delete(template.name(), id, account.settings(), outbound, PATIENCE);
    }

    /** The template with this name and language, as far as the provider says in a short time. */
    @Nullable
    ProviderTemplate find(Account account, String name, String language) {
        Listed listed = of(account).list(name, null, account.settings(), outbound, LOOK_UP);
        return listed instanceof Listed.Page page
                ? page.templates().stream()
                        .filter(one -> one.name().equals(name) && one.language().equals(language))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    /** All that the owner has; null when not every page could be read. */
    @Nullable
    List<ProviderTemplate> all(Account account) {
        List<ProviderTemplate> all = new ArrayList<>();
        String after = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            Listed listed = of(account).list(null, after, account.settings(), outbound, PATIENCE);
            if (!(listed instanceof Listed.Page(List<ProviderTemplate> some, String next))) {
                return null;
            }
            all.addAll(some);
            if (next == null) {
                return all;
            }
            after = next;
        }
        return null;
    }

    private static TemplateProvider of(Account account) {
        return Objects.requireNonNull(account.connector().templates(), "a provider with templates");
    }
}
