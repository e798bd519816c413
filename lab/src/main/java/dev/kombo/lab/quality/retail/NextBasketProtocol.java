package dev.kombo.lab.quality.retail;

import dev.kombo.catalog.Bundle;
import dev.kombo.lab.data.DataSetFolder;
import dev.kombo.lab.quality.data.Basket;
import dev.kombo.lab.quality.data.Baskets;
import dev.kombo.lab.quality.protocol.EvaluationOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Evaluates on any CSV of orders: which items will the last order of each shopper with at least three contain? All
 * orders before it in time, of all shoppers, are learned from.
 */
public final class NextBasketProtocol extends RetailProtocol {
    private static final int LEAST_BASKETS = 3;

    @Override
    public String dataset() {
        return "next-basket";
    }

    @Override
    public List<String> methods() {
        return BasketMethods.ofNextBaskets();
    }

    @Override
    public String metric() {
        return BasketPass.METRIC;
    }

    @Override
    public List<String> simpleMethods() {
        return BasketMethods.simpleOfItems();
    }

    @Override
    public Run open(EvaluationOptions options) throws IOException {
        Path file = DataSetFolder.file(dataset(), options.dir(), "orders", "transactions");
        Baskets baskets = Baskets.orders(file, Map.of());
        Set<Basket> last = baskets.last(LEAST_BASKETS);
        return (seed, progress) -> new BasketPass(
                        baskets, Bundle.NO_CURRENCY, last::contains, true, options.methods(), options.settings(), seed)
                .run(progress);
    }
}
