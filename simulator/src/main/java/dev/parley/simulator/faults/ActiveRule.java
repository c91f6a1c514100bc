package dev.parley.simulator.faults;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** A rule at work, with its counts. */
final class ActiveRule {

    private final FaultRule rule;
    private final AtomicLong matched = new AtomicLong();
    private final AtomicLong left;

    ActiveRule(FaultRule rule) {
        this.rule = rule;
        this.left = new AtomicLong(rule.count());
    }

    FaultRule rule() {
        return rule;
    }

    long hits() {
        return rule.count() - left.get();
    }

    /** Whether the rule strikes this send; if so, it counts. */
    boolean strikes(String on, String phoneNumberId, String to, RandomGenerator random) {
        boolean matches = rule.on().equals(on)
                && (rule.phoneNumberId() == null || rule.phoneNumberId().equals(phoneNumberId))
                && (rule.to() == null || rule.to().equals(to));
        return matches
                && matched.incrementAndGet() % rule.every() == 0
                && (rule.probability() >= 1 || random.nextDouble() < rule.probability())
                && left.getAndUpdate(count -> count > 0 ? count - 1 : 0) > 0;
    }
}
