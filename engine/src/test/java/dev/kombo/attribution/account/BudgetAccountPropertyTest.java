package dev.kombo.attribution.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.Shopper;
import dev.kombo.codec.FlatReader;
import dev.kombo.codec.FlatWriter;
import dev.kombo.experiment.BudgetSpending;
import dev.kombo.experiment.DiscountBudget;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.settings.Millis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever shoppers do, a day's discounts cost no more than its budget, but for chance. */
class BudgetAccountPropertyTest {
    private static final DiscountBudget BUDGET = new DiscountBudget("arm", null, 50_000, "GBP");
    private static final int DAYS = 12;

    private static Outcome outcome(OutcomeKind kind, long time, long saving) {
        Outcome.Scope scope = new Outcome.Scope(new Assignment("salt", "arm", 1), "offer", null, "bundle", 1, 1);
        Outcome.Bought bought = new Outcome.Bought(null, 1, new Amount(0, saving, "GBP"), false, false);
        return new Outcome(
                "", kind, new Shopper("user", null), scope, "", time, List.of(), bought, List.of(), null, null);
    }

    private static BudgetAccount restarted(BudgetAccount account) {
        FlatWriter out = new FlatWriter();
        account.fields(out);
        BudgetAccount read = new BudgetAccount(BUDGET, Millis.DAY);
        read.fields(new FlatReader(out.toBytes()));
        assertThat(read.spending()).isEqualTo(account.spending());
        return read;
    }

    /** Ten offers a minute, of which some convert after a while; a tenth of these are told late, and some come back. */
    @Property(tries = 20, seed = "31")
    void shouldKeepEachDayToItsBudgetWhenOffersConvertAsExpected(@ForAll long seed) {
        Random random = new Random(seed);
        double meanDelay = Millis.MINUTE * Math.exp(random.nextDouble() * 5);
        PriorityQueue<Outcome> due = new PriorityQueue<>(Comparator.comparingLong(Outcome::eventTime));
        List<Outcome> late = new ArrayList<>();
        long[] books = new long[DAYS + 20];
        BudgetAccount account = new BudgetAccount(BUDGET, Millis.DAY);
        for (long time = 0; time < DAYS * Millis.DAY; time += 6 * Millis.SECOND) {
            while (!due.isEmpty() && due.peek().eventTime() <= time) {
                Outcome conversion = due.remove();
                books[(int) (conversion.eventTime() / Millis.DAY)] +=
                        conversion.bought().amount().savingMinor();
                if (random.nextInt(10) == 0) {
                    late.add(conversion);
                } else {
                    account.add(conversion);
                }
                if (random.nextInt(10) == 0) {
                    account.add(outcome(
                            OutcomeKind.RETURN,
                            time,
                            -conversion.bought().amount().savingMinor()));
                }
            }
            if (random.nextInt(50) == 0) {
                late.forEach(account::add);
                late.clear();
                account = restarted(account);
            }
            account.step(0);
            BudgetSpending now = account.spending();
            long saving = 50L + random.nextInt(300);
            double probability = 0.02 * random.nextDouble();
            boolean worth = random.nextDouble() > now.multiplier() / 10;
            if (worth && saving <= BUDGET.minorPerDay() - now.usedMinor(time)) {
                account.add(outcome(OutcomeKind.OFFERED, time, Math.max(1, Math.round(saving * probability))));
                if (random.nextDouble() < probability) {
                    due.add(outcome(
                            OutcomeKind.CONVERSION,
                            time + (long) (-meanDelay * Math.log(1 - random.nextDouble())),
                            saving));
                }
            } else {
                account.add(outcome(OutcomeKind.OFFERED, time, 0));
            }
        }
        for (int day = 0; day < DAYS; day++) {
            assertThat(books[day]).as("day " + day).isLessThanOrEqualTo(BUDGET.minorPerDay() * 102 / 100);
        }
    }

    @Property(tries = 200, seed = "32")
    void shouldBookWhatWasSavedOnTheLatestDayWhenEventsComeInAnyOrder(@ForAll long seed) {
        Random random = new Random(seed);
        BudgetAccount account = new BudgetAccount(BUDGET, Millis.DAY);
        List<Outcome> told = new ArrayList<>();
        long latest = 0;
        for (int i = 0; i < 200; i++) {
            OutcomeKind kind = OutcomeKind.values()[random.nextInt(OutcomeKind.values().length)];
            long time = latest + (long) ((random.nextDouble() - 0.4) * 4 * Millis.HOUR);
            Outcome one = outcome(kind, Math.max(0, time), random.nextInt(2_000) - 500);
            // What is late for a day that has ended no longer counts.
            latest = Math.max(latest, one.eventTime());
            told.add(one);
            account.add(one);
            account = random.nextInt(20) == 0 ? restarted(account) : account;
        }
        long day = BudgetSpending.dayOf(latest);
        long saved = told.stream()
                .filter(one -> one.kind() == OutcomeKind.CONVERSION && BudgetSpending.dayOf(one.eventTime()) == day)
                .mapToLong(one -> Math.max(0, one.bought().amount().savingMinor()))
                .sum();
        assertThat(account.spending().day()).isEqualTo(day);
        assertThat(account.spending().spentMinor()).isEqualTo(saved);
        assertThat(account.spending().reservedMinor()).isNotNegative();
        assertThat(account.spending().laterMinor()).isNotNegative();
    }
}
