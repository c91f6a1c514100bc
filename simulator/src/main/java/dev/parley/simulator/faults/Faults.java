package dev.parley.simulator.faults;

import dev.parley.simulator.json.BadInputException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** The rules at work. Thread-safe; without rules a plan costs one read. */
public final class Faults {

    private static final int MAX_RULES = 1000;

    private final List<ActiveRule> rules = new CopyOnWriteArrayList<>();
    private final RandomGenerator random;

    /** @param random decides about probabilities; it must be thread-safe */
    public Faults(RandomGenerator random) {
        this.random = random;
    }

    /** What shall go wrong with this send. */
    public Plan plan(String phoneNumberId, String to) {
        return plan(FaultRule.MESSAGES, phoneNumberId, to);
    }

    /**
     * What shall go wrong with this call. Of two rules that have an effect in common, the older one's counts.
     *
     * @param on which kind of call, as in {@link FaultRule}
     * @param to the recipient; empty where there is none
     */
    public Plan plan(String on, String phoneNumberId, String to) {
        if (rules.isEmpty()) {
            return Plan.NONE;
        }
        Map<Class<? extends Effect>, Effect> effects = new HashMap<>();
        for (ActiveRule rule : rules) {
            if (rule.strikes(on, phoneNumberId, to, random)) {
                rule.rule().effects().forEach(effect -> effects.putIfAbsent(effect.getClass(), effect));
            }
        }
        return effects.isEmpty() ? Plan.NONE : new Plan(effects);
    }

    /**
     * Adds rules behind those there are.
     *
     * @throws BadInputException if there would be more than 1,000
     */
    public void add(List<FaultRule> added) {
        if (rules.size() + added.size() > MAX_RULES) {
            throw new BadInputException("rules", "at most " + MAX_RULES + " rules; remove some with DELETE");
        }
        rules.addAll(added.stream().map(ActiveRule::new).toList());
    }

    /** Removes every rule. */
    public void clear() {
        rules.clear();
    }

    /** Each rule as it was given, with {@code hits}: how many sends it struck. */
    public List<ObjectNode> list() {
        return rules.stream()
                .map(rule -> rule.rule().source().deepCopy().put("hits", rule.hits()))
                .toList();
    }
}
