package dev.kombo.experiment.uplift;

import dev.kombo.codec.Fields;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Covariates;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.Guardrail;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.uplift.Comparison.Part;
import dev.kombo.experiment.uplift.Comparison.Spending;
import dev.kombo.experiment.uplift.Contrast.Estimate;
import dev.kombo.experiment.uplift.UpliftAccount.ArmPair;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import dev.kombo.settings.Millis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All observations of an experiment: an account per measure and currency, and the latest move of shares that was based
 * on them. A shopper counts in each currency, with 0 where nothing was paid. So that a new currency also includes all
 * earlier shoppers, each measure of money keeps an account without a currency, of shoppers that pay nothing: the new
 * account starts as its copy. Not thread-safe; used only by the thread that owns the experiment.
 */
public final class ExperimentUplift {
    /** Stands for observations that are to be read. */
    public static final ExperimentUplift BLANK = new ExperimentUplift();

    /** Version of the layout; version 0.2.0 wrote Avro. */
    private static final int LAYOUT = 1;

    private static final int MOST_CURRENCIES = 16;

    private final Map<Key, UpliftAccount> accounts = new TreeMap<>();
    private @Nullable DecisionRule rule;
    private long latestDay;
    private @Nullable Long endDay;
    private @Nullable ShareMove lastMove;
    private List<Crossing> crossings = new ArrayList<>();

    /**
     * The key of an account.
     *
     * @param measure what is compared
     * @param currency ISO 4217 code; null: none
     */
    public record Key(Measure measure, @Nullable String currency) implements Comparable<Key> {
        private static final Key BLANK = new Key(Measure.REVENUE_1D, null);

        private Key fields(Fields f) {
            return new Key(measure.fields(f), f.textOrNull(currency));
        }

        @Override
        public int compareTo(Key other) {
            int order = measure.compareTo(other.measure);
            return order != 0
                    ? order
                    : Objects.requireNonNullElse(currency, "")
                            .compareTo(Objects.requireNonNullElse(other.currency, ""));
        }

        /** Whether it is reported: an account of money without a currency only serves as a starting point. */
        public boolean reported() {
            return !measure.money() || currency != null;
        }
    }

    /**
     * The report of one account.
     *
     * @param key measure and currency
     * @param report the comparisons
     * @param latest the latest stratum, in which a comparison that is too early lacks shoppers
     */
    public record MeasureReport(Key key, UpliftReport report, StratumAccount latest) {}

    /** The fields; those that are read make observations of their own. */
    public ExperimentUplift fields(Fields f) {
        f.version("observations of an experiment", LAYOUT, LAYOUT, LAYOUT);
        ExperimentUplift uplift = f.reading() ? new ExperimentUplift() : this;
        f.each(uplift.accounts, Key.BLANK, Key::fields, UpliftAccount.BLANK, UpliftAccount::fields);
        uplift.rule = f.optional(uplift.rule, DecisionRule.STANDARD, DecisionRule::fields);
        uplift.latestDay = f.number(uplift.latestDay);
        uplift.endDay = f.optional(uplift.endDay, 0L, (day, fields) -> fields.number(day));
        uplift.lastMove = f.optional(uplift.lastMove, ShareMove.BLANK, ShareMove::fields);
        uplift.crossings = f.each(uplift.crossings, Crossing.BLANK, Crossing::fields);
        return uplift;
    }

    /** Restores a stored account. */
    public void restore(Key key, UpliftAccount account) {
        accounts.put(key, account);
    }

    /** Returns the same observations. */
    public ExperimentUplift copy() {
        ExperimentUplift copy = new ExperimentUplift();
        accounts.forEach((key, account) -> copy.accounts.put(key, account.copy()));
        copy.rule = rule;
        copy.latestDay = latestDay;
        copy.endDay = endDay;
        copy.lastMove = lastMove;
        copy.crossings.addAll(crossings);
        return copy;
    }

    /** Restores the stored rule; null: the experiment began before rules were stated. */
    public void ruled(@Nullable DecisionRule stored) {
        rule = stored;
    }

