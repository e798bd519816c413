package dev.kombo.tracking;

import java.util.HashMap;
import java.util.Map;

/**
 * Which experiments were in force, by salt, each with its number: the standard one has 0, each that comes into force
 * after another gets the next. An experiment whose number is not the largest is over, and its salt is used up: its
 * shoppers have entered the next one meanwhile and would be entered, drawn into the same arms, and observed a second
 * time.
 *
 * <p>What is known from a log may be merged in any order and any number of times: the larger number of a salt holds.
 *
 * @param numbers number of each experiment, by salt
 */
public record UsedSalts(Map<String, Long> numbers) {
    private static final UsedSalts NONE =
            new UsedSalts(Map.of(StrategyPlan.standard().salt(), 0L));

    /** Copies the map. */
    public UsedSalts {
        numbers = Map.copyOf(numbers);
    }

    /** Before any strategy was published. */
    public static UsedSalts none() {
        return NONE;
    }

    /** Whether another experiment came into force after that of the salt. */
    public boolean usedUp(String salt) {
        Long number = numbers.get(salt);
        return number != null && number < latest();
    }

    /** The number of a salt's experiment. */
    public long number(String salt) {
        return numbers.get(salt);
    }

    /** The same where the salt's experiment is the latest; else with it as the next. */
    public UsedSalts inForce(String salt) {
        Long number = numbers.get(salt);
        return number != null && number == latest() ? this : with(salt, latest() + 1);
    }

    /** With what is known of one salt. */
    public UsedSalts with(String salt, long number) {
        Map<String, Long> next = new HashMap<>(numbers);
        next.merge(salt, number, Math::max);
        return new UsedSalts(next);
    }

    private long latest() {
        long latest = 0;
        for (long number : numbers.values()) {
            latest = Math.max(latest, number);
        }
        return latest;
    }
}
