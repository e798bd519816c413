package dev.kombo.lab.quality;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.ArmMoments;
import dev.kombo.experiment.uplift.Comparison;
import dev.kombo.experiment.uplift.ExperimentUplift.UpliftReport;
import dev.kombo.experiment.uplift.Interval;
import dev.kombo.experiment.uplift.UpliftAccount;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.lab.data.DataSetFolder;
import dev.kombo.lab.experiment.Calibration;
import dev.kombo.lab.experiment.Calibration.Misses;
import dev.kombo.lab.experiment.ShopPast;
import dev.kombo.lab.experiment.ShopPast.Observed;
import dev.kombo.learning.BayesianLogistic;
import dev.kombo.learning.Logistic;
import dev.kombo.settings.Millis;
import dev.kombo.table.Amounts;
import dev.kombo.table.DataException;
import dev.kombo.table.FileLayout;
import dev.kombo.table.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Replays the e-mail test of MineThatData (Hillstrom 2008) in a random order of customers: a real randomised experiment
 * with two treatments, whose spend is 0 for 99 % of the customers. Reports the interval of each e-mail against none
 * over time, how often intervals would have missed among the customers without e-mail, and the gain of sending to those
 * first who are predicted to visit because of it.
 */
public final class HillstromProtocol {
    private static final String NAME = "hillstrom";
    private static final String NONE = "No E-Mail";
    private static final List<String> E_MAILS = List.of("Mens E-Mail", "Womens E-Mail");
    private static final String WIDTH = "width";
    private static final List<Arm> HALVES =
            List.of(new Arm(NONE, Arm.Kind.HOLDOUT, 0.5, 0), new Arm("the same", Arm.Kind.TREATMENT, 0.5, 0));

    /** Days in which the customers are observed, where the file has no times. */
    private static final int DAYS = 10;

    private static final List<Arm> ARMS = List.of(
            new Arm(NONE, Arm.Kind.HOLDOUT, 1.0 / 3, 0),
            new Arm(E_MAILS.get(0), Arm.Kind.TREATMENT, 1.0 / 3, 0),
            new Arm(E_MAILS.get(1), Arm.Kind.TREATMENT, 1.0 / 3, 0));

    /** The protocol. */
    public static final Protocol PROTOCOL =
            new Protocol(NAME, E_MAILS, List.of(), WIDTH, List.of(), "", Set.of(), options -> open(options, 1_000));

    /** 1 - .025 / 2 quantile of the standard normal distribution: two e-mails share the error. */
    private static final double FIXED_LOOK = 2.2414;

    private static final int[] BURN_INS = {250, 500, 1000, 2000};
    private static final int FEATURES = 10;

    private final int runs;
    private final List<Customer> customers = new ArrayList<>();
    private final SortedMap<String, Long> leftOut = new TreeMap<>();

    private HillstromProtocol(int runs) {
        this.runs = runs;
    }

    /** A customer: attributes before the e-mail, and the two weeks after. */
    private record Customer(String arm, float[] attributes, double visits, double spendMinor) {}

    /**
     * Reads the file.
     *
     * @param runs how often arms without a difference are drawn
     */
    static Protocol.Run open(EvaluationOptions options, int runs) throws IOException {
        HillstromProtocol read = new HillstromProtocol(runs);
        FileLayout.withHeader(
                        NAME,
                        "recency",
                        "history",
                        "mens",
                        "womens",
                        "zip_code",
                        "newbie",
                        "channel",
                        "segment",
                        "visit",
                        "spend")
                .read(
                        DataSetFolder.file(NAME, options.dir(), NAME),
                        read.leftOut,
                        row -> read.customers.add(customer(row)));
        return (seed, progress) -> read.run(seed);
    }

    private static Customer customer(Row row) {
        String zip = text(row, "zip_code");
        String channel = text(row, "channel");
        float[] attributes = {
            1,
            (float) number(row, "recency") / 12,
            (float) Math.log1p(number(row, "history")) / 8,
            (float) number(row, "mens"),
            (float) number(row, "womens"),
            (float) number(row, "newbie"),
            zip.equals("Urban") ? 1 : 0,
            zip.equals("Rural") ? 1 : 0,
            channel.equals("Web") ? 1 : 0,
            channel.equals("Phone") ? 1 : 0
        };
        return new Customer(text(row, "segment"), attributes, number(row, "visit"), 100 * number(row, "spend"));
    }