    /** The rule with which the first shopper was assigned; null: all comparisons share the error. */
    public @Nullable DecisionRule rule() {
        return rule;
    }

    /** Restores the stored days. */
    public void days(long storedLatest, @Nullable Long storedEnd) {
        latestDay = storedLatest;
        endDay = storedEnd;
    }

    /** The latest UTC day on which a window ended, of any measure. */
    public long latestDay() {
        return latestDay;
    }

    /** The last day whose shoppers count in the primary measure; null: the planned end is not reached. */
    public @Nullable Long endDay() {
        return endDay;
    }

    /** Records a move of shares; also restores a stored one. */
    public void moved(ShareMove move) {
        lastMove = move;
    }

    /**
     * The account of a measure; of money, that of the currency in which most shoppers pay: the one whose mean is
     * furthest from zero relative to its spread, be it a gain or a loss. Null where nobody paid anything.
     */
    public @Nullable UpliftAccount mainAccount(Measure measure) {
        if (!measure.money()) {
            return accounts.get(new Key(measure, null));
        }
        UpliftAccount chosen = null;
        double largest = 0;
        for (Map.Entry<Key, UpliftAccount> entry : accounts.entrySet()) {
            if (entry.getKey().measure() == measure && entry.getKey().reported()) {
                ArmMoments all = entry.getValue().moments();
                double signal = Math.abs(all.responseMean()) / Math.sqrt(all.responseVariance());
                if (chosen == null || signal > largest) {
                    largest = Double.isNaN(signal) ? 0 : signal;
                    chosen = entry.getValue();
                }
            }
        }
        return chosen;
    }

    /** The latest move of shares; null: none. */
    public @Nullable ShareMove lastMove() {
        return lastMove;
    }

    /**
     * Records that a guardrail was crossed, once since the strategy was last rolled back; also restores a stored one.
     */
    public void crossed(Crossing crossing) {
        long since = rolledBackAt();
        if (crossings.stream().noneMatch(known -> known.version() > since && known.repeats(crossing))) {
            crossings.add(crossing);
        }
    }

    /** Guardrails that were crossed, oldest first. */
    public List<Crossing> crossings() {
        return Collections.unmodifiableList(crossings);
    }

    /** The version by which the strategy was last rolled back: what was observed before does not speak against it. */
    long rolledBackAt() {
        long version = Long.MIN_VALUE;
        for (Crossing crossing : crossings) {
            version = crossing.action().equals(Guardrail.Action.ROLL_BACK.name())
                    ? Math.max(version, crossing.version())
                    : version;
        }
        return version;
    }

    /** The measure that decides. */
    Measure primary() {
        Measure named = rule == null ? null : Measure.of(rule.primaryMeasure());
        return named == null ? Measure.REVENUE_28D : named;
    }

    /** The accounts, by measure and currency. */
    public Map<Key, UpliftAccount> accounts() {
        return Collections.unmodifiableMap(accounts);
    }

    /**
     * Counts a shopper assigned to an arm.
     *
     * @param version of the strategy
     * @param plannedArms the arms that the shopper could have been assigned to, with their shares
     * @param strategyRule rule of the strategy, which the experiment keeps if this is its first shopper; null: none
     */
    public void enter(long version, String arm, List<Arm> plannedArms, @Nullable DecisionRule strategyRule) {
        if (accounts.isEmpty()) {
            rule = strategyRule;
        }
        for (Measure measure : Measure.values()) {
            accounts.computeIfAbsent(new Key(measure, null), unused -> new UpliftAccount());
        }
        for (UpliftAccount account : accounts.values()) {
            account.open(version, plannedArms);
            account.enter(version, arm);
        }
    }

