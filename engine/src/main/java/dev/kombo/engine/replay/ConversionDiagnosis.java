package dev.kombo.engine.replay;

import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.Shopper;
import dev.kombo.engine.shopper.LoggedDecision;
import dev.kombo.engine.shopper.OfferMaker;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.uplift.ArmMoments;
import dev.kombo.profile.ShopperKey;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.slate.Decision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Compares the conversions that the conversion model predicted with those that followed, and shows where offers have an
 * effect. Two tables by deciles of what was predicted:
 *
 * <ul>
 * <li>of the bundles of slates that were seen: how often they were bought (calibration);
 * <li>of shoppers, by the slate chosen when they were assigned, whether it was offered or, in the holdout, withheld:
 *     what they paid in the 28 days after. What the holdout pays is what shoppers pay anyway; the difference between
 *     the arms is the effect. The slate was chosen before the arms differed, so shoppers of a decile are comparable.
 * </ul>
 *
 * Not thread-safe.
 */
public final class ConversionDiagnosis {
    private static final int DECILES = 10;

    private final String treatment;
    private final String holdout;
    private final @Nullable String currency;
    private final Map<String, Predicted> decisions = new HashMap<>();
    private final Set<String> placements = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Set<String>> bought = new HashMap<>();
    private final Map<Shopper, String> entered = new HashMap<>();
    private final Map<Shopper, Double> paid = new HashMap<>();
    private final Set<String> currencies = new TreeSet<>();
    private long latest = Long.MIN_VALUE;

