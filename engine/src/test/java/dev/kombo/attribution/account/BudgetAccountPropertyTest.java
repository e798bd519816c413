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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Discounts cost about their budget over days, and days differ by chance. */
class BudgetAccountPropertyTest {
    private static final DiscountBudget BUDGET = new DiscountBudget("arm", null, 10_000, "GBP");
    private static final int DAYS = 12;
    private static final int OFFERS = 14_400;

    static Outcome outcome(OutcomeKind kind, long time, long saving) {
        Outcome.Scope scope = new Outcome.Scope(new Assignment("salt", "arm", 1), "offer", null, "bundle", 1);
        Outcome.Bought bought = new Outcome.Bought(null, 1, new Amount(0, saving, "GBP"), false, false, List.of());
        return new Outcome(
                "", kind, new Shopper("user", null), scope, "", time, List.of(), bought, List.of(), null, null);
    }

    private static BudgetAccount restarted(BudgetAccount account, DiscountBudget budget) {
        FlatWriter out = new FlatWriter();
        account.fields(out);
        BudgetAccount read = new BudgetAccount(budget, Millis.DAY);
        read.fields(new FlatReader(out.toBytes()));
        assertThat(read.spending()).isEqualTo(account.spending());
        return read;
    }

    /**
     * Days of offers, of which some convert after a while; a tenth of these are told late, and some come back.
     */
    private static final class Days {
        final Random random;
        final DiscountBudget budget;
        final int offersPerDay;
        final double meanDelay;
        /** What predictions are to be multiplied by on the first day, before the model has seen any offer. */
        final double atFirst;

        final PriorityQueue<Outcome> due = new PriorityQueue<>(Comparator.comparingLong(Outcome::eventTime));
        final List<Outcome> late = new ArrayList<>();
        final long[] spentByHour = new long[24 * 100];
        BudgetAccount account;

        Days(long seed, int offersPerDay) {
            this.offersPerDay = offersPerDay;
            random = new Random(seed);
            long perDay = (5_000L + random.nextInt(10_000)) * offersPerDay / OFFERS;
            budget = new DiscountBudget("arm", null, perDay, "GBP");
            meanDelay = Millis.MINUTE * Math.exp(random.nextDouble() * 5);
            atFirst = 1 + 1.5 * random.nextDouble();
            account = new BudgetAccount(budget, Millis.DAY);
        }

        /** A day's offers come evenly from an hour of the day to another; without a budget each costs 2. */
        void run(int from, int to, double firstDayFrom, int days) {
            for (int day = 0; day < days; day++) {
                for (int i = day == 0 ? (int) (offersPerDay * firstDayFrom) : 0; i < offersPerDay; i++) {
                    long time = day * Millis.DAY + from * Millis.HOUR + (to - from) * Millis.HOUR * i / offersPerDay;
                    convert(time);
                    account.step();
                    offer(time, day == 0 ? atFirst : 1);
                }
            }
            convert(days * Millis.DAY);
        }

        /** What discounts cost from an hour to another. */
        long spent(int from, int to) {
            return Arrays.stream(spentByHour, from, to).sum();
        }

        private void convert(long now) {
            while (!due.isEmpty() && due.peek().eventTime() <= now) {
                Outcome conversion = due.remove();
                long saving = conversion.bought().amount().savingMinor();
                spentByHour[(int) (conversion.eventTime() / Millis.HOUR)] += saving;
                if (random.nextInt(10) == 0) {
                    late.add(conversion);
                } else {
                    account.add(conversion, 0, day -> 0);
                }
                if (random.nextInt(10) == 0) {
                    account.add(outcome(OutcomeKind.RETURN, now, -saving), 0, day -> 0);
                }
            }
            if (random.nextInt(50) == 0) {
                late.forEach(one -> account.add(one, 0, day -> 0));
                late.clear();
                account = restarted(account, budget);
            }
        }

        private void offer(long time, double truth) {
            BudgetSpending now = account.spending();
            long saving = 50L + random.nextInt(300);
            double probability = 0.02 * random.nextDouble();
            if (saving > budget.limitMinor(now.carriedMinor()) - now.usedMinor(time)) {
                account.add(outcome(OutcomeKind.OFFERED, time, 0), 0, day -> 0);
                return;
            }
            long expected = Math.max(1, Math.round(saving * probability));
            account.add(outcome(OutcomeKind.OFFERED, time, expected), (double) expected, day -> 0);
            if (random.nextDouble() < probability * truth) {
                long after = (long) (-meanDelay * Math.log(1 - random.nextDouble()));
                due.add(outcome(OutcomeKind.CONVERSION, time + after, saving));
            }
        }
    }

    @Property(tries = 20, seed = "31")
    void shouldKeepToTheBudgetWhenTrafficIsEven(@ForAll long seed) {
        check(seed, 0, 24);
    }

    @Property(tries = 20, seed = "31")
    void shouldKeepToTheBudgetWhenAllOffersAreOfAnEvening(@ForAll long seed) {
        check(seed, 18, 22);
    }

    /** A day's budget pays for one to four discounts, so days differ by more than it. */
    @Property(tries = 20, seed = "34")
    void shouldKeepToASmallBudgetOverDays(@ForAll long seed) {
        Days days = new Days(seed, OFFERS / 20);
        days.run(18, 22, 0, 60);
        double share = days.spent(24 * 10, 24 * 60) / (50.0 * days.budget.minorPerDay());
        assertThat(share).isBetween(0.93, 1.07);
    }

    /** The budget of the first day alone is two per cent of these. */
    @Example
    void shouldSpendFiftyDaysOfASmallBudgetWithinTwoPerCent() {
        for (long seed = 31; seed <= 70; seed++) {
            Days days = new Days(7_919 * seed, OFFERS / 20);
            days.run(18, 22, 0, 50);
            double share = days.spent(0, 24 * 50) / (50.0 * days.budget.minorPerDay());
            assertThat(share).as("seed " + seed).isBetween(0.98, 1.02);
        }
    }

    private static void check(long seed, int from, int to) {
        Days days = new Days(seed, OFFERS);
        days.run(from, to, 0, DAYS);
        long perDay = days.budget.minorPerDay();
        // A day has at most twice its budget; what is open when that is spent may still be bought.
        double most = days.meanDelay < 15 * Millis.MINUTE ? 2 : 2.2;
        for (int day = 0; day < DAYS; day++) {
            long spent = days.spent(24 * day, 24 * day + 24);
            assertThat(spent).as("day " + day).isLessThanOrEqualTo(Math.round(most * perDay));
            if (day > 1) {
                // What a day costs too much is taken from the next, so the lower bound is for two of them.
                long ofTwo = days.spent(24 * day - 24, 24 * day + 24);
                assertThat(ofTwo)
                        .as("day " + day + " and the one before")
                        .isGreaterThanOrEqualTo(2 * perDay * 65 / 100);
            }
        }
        assertThat(days.spent(0, 24 * DAYS)).isBetween(DAYS * perDay * 85 / 100, DAYS * perDay * 105 / 100);
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
            account.add(one, (double) one.bought().amount().savingMinor(), day -> 0);
            account = random.nextInt(20) == 0 ? restarted(account, BUDGET) : account;
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
