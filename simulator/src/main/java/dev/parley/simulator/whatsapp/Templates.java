package dev.parley.simulator.whatsapp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** The templates of all WhatsApp Business accounts. Thread-safe. */
public final class Templates {

    private static final int MOST_OF_ONE = 250;
    private static final int MOST = 100_000;
    private static final long FIRST_ID = 1_689_556_900_000_000L;
    private static final Duration BLOCKED = Duration.ofDays(30);

    private final Map<Key, Template> templates = new ConcurrentHashMap<>();
    private final Map<Key, Instant> blocked = new ConcurrentHashMap<>();
    private final AtomicLong sequence = new AtomicLong();
    private final InstantSource clock;

    /** Name and language within an account. */
    private record Key(String wabaId, String name, String language) {}

    /** What a new template is. */
    public record Draft(
            String wabaId, String name, String language, String category, boolean named, ArrayNode components) {}

    /** @param clock decides how long the name of a deleted template stays blocked */
    public Templates(InstantSource clock) {
        this.clock = clock;
    }

    /** Makes one, or throws what Graph says. */
    synchronized Template create(Draft draft, String status, String reason) {
        var key = new Key(draft.wabaId(), draft.name(), draft.language());
        Instant free = blocked.get(key);
        if (free != null && clock.instant().isBefore(free)) {
            throw new TemplateRefusal(
                    TemplateRefusal.BEING_DELETED,
                    "Message template language is being deleted",
                    "New content can't be added while the existing content is being deleted. Try again later.");
        }
        if (templates.containsKey(key)) {
            throw new TemplateRefusal(
                    TemplateRefusal.EXISTS,
                    "Content in this language already exists",
                    "There is already content for this template in this language.");
        }
        if (of(draft.wabaId()).size() >= MOST_OF_ONE || templates.size() >= MOST) {
            throw new TemplateRefusal(
                    TemplateRefusal.TOO_MANY,
                    "Message template limit exceeded",
                    "You have reached the limit of " + MOST_OF_ONE + " message templates.");
        }
        return put(key, draft, status, reason);
    }

    /** Makes one without asking any rule, as if it had been made at Meta; one that is there is replaced. */
    public synchronized Template put(Draft draft, String status) {
        return put(new Key(draft.wabaId(), draft.name(), draft.language()), draft, status, "NONE");
    }

    private Template put(Key key, Draft draft, String status, String reason) {
        long place = sequence.incrementAndGet();
        var template = new Template(
                place,
                Long.toString(FIRST_ID + place),
                draft.wabaId(),
                draft.name(),
                draft.language(),
                draft.category(),
                draft.named(),
                draft.components(),
                status,
                "UNKNOWN",
                reason,
                status.equals("APPROVED"));
        templates.put(key, template);
        return template;
    }

    /** By name and language, or null. */
    public @Nullable Template find(String wabaId, String name, String language) {
        return templates.get(new Key(wabaId, name, language));
    }

    /** By id, or null. */
    public @Nullable Template find(String id) {
        return templates.values().stream()
                .filter(template -> template.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** Those of an account, in the order in which they were made. */
    public List<Template> of(String wabaId) {
        return templates.values().stream()
                .filter(template -> template.wabaId().equals(wabaId))
                .sorted(Comparator.comparingLong(Template::sequence))
                .toList();
    }

    /** Changes one; null when it is gone. */
    public synchronized @Nullable Template change(Template template, UnaryOperator<Template> change) {
        var key = new Key(template.wabaId(), template.name(), template.language());
        return templates.computeIfPresent(key, (_, now) -> change.apply(now));
    }

    /** Takes one away. Its name stays blocked for 30 days when it was approved once, unless {@code quietly}. */
    public synchronized void delete(Template template, boolean quietly) {
        var key = new Key(template.wabaId(), template.name(), template.language());
        templates.remove(key);
        if (template.approved() && !quietly) {
            blocked.put(key, clock.instant().plus(BLOCKED));
        }
    }

    /** Forgets all of them. */
    public synchronized void clear() {
        templates.clear();
        blocked.clear();
    }
}
