package dev.kombo.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
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
        api(config, problems);
    }

    /** An API without tokens trusts everybody who reaches it: that must be this machine alone. */
    private static void api(KomboConfig config, List<String> problems) {
        String host = config.getString(KomboConfig.API_HOST);
        if (config.getList(KomboConfig.API_TOKENS).isEmpty() && !loopback(host)) {
            problems.add(KomboConfig.API_HOST + ": " + host + " is reached by other machines, for which "
                    + KomboConfig.API_TOKENS
                    + " is needed ('kombo token' makes one); without, only 127.0.0.1 can be used");
        }
        if (config.getString(KomboConfig.API_KEYSTORE).isEmpty()) {
            if (config.getPassword(KomboConfig.API_KEYSTORE_PASSWORD) != null) {
                problems.add(KomboConfig.API_KEYSTORE_PASSWORD + ": there is no " + KomboConfig.API_KEYSTORE);
            }
            if (!config.getString(KomboConfig.API_TRUSTSTORE).isEmpty()) {
                problems.add(KomboConfig.API_TRUSTSTORE + ": there is no " + KomboConfig.API_KEYSTORE
                        + ", so other instances are asked over plain HTTP");
            }
        }
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static void atMost(KomboConfig config, List<String> problems, String smaller, String larger) {
        if (config.getLong(smaller) > config.getLong(larger)) {
            problems.add(smaller + ": " + config.getLong(smaller) + " must not be above " + larger + ", "
                    + config.getLong(larger));
        }
    }
}
