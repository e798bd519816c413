package dev.kombo.experiment;

import dev.kombo.catalog.CatalogRules;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What discounts may cost per UTC day, in one arm or for one bundle. What a day leaves of its own budget, the next may
 * spend. A discount costs what the shopper saves compared with buying the members one by one, whoever set the price.
 *
 * @param arm the arm whose discounts count; null: those of a bundle
 * @param bundleId the bundle whose discounts count, in all arms; null: those of an arm
 * @param minorPerDay what they may cost, in minor units
 * @param currency ISO 4217 code
 */
public record DiscountBudget(@Nullable String arm, @Nullable String bundleId, long minorPerDay, String currency) {
    /** Most budgets of a strategy: each is read with each offer. */
    static final int MOST = 20;

    /** Largest budget, in minor units. */
    public static final long LARGEST_MINOR = 1_000_000_000_000_000L;

    /** Largest debt that is carried, in budgets of a day. */
    private static final long LARGEST_DEBT_DAYS = 7;

    /** Whether it counts the discount of a bundle in an arm. */
    public boolean counts(String ofArm, @Nullable String ofBundle) {
        return arm == null ? Objects.equals(bundleId, ofBundle) : arm.equals(ofArm);
    }

    /** Whether it limits the same as another budget, whatever the amount. */
    public boolean limitsSame(DiscountBudget other) {
        return Objects.equals(arm, other.arm) && Objects.equals(bundleId, other.bundleId);
    }

    /** What it limits, for an operator. */
    public String name() {
        return arm == null ? "bundle " + bundleId : "arm " + arm;
    }

    static void addProblems(List<DiscountBudget> budgets, List<Arm> arms, Problems problems) {
        problems.addIf(budgets.size() > MOST, "budgets has " + budgets.size() + " entries, more than " + MOST);
        Set<String> limited = new HashSet<>();
        for (DiscountBudget budget : budgets) {
            if ((budget.arm == null) == (budget.bundleId == null)) {
                problems.add("budgets needs an arm or a bundleId in each entry, and not both");
            } else if (!limited.add(budget.name())) {
                problems.add("budgets has " + budget.name() + " twice");
            }
            problems.addIf(
                    budget.arm != null
                            && arms.stream()
                                    .noneMatch(arm -> budget.arm.equals(arm.name()) && arm.kind() != Arm.Kind.HOLDOUT),
                    "budgets has the arm " + budget.arm + ", which is none that makes offers");
            problems.addIf(
                    budget.minorPerDay < 1 || budget.minorPerDay > LARGEST_MINOR,
                    "budgets has minorPerDay " + budget.minorPerDay + ", which is not within 1 and " + LARGEST_MINOR);
            problems.addIf(
                    !CatalogRules.isCurrencyCode(budget.currency),
                    "budgets has the currency " + budget.currency + ", which is no code of ISO 4217");
        }
        problems.addIf(
                budgets.stream().map(DiscountBudget::currency).distinct().count() > 1,
                "budgets has more than one currency");
    }

    /**
     * What a day carries to the next: what it left, up to its own budget since what was carried to it is not carried
     * again; or, negative, what it cost too much, up to {@value #LARGEST_DEBT_DAYS} budgets.
     *
     * @param leftMinor budget and what was carried to the day, less what it spent
     */
    public long carried(long leftMinor) {
        long largestDebt = Math.min(LARGEST_DEBT_DAYS * minorPerDay, LARGEST_MINOR);
        return Math.max(-largestDebt, Math.min(minorPerDay, leftMinor));
    }

    /** What a day may cost to which so much was carried: twice the budget at most. */
    public double limitMinor(long carriedMinor) {
        return (double) minorPerDay + Math.min(minorPerDay, carriedMinor);
    }
}
