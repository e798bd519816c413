package dev.kombo.lab.quality.retail;

import dev.kombo.config.KomboConfig;
import dev.kombo.lab.quality.data.Basket;
import dev.kombo.lab.quality.data.BasketLine;
import dev.kombo.lab.quality.data.Baskets;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.lab.quality.protocol.SeededSettings;
import dev.kombo.learning.NetworkSettings;
import dev.kombo.topology.EngineSettings;
import java.util.List;
import java.util.Map;

/**
 * Goes through the baskets in order of time: each is predicted, then the fusions learn from it, then the engine, line by
 * line. Baskets before a time only teach.
 */
final class BasketRun implements Protocol.Run {
    private final Baskets baskets;
    private final String currency;
    private final long measureFrom;
    private final List<String> methods;
    private final Map<String, String> settings;

    /**
     * A run over baskets.
     *
     * @param currency ISO 4217 code of all prices
     * @param measureFrom time of the first basket that counts, epoch milliseconds
     * @param settings service settings that are not to have their defaults
     */
    BasketRun(Baskets baskets, String currency, long measureFrom, List<String> methods, Map<String, String> settings) {
        this.baskets = baskets;
        this.currency = currency;
        this.measureFrom = measureFrom;
        this.methods = List.copyOf(methods);
        this.settings = Map.copyOf(settings);
    }

    @Override
    public SeedResult run(long seed, Progress progress) throws InterruptedException {
        EngineSettings engine = new EngineSettings(KomboConfig.of(SeededSettings.of(settings, seed)));
        NetworkSettings networks = engine.rankerTraining();
        BasketShop shop = new BasketShop(baskets, engine, currency);
        Means means = new Means();
        ItemTask items = new ItemTask(shop, means, methods, networks, seed);
        PropensityTask propensity = new PropensityTask(shop, methods, networks, seed);
        BundleTask bundles = new BundleTask(shop, means, methods, networks, seed, propensity);
        CompletionTask completion = new CompletionTask(shop, means, methods, networks, seed);
        int measured = 0;
        int total = baskets.baskets().size();
        for (int b = 0; b < total; b++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Basket basket = baskets.baskets().get(b);
            BasketView view = BasketView.of(basket, b, basket.time() >= measureFrom);
            measured += view.measured() ? 1 : 0;
            shop.reach(basket.time());
            items.observe(view);
            bundles.observe(view);
            completion.begin(view);
            int count = 0;
            for (BasketLine line : basket.lines()) {
                shop.buy(basket, line);
                completion.bought(line.item(), ++count);
            }
            completion.end();
            shop.close(basket);
            progress.update(b + 1L, total);
        }
        SeedResult result = new SeedResult();
        methods.forEach(method -> means.addTo(result, method));
        propensity.addTo(result);
        return result.fact("baskets", Integer.toString(total))
                .fact("baskets measured", Integer.toString(measured))
                .fact("items", Integer.toString(shop.shelf().size()))
                .fact("bundles ranked at the end", Integer.toString(shop.mined().size()))
                .fact("bundles found", Integer.toString(shop.mined().found()))
                .fact("propensity cases", Integer.toString(propensity.cases()));
    }
}
