package dev.parley.simulator.faults;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What shall go wrong with one send: at most one effect of each kind. */
public final class Plan {

    /** Nothing goes wrong. */
    public static final Plan NONE = new Plan(Map.of());

    private final Map<Class<? extends Effect>, Effect> effects;

    Plan(Map<Class<? extends Effect>, Effect> effects) {
        this.effects = effects;
    }

    /** The effect of this kind, or null. */
    public <E extends Effect> @Nullable E find(Class<E> kind) {
        return kind.cast(effects.get(kind));
    }

    /** Whether there is an effect of this kind. */
    public boolean has(Class<? extends Effect> kind) {
        return effects.containsKey(kind);
    }
}