    /** A value by place: copies of the file lack the last column where the segment of past spend contains a comma. */
    private static String text(Row row, String column) {
        int place = row.columns().get(column);
        return row.values() == null || row.values().size() <= place
                ? row.text(column)
                : row.values().get(place).strip();
    }

    private static double number(Row row, String column) {
        return Amounts.decimal(column, text(row, column)).doubleValue();
    }

    private SeedResult run(long seed) {
        List<Customer> order = new ArrayList<>(customers);
        Collections.shuffle(order, new Random(seed));
        SeedResult result = new SeedResult();
        List<Misses> misses = misses(order, result);
        int burnIn = misses.stream()
                .filter(one -> one.capMinor() == Long.MAX_VALUE && one.trusted())
                .mapToInt(Misses::burnIn)
                .min()
                .orElse(BURN_INS[BURN_INS.length - 1]);
        double[] expected = new double[order.size()];
        for (String eMail : E_MAILS) {
            result.metric(eMail, "qini", qini(order, eMail, expected));
        }
        for (String eMail : E_MAILS) {
            replay(order, expected, eMail, burnIn, 0, result);
            replay(order, expected, eMail, burnIn, order.size(), result);
        }
        return result.fact("customers", customers.size())
                .fact("burn-in", burnIn)
                .leftOut(leftOut);
    }

    /** Draws the customers without e-mail into two arms again and again. */
    private List<Misses> misses(List<Customer> order, SeedResult result) {
        List<Customer> unmailed =
                order.stream().filter(each -> each.arm().equals(NONE)).toList();
        List<Observed> without = new ArrayList<>();
        for (Customer customer : unmailed) {
            int at = without.size();
            MaturedMeasure spend = new MaturedMeasure(
                    ShopPast.MEASURE.label(), List.of(new MaturedMeasure.Value("USD", customer.spendMinor(), 0)));
            long time = at * (DAYS * Millis.DAY) / unmailed.size();
            without.add(new Observed("customer " + at, time, time + 1, spend));
        }
        ShopPast past = new ShopPast(without, "USD", DAYS, false);
        // The look at a planned end comes on a later day than the last of its customers.
        misses(past, without.size() * (DAYS - 1) / DAYS, result);
        return misses(past, 0, result);
    }

    private List<Misses> misses(ShopPast past, long planned, SeedResult result) {
        StrategyPlan.Options options = new StrategyPlan.Options(
                0, null, new DecisionRule(ShopPast.MEASURE.label(), planned), null, null, null, List.of());
        StrategyPlan plan =
                new StrategyPlan(1, NAME, HALVES, 0, Long.MAX_VALUE, StrategyPlan.Eligibility.EVERYWHERE, options);
        Calibration calibration = new Calibration(past, plan);
        List<Misses> misses = new ArrayList<>();
        for (long cap : new long[] {Long.MAX_VALUE, past.cap()}) {
            misses.addAll(calibration.run(cap, BURN_INS, runs));
        }
        for (Misses one : misses) {
            String cap = one.capMinor() == Long.MAX_VALUE ? "no cap" : "cap " + one.capMinor() / 100;
            String end = planned == 0 ? "" : ", planned end";
            result.metric(cap + ", burn-in " + one.burnIn() + end, "A/A.missed", one.rate());
        }
        return misses;
    }