    /**
     * Adds a shopper's matured measure. A measure that this version does not know is ignored, and so is one whose
     * window ended after the day on which the planned end was reached: who counts does not depend on what they paid,
     * nor on when they are reported within that day.
     *
     * @param version of the strategy by which the shopper was assigned
     * @param time end of the window, epoch milliseconds
     * @param capMinor most that a shopper counts for before and after assignment, in minor units of any currency,
     *     positive
     */
    public void mature(long version, String arm, MaturedMeasure matured, long time, long capMinor) {
        latestDay = Math.max(latestDay, Millis.day(time));
        mature(version, arm, matured.measure(), matured.values(), matured.known(), time, capMinor);
        for (MaturedMeasure.Other other : matured.others()) {
            mature(version, arm, other.measure(), other.values(), matured.known(), time, capMinor);
        }
    }

    private void mature(
            long version,
            String arm,
            String label,
            List<MaturedMeasure.Value> values,
            @Nullable Covariates known,
            long time,
            long capMinor) {
        Measure measure = Measure.of(label);
        if (measure == null) {
            return;
        }
        UpliftAccount start = accounts.computeIfAbsent(new Key(measure, null), unused -> new UpliftAccount());
        // Only the primary measure ends; guardrails go on.
        if (endDay != null && Millis.day(time) > endDay && measure == primary()) {
            return;
        }
        Set<String> currencies = new HashSet<>();
        for (MaturedMeasure.Value value : values) {
            if (!accounts.containsKey(new Key(measure, value.currency())) && full(measure)) {
                continue;
            }
            currencies.add(value.currency());
            accounts.computeIfAbsent(new Key(measure, value.currency()), unused -> start.copy());
        }
        double cap = measure.money() ? capMinor : 1;
        for (MaturedMeasure.Value value : values) {
            UpliftAccount account = accounts.get(new Key(measure, value.currency()));
            if (account != null) {
                double response = capped(value.response(), cap);
                double prior = capped(value.covariate(), cap);
                add(account, measure, known, cap, time, new UserObservation(arm, version, response, prior));
            }
        }
        accounts.forEach((key, account) -> {
            if (key.measure() == measure && !currencies.contains(key.currency())) {
                add(account, measure, known, cap, time, new UserObservation(arm, version, 0, 0));
            }
        });
        if (endDay == null && rule != null && rule.ended(measure, start.observed())) {
            endDay = latestDay;
        }
    }

    /**
     * Without a rule, and in measures by which nothing is decided, the covariate stays the revenue before assignment.
     */
    private void add(
            UpliftAccount account,
            Measure measure,
            @Nullable Covariates known,
            double cap,
            long time,
            UserObservation observation) {
        if (rule == null || known == null || !measure.decides()) {
            account.add(observation);
        } else {
            account.predicted(observation, known, cap, Millis.day(time));
        }
    }

    /**
     * Whether no further currency is admitted. Each shopper is an observation in each currency, so only the first few
     * are kept.
     */
    private boolean full(Measure measure) {
        int currencies = 0;
        for (Key key : accounts.keySet()) {
            currencies += key.measure() == measure && key.currency() != null ? 1 : 0;
        }
        return currencies >= MOST_CURRENCIES;
    }

    private static double capped(double amount, double cap) {
        return Math.max(-cap, Math.min(cap, amount));
    }

    /**
     * Reports of all accounts that are reported, by measure and currency; those reported with the revenue of 28 days
     * once anybody was observed.
     */
    public List<MeasureReport> reports() {
        List<MeasureReport> reports = new ArrayList<>();
        accounts.forEach((key, account) -> {
            boolean shown = key.measure().reportedAlone() || account.observed() > 0;
            if (key.reported() && shown && !account.strata().isEmpty()) {
                List<StratumAccount> strata = List.copyOf(account.strata());
                reports.add(new MeasureReport(key, report(key.measure(), account), strata.get(strata.size() - 1)));
            }
        });
        return reports;
    }

    /**
     * Test of the planned shares, by all who were assigned: a measure that was added later has counted fewer. Null
     * before the first.
     */
    public @Nullable SampleRatio sampleRatio() {
        for (Map.Entry<Key, UpliftAccount> entry : accounts.entrySet()) {
            if (entry.getKey().measure() == primary()) {
                return SampleRatio.of(entry.getValue().strata());
            }
        }
        return null;
    }

