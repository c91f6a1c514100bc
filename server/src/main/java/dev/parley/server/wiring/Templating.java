package dev.parley.server.wiring;

import dev.parley.server.accounts.AccountReader;
import dev.parley.server.templates.ProviderTemplates;
import dev.parley.server.templates.TemplateGuard;
import dev.parley.server.templates.TemplateMemory;
import dev.parley.server.templates.TemplateResource;
import dev.parley.server.templates.TemplateSync;

/**
 * What keeps templates, joined.
 *
 * @param wanted wakes the one who reads the templates of accounts that something was heard of
 */
record Templating(
        TemplateMemory memory, TemplateSync sync, TemplateGuard guard, TemplateResource resource, Signal wanted) {

    static Templating of(Platform platform, AccountReader reader) {
        Signal wanted = new Signal();
        TemplateMemory memory = new TemplateMemory(platform.database(), platform.clock(), wanted);
        ProviderTemplates providers = new ProviderTemplates(platform.connectors(), platform.outbound());
        return new Templating(
                memory,
                new TemplateSync(platform.database(), reader, providers, memory, platform.ids(), platform.clock()),
                new TemplateGuard(platform.database(), memory, platform.clock()),
                new TemplateResource(platform.database(), reader, providers, memory, platform.ids(), platform.clock()),
                wanted);
    }
}
