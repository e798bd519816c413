package dev.kombo.shop.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.kombo.ranking.PredictedConversions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What a simulation with one seed found: true and reported uplift, and figures by arm. All uplifts are relative revenue
 * per user: 0.12 is 12 % more. Unknown values are null: an arm without users, a comparison that is too early, an
 * unbounded end of an interval.
 *
 * @param seed determines all random draws
 * @param uplifts of the first treatment and the baseline
 * @param conversions predicted and actual ones of all arms, by deciles of the predicted rate
 * @param arms figures by arm
 * @param counts counts of the shop: events, and offers, impressions, clicks and accepted bundles (conversions) of all
 *     arms; and what discounts of the first treatment cost, in all and on the dearest day, in minor units
 * @param seconds duration
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SimulationResult(
        long seed,
        @JsonUnwrapped Uplifts uplifts,
        List<PredictedConversions.Decile> conversions,
        Map<String, ArmResult> arms,
        Map<String, Long> counts,
        double seconds) {
    /**
     * What offers were worth.
     *
     * @param trueUplift of the first treatment: what its users paid from their assignment on, against what the same
     *     users pay without offers
     * @param trueUplift28d the same within 28 days of assignment: what the report estimates
     * @param reportedUplift of the same arm against the holdout, as reported by the service
     * @param popularityUplift true uplift of the baseline
     * @param oracleUplift true uplift of the first treatment's users, had the greedy oracle made their offers
     * @param expectedUplift of the first treatment: what its slates gain on average, by the hidden probabilities
     * @param oracleShare the same as a share of what the oracle's slates would gain in the same situations
     * @param oracleShareEarly the same in the first 20 days of the experiment
     * @param calibrationError expected calibration error of the conversion model, by deciles of the predicted rate
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Uplifts(
            Double trueUplift,
            Double trueUplift28d,
            Reported reportedUplift,
            Double popularityUplift,
            Double oracleUplift,
            Double expectedUplift,
            Double oracleShare,
            Double oracleShareEarly,
            Double calibrationError) {
        /** Returns the means over the runs that have a value; null if none has. */
        static Uplifts mean(List<Uplifts> runs) {
            return new Uplifts(
                    mean(runs, Uplifts::trueUplift),
                    mean(runs, Uplifts::trueUplift28d),
                    new Reported(
                            mean(runs, run -> run.reportedUplift.estimate()),
                            mean(runs, run -> run.reportedUplift.low()),
                            mean(runs, run -> run.reportedUplift.high()),
                            runs.size() == 1 ? runs.get(0).reportedUplift.verdict() : null),
                    mean(runs, Uplifts::popularityUplift),
                    mean(runs, Uplifts::oracleUplift),
                    mean(runs, Uplifts::expectedUplift),
                    mean(runs, Uplifts::oracleShare),
                    mean(runs, Uplifts::oracleShareEarly),
                    mean(runs, Uplifts::calibrationError));
        }

        private static Double mean(List<Uplifts> runs, Function<Uplifts, Double> figure) {
            OptionalDouble mean = runs.stream()
                    .map(figure)
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .average();
            return mean.isPresent() ? mean.getAsDouble() : null;
        }
    }

    /**
     * A relative difference as reported by the service.
     *
     * @param estimate the difference
     * @param low lower end of its interval
     * @param high upper end
     * @param verdict of the service
     */
    public record Reported(Double estimate, Double low, Double high, String verdict) {}

    /**
     * One arm.
     *
     * @param users number of assigned users
     * @param money what they paid since
     * @param uplift true uplift
     * @param counted counts and revenue of the shop itself; conversions are accepted bundles
     * @param reported the same as reported by the service; its conversions include bundles whose members were bought
     *     one by one
     */
    public record ArmResult(
            long users,
            @JsonUnwrapped TruthAccount.Payments money,
            Double uplift,
            ServiceReport.ArmTotals counted,
            ServiceReport.ArmTotals reported) {}
}