    /**
     * The interval of an e-mail against none after each customer.
     *
     * @param planned customers at the planned end; 0: none
     */
    private static void replay(
            List<Customer> order, double[] expected, String eMail, int burnIn, long planned, SeedResult result) {
        UpliftSettings settings = UpliftSettings.burningIn(burnIn);
        ArmMoments treated = spend(order, eMail);
        ArmMoments none = spend(order, NONE);
        double difference = treated.responseMean() - none.responseMean();
        UpliftAccount account = new UpliftAccount();
        account.open(1, ARMS);
        int looks = 0;
        int covered = 0;
        int decidedAt = 0;
        Interval last = Interval.UNBOUNDED;
        for (int i = 0; i < order.size(); i++) {
            Customer customer = order.get(i);
            account.enter(1, customer.arm());
            account.add(new UserObservation(customer.arm(), 1, customer.spendMinor(), expected[i]));
            long left = planned == 0 ? Long.MAX_VALUE : planned - i - 1;
            Comparison comparison =
                    UpliftReport.of(account, settings, Role.PRIMARY, left).comparison(eMail, NONE);
            Interval interval = comparison == null ? null : comparison.difference();
            if (interval != null) {
                looks++;
                covered += interval.contains(difference) ? 1 : 0;
                decidedAt = decidedAt == 0 && !interval.contains(0) ? i + 1 : decidedAt;
                last = interval;
            }
        }
        if (!last.isBounded()) {
            throw new DataException("no arm has " + burnIn + " customers: too few for an interval");
        }
        double fixed = 2
                * FIXED_LOOK
                * Math.sqrt(treated.responseVariance() / treated.count() + none.responseVariance() / none.count());
        String label = planned == 0 ? eMail : eMail + ", planned end";
        result.metric(label, "plain", difference / 100)
                .metric(label, "low", last.low() / 100)
                .metric(label, "high", last.high() / 100)
                .metric(label, WIDTH, (last.high() - last.low()) / fixed)
                .metric(label, "covered", (double) covered / Math.max(1, looks))
                .metric(label, "decided-at", decidedAt);
    }

    private static ArmMoments spend(List<Customer> order, String arm) {
        return order.stream()
                .filter(customer -> customer.arm().equals(arm))
                .reduce(ArmMoments.NONE, (sum, one) -> sum.plus(one.spendMinor(), 0), ArmMoments::merge);
    }

    /** A customer in the order of the predicted gain. */
    private record Ranked(double gain, boolean treated, double visits) {}

    /**
     * Predicts each customer's visit with and without the e-mail from the customers before, and returns the area
     * between the gain curve and the diagonal over the second half. The mean prediction is the covariate of spend.
     */
    private static double qini(List<Customer> order, String eMail, double[] expected) {
        double[] deviation = new double[2 * FEATURES];
        Arrays.fill(deviation, 0, FEATURES, 2);
        Arrays.fill(deviation, FEATURES, 2 * FEATURES, 0.3);
        double[] mean = new double[2 * FEATURES];
        mean[0] = -2;
        BayesianLogistic model = new BayesianLogistic(mean, deviation, 1e9, 10);
        List<Ranked> ranked = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            Customer customer = order.get(i);
            double with = probability(model, input(customer, true));
            double without = probability(model, input(customer, false));
            expected[i] += (with + without) / 2;
            boolean treated = customer.arm().equals(eMail);
            if (treated || customer.arm().equals(NONE)) {
                if (i >= order.size() / 2) {
                    ranked.add(new Ranked(with - without, treated, customer.visits()));
                }
                float[] input = input(customer, treated);
                model.show(input, 1);
                if (customer.visits() > 0) {
                    model.accept(input, 1);
                }
            }
        }
        ranked.sort(Comparator.comparingDouble(Ranked::gain).reversed());
        return area(ranked);
    }

    private static float[] input(Customer customer, boolean treated) {
        float[] input = Arrays.copyOf(customer.attributes(), 2 * FEATURES);
        for (int f = 0; treated && f < FEATURES; f++) {
            input[FEATURES + f] = input[f];
        }
        return input;
    }

    private static double probability(BayesianLogistic model, float[] input) {
        float[] weights = model.weights();
        double score = 0;
        for (int i = 0; i < input.length; i++) {
            score += weights[i] * input[i];
        }
        return Logistic.sigmoid(score);
    }

    /** Gain per customer if the first are treated, averaged over all shares, less half of the gain if all are. */
    private static double area(List<Ranked> ranked) {
        double[] visits = new double[2];
        double[] customers = new double[2];
        double sum = 0;
        double gain = 0;
        for (int i = 0; i < ranked.size(); i++) {
            int arm = ranked.get(i).treated() ? 1 : 0;
            visits[arm] += ranked.get(i).visits();
            customers[arm]++;
            double difference = visits[1] / Math.max(1, customers[1]) - visits[0] / Math.max(1, customers[0]);
            gain = difference * (i + 1) / ranked.size();
            sum += gain;
        }
        return sum / ranked.size() - gain / 2;
    }
}
