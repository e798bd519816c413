package dev.kombo.ranking.slate;

import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.Slate.RankedBundle;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.value.OfferValue.PriceLevels;
import dev.kombo.settings.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A ranking decision: everything that a slate was chosen from and how, sufficient to choose again under another goal.
 * Immutable.
 *
 * @param goal the goal of the slate
 * @param conversionModel the conversion model at the time, whether the goal uses it or not
 * @param setting what all candidates have in common
 * @param considered candidates fully valued, best first
 * @param choices one per rank from the top, at least one
 */
public record Decision(
        SlateGoal goal,
        ConversionModel conversionModel,
        Conditions setting,
        List<ConsideredCandidate> considered,
        List<Choice> choices) {

    /**
     * What all candidates of a decision have in common.
     *
     * @param defaultMmrLambda MMR lambda where a goal does not set it, above 0 up to 1
     * @param levels what prices are compared with
     * @param oddsMin {@link RankingSettings#ODDS_MIN} of the slate, 0 to 1; 0 where it was not logged
     * @param scored candidates that broke no rule; not fewer than were considered
     * @param size largest slate that was allowed
     */
    public record Conditions(double defaultMmrLambda, PriceLevels levels, double oddsMin, int scored, int size) {}

    /**
     * A rank of the slate.
     *
     * @param considered index of the bundle among those considered, from 0
     * @param propensity probability of the choice given the ranks above; above 0 up to 1
     */
    public record Choice(int considered, double propensity) {}

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException where there is no choice, or one is of a bundle that was not considered
     */
    public Decision {
        considered = List.copyOf(considered);
        choices = List.copyOf(choices);
        Range.require("choices", choices.size(), 1, considered.size());
        for (Choice choice : choices) {
            Range.require("choice", choice.considered(), 0, considered.size() - 1);
            Range.require("propensity", choice.propensity(), Double.MIN_VALUE, 1);
        }
    }

    static Decision of(
            RankingRequest request,
            ConversionModel conversionModel,
            Conditions setting,
            List<ConsideredCandidate> considered,
            Slate slate) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < considered.size(); i++) {
            numbers.put(considered.get(i).bundleId(), i);
        }
        List<Choice> choices = new ArrayList<>(slate.bundles().size());
        for (RankedBundle ranked : slate.bundles()) {
            choices.add(new Choice(
                    Objects.requireNonNull(numbers.get(ranked.entry().bundle().id())), ranked.propensity()));
        }
        return new Decision(request.goal(), conversionModel, setting, considered, choices);
    }

    /** Whether the candidates considered include all that another goal would have considered. */
    boolean covers(SlateGoal other) {
        return setting.scored() == considered.size() || other.kind() == goal.kind();
    }
}
