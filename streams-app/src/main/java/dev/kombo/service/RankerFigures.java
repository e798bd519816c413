package dev.kombo.service;

import dev.kombo.metric.KomboMetric;
import dev.kombo.ops.Metrics.Figure;
import dev.kombo.ranking.contest.Contest;
import dev.kombo.ranking.contest.Contestant;
import dev.kombo.ranking.contest.Occasion;
import java.util.ArrayList;
import java.util.List;

/** Gauges of how well each ranker ranks, and of which one is used. */
final class RankerFigures {
    private RankerFigures() {}

    /** Returns what each ranker gained on each occasion, and which one ranks; gains only where choices were counted. */
    static List<Figure> of(Contest contest) {
        List<Figure> figures = new ArrayList<>();
        for (Occasion occasion : Occasion.values()) {
            long choices = contest.choices(occasion);
            figures.add(new Figure(KomboMetric.RANKER_CHOICES, List.of(occasion.label()), choices));
            for (Contestant ranker : Contestant.values()) {
                List<String> about = List.of(occasion.label(), ranker.label());
                int inForce = contest.champion(occasion) == ranker ? 1 : 0;
                figures.add(new Figure(KomboMetric.RANKER_IN_FORCE, about, inForce));
                if (choices > 0) {
                    figures.add(new Figure(KomboMetric.RANKER_GAIN, about, contest.gain(occasion, ranker)));
                }
            }
        }
        return figures;
    }
}