    /** Reports on an account of this experiment by its rule. */
    public UpliftReport report(Measure measure, UpliftAccount account) {
        return report(measure, account, UpliftSettings.standard());
    }

    /** The same with other settings than those of production. */
    public UpliftReport report(Measure measure, UpliftAccount account, UpliftSettings settings) {
        if (rule == null) {
            Role role = measure.reportedAlone() ? Role.SHARED : Role.EXPLORATORY;
            return UpliftReport.of(account, settings, role, Long.MAX_VALUE);
        }
        long left = Long.MAX_VALUE;
        if (rule.plannedUsers() > 0) {
            boolean over = endDay != null && latestDay > endDay;
            left = Math.max(over ? 0 : 1, rule.plannedUsers() - account.observed());
        }
        return UpliftReport.of(account, settings, rule.role(measure), left);
    }

    /**
     * The comparisons of an experiment's arms, at one look. Looks may be repeated at will: with the probability that
     * the settings ask for, all intervals of all looks cover the truth, asymptotically. The comparisons that decide
     * share the error (union bound); each exploratory one has an error of its own.
     *
     * @param comparisons each arm against each holdout, each treatment against each baseline, by name
     * @param sampleRatio test of the planned shares
     */
    public record UpliftReport(List<Comparison> comparisons, SampleRatio sampleRatio) {

        /** Reports on an account with so many users until the planned end; {@link Long#MAX_VALUE}: none is planned. */
        public static UpliftReport of(UpliftAccount account, UpliftSettings settings, Role role, long left) {
            List<StratumAccount> strata = new ArrayList<>(account.strata());
            SampleRatio ratio = SampleRatio.of(strata);
            boolean broken = ratio.mismatched();
            List<StratumStatistics> statistics = new ArrayList<>(strata.size());
            for (StratumAccount stratum : strata) {
                StratumStatistics shared = StratumStatistics.of(stratum);
                statistics.add(role == Role.SHARED ? shared : shared.scaled(stratum));
            }
            List<ArmPair> pairs = account.pairs();
            List<Comparison> comparisons = new ArrayList<>(pairs.size());
            for (ArmPair pair : pairs) {
                Part part = part(pair, pairs, settings, role, left);
                Estimate estimate = Contrast.of(strata, statistics, pair.arm(), pair.reference(), settings);
                comparisons.add(
                        estimate == null
                                ? tooEarly(strata, pair, part, settings, broken)
                                : Comparison.of(pair.arm(), pair.reference(), part, estimate, broken, left));
            }
            return new UpliftReport(comparisons, ratio);
        }

        private static Part part(ArmPair pair, List<ArmPair> pairs, UpliftSettings settings, Role role, long left) {
            if (role == Role.SHARED) {
                return new Part(role, settings.error() / settings.family() / pairs.size(), Spending.ALWAYS);
            }
            if (role == Role.EXPLORATORY || !pair.decides()) {
                return new Part(Role.EXPLORATORY, settings.error(), Spending.ALWAYS);
            }
            double error =
                    settings.error() / pairs.stream().filter(ArmPair::decides).count();
            return new Part(
                    role,
                    error,
                    left == Long.MAX_VALUE ? Spending.ALWAYS : left > 0 ? Spending.BEFORE_END : Spending.AT_END);
        }

        private static Comparison tooEarly(
                List<StratumAccount> strata, ArmPair pair, Part part, UpliftSettings settings, boolean broken) {
            StratumAccount latest = strata.get(strata.size() - 1);
            OptionalLong more = part.spending() == Spending.AT_END
                    ? OptionalLong.empty()
                    : RemainingUsers.untilBurnIn(
                            latest.arm(pair.arm()), latest.arm(pair.reference()), settings.burnIn());
            return Comparison.tooEarly(pair.arm(), pair.reference(), part, more, broken);
        }

        /** The comparison of two arms; null: they are not compared. */
        public @Nullable Comparison comparison(String arm, String reference) {
            return comparisons.stream()
                    .filter(one -> one.arm().equals(arm) && one.reference().equals(reference))
                    .findFirst()
                    .orElse(null);
        }
    }
}
