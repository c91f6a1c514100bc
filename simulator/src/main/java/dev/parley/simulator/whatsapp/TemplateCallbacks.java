package dev.parley.simulator.whatsapp;

import dev.parley.simulator.callbacks.Target;
import dev.parley.simulator.json.Json;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Tells of changes of templates: once to each address that the account's numbers call back. Thread-safe. */
public final class TemplateCallbacks {

    private final Numbers numbers;
    private final InstantSource clock;

    /** @param clock stamps the updates */
    public TemplateCallbacks(Numbers numbers, InstantSource clock) {
        this.numbers = numbers;
        this.clock = clock;
    }

    /**
     * {@code message_template_status_update}.
     *
     * @param reason null for none
     * @param title of {@code other_info}, null for none
     */
    public CompletableFuture<Integer> status(
            Template template, String event, @Nullable String reason, @Nullable String title, Duration delay) {
        ObjectNode value = named(template).put("event", event).put("reason", reason);
        value.put("message_template_category", template.category());
        if (event.equals("REJECTED") && reason != null) {
            value.putObject("rejection_info")
                    .put("reason", "The review found: " + reason + ".")
                    .put("recommendation", "Change what was found and submit it again.");
        }
        if (title != null) {
            value.putObject("other_info").put("title", title).put("description", "See the template's page.");
        }
        return post(template, "message_template_status_update", value, delay);
    }

    /** {@code message_template_quality_update}. */
    public CompletableFuture<Integer> quality(Template template, String previous) {
        ObjectNode value =
                named(template).put("previous_quality_score", previous).put("new_quality_score", template.quality());
        return post(template, "message_template_quality_update", value, Duration.ZERO);
    }

    /** {@code template_category_update}. */
    public CompletableFuture<Integer> category(Template template, String previous) {
        ObjectNode value = named(template).put("previous_category", previous).put("new_category", template.category());
        return post(template, "template_category_update", value, Duration.ZERO);
    }

    /** {@code message_template_components_update}. */
    public CompletableFuture<Integer> components(Template template) {
        ObjectNode value = named(template);
        value.put(
                "message_template_element",
                template.component("BODY").path("text").asString(""));
        return post(template, "message_template_components_update", value, Duration.ZERO);
    }

    private static ObjectNode named(Template template) {
        ObjectNode value = Json.object();
        value.put("message_template_id", Long.parseLong(template.id()));
        value.put("message_template_name", template.name());
        // Meta's own samples write it with a hyphen here, and with an underscore in lists.
        value.put("message_template_language", template.language().replace('_', '-'));
        return value;
    }

    private CompletableFuture<Integer> post(Template template, String field, ObjectNode value, Duration delay) {
        Set<Target> told = new HashSet<>();
        CompletableFuture<Integer> last = CompletableFuture.completedFuture(0);
        for (BusinessNumber number : numbers.all()) {
            Target target = number.settings().lane().target();
            if (target != null && number.settings().wabaId().equals(template.wabaId()) && told.add(target)) {
                long seconds = clock.instant().plus(delay).getEpochSecond();
                var update = new AccountUpdate(field, value, seconds, new CompletableFuture<>());
                last = last.thenCombine(update.posted(), (_, answer) -> answer);
                number.lane().offer(update, delay);
            }
        }
        return last;
    }
}