    /** What was predicted for the bundles of a slate. */
    private record Predicted(String arm, long closesAt, Map<String, Double> bundles) {
        double slate() {
            return bundles.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** A prediction and what followed. */
    private record Pair(double predicted, double followed, boolean held) {}

    /**
     * A tenth of what was predicted, the lowest first; predictions are the covariate.
     *
     * @param treated bundles that were seen, or shoppers of the treatment
     * @param held shoppers of the holdout
     */
    public record Decile(ArmMoments treated, ArmMoments held) {
        /** What offers add per shopper. */
        public double effect() {
            return treated.responseMean() - held.responseMean();
        }

        /** Variance of the effect's error. */
        public double effectVariance() {
            return variance(treated) + variance(held);
        }
    }

    /**
     * How much the deciles of shoppers differ beyond chance.
     *
     * @param risk variance of what they pay anyway
     * @param effect variance of what offers add
     * @param rise by how much the effect is larger in the upper half of the deciles than in the lower
     * @param riseError standard error of it
     */
    public record Spread(double risk, double effect, double rise, double riseError) {
        /** Computes it from the deciles of shoppers, in both arms of each of which there are two at least. */
        public static Spread of(List<Decile> deciles) {
            double rise = 0;
            double variance = 0;
            for (int d = 0; d < deciles.size(); d++) {
                rise += (2 * d < deciles.size() ? -2 : 2) * deciles.get(d).effect() / deciles.size();
                variance += 4 * deciles.get(d).effectVariance() / deciles.size() / deciles.size();
            }
            return new Spread(
                    beyondChance(deciles, decile -> decile.held().responseMean(), decile -> variance(decile.held())),
                    beyondChance(deciles, Decile::effect, Decile::effectVariance),
                    rise,
                    Math.sqrt(variance));
        }

        private static double beyondChance(
                List<Decile> deciles, ToDoubleFunction<Decile> mean, ToDoubleFunction<Decile> chance) {
            ArmMoments means = ArmMoments.NONE;
            double error = 0;
            for (Decile decile : deciles) {
                means = means.plus(mean.applyAsDouble(decile), 0);
                error += chance.applyAsDouble(decile) / deciles.size();
            }
            return Math.max(0, means.responseSquares() / Math.max(1, deciles.size() - 1) - error);
        }
    }

    /**
     * Creates a diagnosis without data.
     *
     * @param currency ISO 4217 code of the money that counts; null: any
     */
    public ConversionDiagnosis(String treatment, String holdout, @Nullable String currency) {
        this.treatment = treatment;
        this.holdout = holdout;
        this.currency = currency;
    }

    /** Adds a decision of the treatment or the holdout. */
    public void add(LoggedDecision logged) {
        String arm = logged.assignment().arm();
        if (!arm.equals(treatment) && !arm.equals(holdout)) {
            return;
        }
        Decision decision = logged.decision();
        Map<String, Double> bundles = new HashMap<>();
        for (int r = 0; r < decision.choices().size(); r++) {
            var candidate = decision.considered().get(decision.choices().get(r).considered());
            float[] features = candidate.features().clone();
            features[ConversionFeature.RANK.ordinal()] = (float) Math.log(r + 1.0);
            bundles.put(candidate.bundleId(), decision.conversionModel().probability(features));
        }
        placements.add(logged.placement());
        decisions.put(logged.offerId(), new Predicted(arm, logged.closesAt(), bundles));
    }

    /** Adds an outcome of the experiment. */
    public void add(Outcome outcome) {
        latest = Math.max(latest, outcome.eventTime());
        String offer = outcome.offerId();
        if (outcome.kind() == OutcomeKind.IMPRESSION && offer != null) {
            seen.add(offer);
        } else if (outcome.kind() == OutcomeKind.CONVERSION && offer != null && outcome.bundleId() != null) {
            bought.computeIfAbsent(offer, id -> new HashSet<>()).add(outcome.bundleId());
        } else if (outcome.kind() == OutcomeKind.ENTERED && outcome.shopper().userId() != null) {
            entered.put(outcome.shopper(), outcome.eventId());
        } else if (outcome.matured() != null && Measure.of(outcome.matured().measure()) == Measure.REVENUE_28D) {
            outcome.matured().values().forEach(value -> {
                currencies.add(Objects.requireNonNullElse(value.currency(), ""));
                if (currency == null || currency.equals(value.currency())) {
                    paid.put(outcome.shopper(), value.response());
                }
            });
            paid.putIfAbsent(outcome.shopper(), 0.0);
        }
    }

    /** Bundles of slates that were seen and are closed, by what was predicted; none without such slates. */
    public List<Decile> bundles() {
        List<Pair> pairs = new ArrayList<>();
        seen.forEach(offer -> {
            Predicted predicted = decisions.get(offer);
            if (predicted != null && predicted.closesAt() <= latest) {
                Set<String> taken = bought.getOrDefault(offer, Set.of());
                predicted.bundles().forEach((id, rate) -> pairs.add(new Pair(rate, taken.contains(id) ? 1 : 0, false)));
            }
        });
        return deciles(pairs);
    }

    /** Shoppers by what was predicted of their first slate, with what they paid; none without shoppers. */
    public List<Decile> shoppers() {
        List<Pair> pairs = new ArrayList<>();
        entered.forEach((shopper, eventId) -> {
            Double amount = paid.get(shopper);
            Predicted predicted = assigned(shopper, eventId);
            if (amount != null && predicted != null) {
                pairs.add(new Pair(predicted.slate(), amount, predicted.arm().equals(holdout)));
            }
        });
        return deciles(pairs);
    }

    /** The same; none where a decile has less than two shoppers of an arm, so that its effect is not known. */
    public List<Decile> comparableShoppers() {
        List<Decile> deciles = shoppers();
        boolean comparable = deciles.stream()
                .allMatch(decile ->
                        Math.min(decile.treated().count(), decile.held().count()) >= 2);
        return comparable ? deciles : List.of();
    }

    /** The event that assigned a shopper is the one that the slate was chosen for. */
    private @Nullable Predicted assigned(Shopper shopper, String eventId) {
        String key = ShopperKey.ofUser(Objects.requireNonNull(shopper.userId()));
        return placements.stream()
                .map(placement -> decisions.get(OfferMaker.offerId(key, eventId, placement)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static List<Decile> deciles(List<Pair> pairs) {
        pairs.sort(Comparator.comparingDouble(Pair::predicted));
        List<Decile> deciles = new ArrayList<>();
        for (int d = 0; d < DECILES && pairs.size() >= DECILES; d++) {
            ArmMoments treated = ArmMoments.NONE;
            ArmMoments held = ArmMoments.NONE;
            for (Pair pair : pairs.subList(pairs.size() * d / DECILES, pairs.size() * (d + 1) / DECILES)) {
                treated = pair.held() ? treated : treated.plus(pair.followed(), pair.predicted());
                held = pair.held() ? held.plus(pair.followed(), pair.predicted()) : held;
            }
            deciles.add(new Decile(treated, held));
        }
        return deciles;
    }

    /** Expected calibration error of deciles of bundles: the mean distance of what was predicted and what followed. */
    public static double calibrationError(List<Decile> deciles) {
        double sum = 0;
        double count = 0;
        for (Decile decile : deciles) {
            ArmMoments bundles = decile.treated();
            sum += bundles.count() * Math.abs(bundles.responseMean() - bundles.covariateMean());
            count += bundles.count();
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /** Currencies of what was paid; ISO 4217 codes in order. */
    public Set<String> currencies() {
        return currencies;
    }

    private static double variance(ArmMoments arm) {
        return arm.count() < 2 ? Double.POSITIVE_INFINITY : arm.responseSquares() / (arm.count() - 1) / arm.count();
    }
}
