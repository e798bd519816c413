package dev.kombo.config;

import java.util.List;

/** Checks that need more than one setting. */
final class CrossChecks {
    private CrossChecks() {}

    static void run(KomboConfig config, List<String> problems) {
        atMost(config, problems, KomboConfig.RULE_PRICE_MIN, KomboConfig.RULE_PRICE_MAX);
        atMost(config, problems, KomboConfig.POPULARITY_SHORT, KomboConfig.POPULARITY_LONG);
        if (config.getInt(KomboConfig.RANKER_RERANK) > config.getInt(KomboConfig.RANKING_CANDIDATES)) {
            problems.add(KomboConfig.RANKER_RERANK + ": " + config.getInt(KomboConfig.RANKER_RERANK)
                    + " must not be above " + KomboConfig.RANKING_CANDIDATES + ", "
                    + config.getInt(KomboConfig.RANKING_CANDIDATES));
        }
        if (config.getInt(KomboConfig.MINING_SUPPORT_MIN) > config.getInt(KomboConfig.MINING_SUPPORT_MAX)) {
            problems.add(KomboConfig.MINING_SUPPORT_MIN + ": must not be above " + KomboConfig.MINING_SUPPORT_MAX);
        }
    }

    private static void atMost(KomboConfig config, List<String> problems, String smaller, String larger) {
        if (config.getLong(smaller) > config.getLong(larger)) {
            problems.add(smaller + ": " + config.getLong(smaller) + " must not be above " + larger + ", "
                    + config.getLong(larger));
        }
    }
}
