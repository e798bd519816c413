package dev.kombo.shop.faults.proxy;

import java.util.ArrayList;
import java.util.List;

/** The rules that hold at the moment, and those that did before. Of several that fit, the first one fires. Thread-safe. */
public final class Rules {
    private final List<Rule> holding = new ArrayList<>();
    private final List<Rule> all = new ArrayList<>();

    /** From now on these hold as well. */
    public synchronized void add(List<Rule> rules) {
        holding.addAll(rules);
        all.addAll(rules);
    }

    /** No rule holds any more. */
    public synchronized void end() {
        holding.clear();
    }

    /** Forgets what held and fired. */
    public synchronized void forget() {
        holding.clear();
        all.clear();
    }

    synchronized Action actionFor(Exchange exchange) {
        for (Rule rule : holding) {
            if (rule.fires(exchange)) {
                return rule.action();
            }
        }
        return new Action.Pass();
    }

    /** Each rule that held, with how often it fired. */
    public synchronized List<String> fired() {
        return all.stream().map(rule -> rule + ": " + rule.fired()).toList();
    }

    /** What is wrong where a rule held and did nothing: a test has then shown nothing. */
    public synchronized List<String> neverFired() {
        return all.stream()
                .filter(rule -> rule.fired() == 0)
                .map(rule -> "rule " + rule + " never fired")
                .toList();
    }

    /**
     * Fails where a rule has done nothing.
     *
     * @throws AssertionError which names them
     */
    public void requireFired() {
        List<String> idle = neverFired();
        if (!idle.isEmpty()) {
            throw new AssertionError(String.join("; ", idle));
        }
    }
}
