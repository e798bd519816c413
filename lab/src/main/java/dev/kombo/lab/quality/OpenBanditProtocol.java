package dev.kombo.lab.quality;

import dev.kombo.experiment.offpolicy.Estimator;
import dev.kombo.experiment.offpolicy.LoggedSlate;
import dev.kombo.experiment.offpolicy.LoggedSlate.LoggedChoice;
import dev.kombo.experiment.offpolicy.LoggedSlate.Prediction;
import dev.kombo.experiment.offpolicy.OffPolicyAccumulator;
import dev.kombo.experiment.offpolicy.Overlap;
import dev.kombo.experiment.offpolicy.PolicyEstimate;
import dev.kombo.lab.quality.data.OpenBanditLog;
import dev.kombo.lab.quality.data.OpenBanditLog.Round;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Evaluates the off-policy estimators on the Open Bandit Dataset: the clicks per round of the Thompson policy are
 * estimated from the log of the uniform one, 100 times with rounds drawn with replacement, and compared with the clicks
 * that the Thompson policy's own log shows.
 *
 * @param logged log of another policy
 * @param policy probability of each item at each position
 * @param truth the policy's clicks per round
 */
public record OpenBanditProtocol(OpenBanditLog logged, double[][] policy, double truth) {
    private static final String ERROR = "relative-error";
    private static final String DIRECT = "direct";
    private static final String RECOMMENDED = "recommended";
    private static final List<String> METHODS = Stream.concat(
                    Stream.of(Estimator.values()).map(OpenBanditProtocol::name), Stream.of(DIRECT, RECOMMENDED))
            .toList();

    /** The protocol. */
    public static final Protocol PROTOCOL = new Protocol(
            OpenBanditLog.NAME, METHODS, List.of(), ERROR, List.of(), "", Set.of(), OpenBanditProtocol::open);

    private static final int BOOTSTRAPS = 100;

    /** Rounds at which an item's own rate of clicks is trusted by half. */
    private static final double DOUBTED_ROUNDS = 100;

    private static Protocol.Run open(EvaluationOptions options) throws IOException {
        OpenBanditLog logged = OpenBanditLog.read(options.dir(), "random");
        List<Round> other = OpenBanditLog.read(options.dir(), "bts").rounds();
        int items = 1
                + Stream.concat(logged.rounds().stream(), other.stream())
                        .mapToInt(Round::item)
                        .max()
                        .orElseThrow();
        double truth = other.stream().filter(Round::clicked).count() / (double) other.size();
        OpenBanditProtocol read = new OpenBanditProtocol(logged, shares(other, items), truth);
        return (seed, progress) -> read.run(seed);
    }

    private static String name(Estimator estimator) {
        return estimator.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the policy shows at each position, on average: its probabilities follow its clicks by the hour. */
    private static double[][] shares(List<Round> rounds, int items) {
        double[][] shares = new double[OpenBanditLog.POSITIONS][items];
        double[] shown = new double[OpenBanditLog.POSITIONS];
        for (Round round : rounds) {
            shares[round.position()][round.item()]++;
            shown[round.position()]++;
        }
        for (int p = 0; p < shares.length; p++) {
            for (int i = 0; i < items; i++) {
                shares[p][i] /= Math.max(1, shown[p]);
            }
        }
        return shares;
    }

    private SeedResult run(long seed) {
        Map<String, List<Double>> errors = new LinkedHashMap<>();
        for (int b = 0; b < BOOTSTRAPS; b++) {
            Random random = new Random(seed * BOOTSTRAPS + b);
            List<Round> drawn = new ArrayList<>();
            for (int i = 0; i < logged.rounds().size(); i++) {
                drawn.add(logged.rounds().get(random.nextInt(logged.rounds().size())));
            }
            errors(drawn)
                    .forEach((method, error) -> errors.computeIfAbsent(method, none -> new ArrayList<>())
                            .add(error));
        }
        SeedResult result = new SeedResult();
        errors.forEach((method, values) -> {
            Spread spread = Spread.of(values);
            result.metric(method, ERROR, spread.mean()).metric(method, "sd", spread.sd());
        });
        return result.fact("clicks per round of the policy", String.format(Locale.ROOT, "%.4f", truth))
                .leftOut(logged.leftOut());
    }

    /** The relative error of each method on some rounds. */
    Map<String, Double> errors(List<Round> rounds) {
        List<Round> first = rounds.subList(0, rounds.size() / 2);
        List<Round> second = rounds.subList(rounds.size() / 2, rounds.size());
        OffPolicyAccumulator slates = new OffPolicyAccumulator();
        // A model predicts only rounds that it has not learned from.
        double expected = add(first, rates(second), slates) + add(second, rates(first), slates);
        Map<String, Double> values = new LinkedHashMap<>();
        for (Estimator estimator : Estimator.values()) {
            values.put(name(estimator), value(slates, estimator));
        }
        values.put(DIRECT, expected / rounds.size());
        values.put(RECOMMENDED, value(slates, slates.recommended()));
        values.replaceAll((method, value) -> Math.abs(value - truth) / truth);
        return values;
    }

    private static double value(OffPolicyAccumulator slates, Estimator estimator) {
        return ((PolicyEstimate) slates.value(estimator, Overlap.Limits.standard())).value();
    }

    /** Rates of clicks by position and item, shrunk to the item's rate, and that to the mean. */
    private double[][] rates(List<Round> rounds) {
        int items = policy[0].length;
        double[][] clicks = new double[OpenBanditLog.POSITIONS + 1][items];
        double[][] shown = new double[OpenBanditLog.POSITIONS + 1][items];
        double all = 0;
        for (Round round : rounds) {
            double click = round.clicked() ? 1 : 0;
            all += click;
            for (int p : new int[] {round.position(), OpenBanditLog.POSITIONS}) {
                clicks[p][round.item()] += click;
                shown[p][round.item()]++;
            }
        }
        double[][] rates = new double[OpenBanditLog.POSITIONS][items];
        for (int i = 0; i < items; i++) {
            double ofItem =
                    shrunk(clicks[OpenBanditLog.POSITIONS][i], shown[OpenBanditLog.POSITIONS][i], all / rounds.size());
            for (int p = 0; p < OpenBanditLog.POSITIONS; p++) {
                rates[p][i] = shrunk(clicks[p][i], shown[p][i], ofItem);
            }
        }
        return rates;
    }

    private static double shrunk(double clicks, double shown, double towards) {
        return (clicks + DOUBTED_ROUNDS * towards) / (shown + DOUBTED_ROUNDS);
    }

    /** Adds rounds; returns the sum of what the model expects of the policy. */
    private double add(List<Round> rounds, double[][] rates, OffPolicyAccumulator slates) {
        double sum = 0;
        for (Round round : rounds) {
            double expected = 0;
            for (int i = 0; i < policy[0].length; i++) {
                expected += policy[round.position()][i] * rates[round.position()][i];
            }
            sum += expected;
            Prediction prediction = new Prediction(rates[round.position()][round.item()], expected);
            slates.add(new LoggedSlate(
                    List.of(new LoggedChoice(
                            round.propensity(),
                            policy[round.position()][round.item()],
                            0,
                            round.clicked() ? 1 : 0,
                            prediction)),
                    prediction));
        }
        return sum;
    }
}
