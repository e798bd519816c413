package dev.kombo.shop.simulation;

import dev.kombo.console.Figures;
import java.util.ArrayList;
import java.util.List;

/**
 * The hidden properties of a simulated shopper; none of them is published.
 *
 * @param number from 0
 * @param userId id in events
 * @param cluster cluster of preferences
 * @param priceSensitivity log-normal around 1
 * @param visitDays days of the shopper's visits, ascending, each once; day 0 is the first
 */
record SimulatedShopper(int number, String userId, int cluster, double priceSensitivity, int[] visitDays) {
    /** Standard deviation of the logarithm of the price sensitivity. */
    private static final double SENSITIVITY_SPREAD = 0.5;

    private static final long SHOPPER_SALT = 0x73686f70L;
    private static final long VISIT_SALT = 0x76697369L;

    /** Returns all shoppers of a simulation, each with the visits within its days. */
    static List<SimulatedShopper> all(SimulationSettings settings) {
        List<SimulatedShopper> shoppers = new ArrayList<>(settings.users());
        for (int number = 0; number < settings.users(); number++) {
            HashedDraws draws = new HashedDraws(settings.seed(), SHOPPER_SALT, number);
            int cluster = draws.below(Preferences.CLUSTERS);
            double sensitivity = Math.exp(SENSITIVITY_SPREAD * draws.gaussian());
            double meanGap =
                    Math.exp(ShopStatistics.GAP_LOG_MEAN + ShopStatistics.GAP_LOG_SPREAD_BETWEEN * draws.gaussian());
            String userId = Figures.text("user-%05d", number + 1);
            shoppers.add(new SimulatedShopper(number, userId, cluster, sensitivity, visits(settings, number, meanGap)));
        }
        return shoppers;
    }

    private static int[] visits(SimulationSettings settings, int number, double meanGap) {
        double spread = ShopStatistics.GAP_LOG_SPREAD_WITHIN;
        List<Integer> days = new ArrayList<>();
        // The simulation starts in the middle of a gap between visits.
        double time = meanGap * new HashedDraws(settings.seed(), VISIT_SALT, number).unit();
        for (int visit = 1; time < settings.days(); visit++) {
            if (days.isEmpty() || (int) time > days.get(days.size() - 1)) {
                days.add((int) time);
            }
            HashedDraws draws = new HashedDraws(settings.seed(), VISIT_SALT, number, visit);
            // With mean meanGap, whatever the spread; at least a day, as counted by the statistics.
            time += Math.max(1, meanGap * Math.exp(spread * draws.gaussian() - spread * spread / 2));
        }
        return days.stream().mapToInt(Integer::intValue).toArray();
    }
}
