package dev.kombo.research.evaluation;

import dev.kombo.catalog.Bundle;
import dev.kombo.research.data.Basket;
import dev.kombo.research.data.Baskets;
import dev.kombo.research.data.DataSetFolder;
import dev.kombo.research.data.PredictedPart;
import dev.kombo.research.evaluation.Protocol.Takes;
import dev.kombo.shop.data.OnlineRetail;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The protocols of data sets of orders: each basket of a known user is predicted from those before it. */
public final class BasketProtocols {
    /** Online Retail: invoices from June 2011 on are evaluated. */
    public static final Protocol ONLINE_RETAIL = protocol(
            OnlineRetail.NAME,
            BasketMethods.ALL,
            "the months before October 2011",
            Set.of(Takes.FROM, Takes.UNTIL, Takes.SHUFFLED_LINES),
            BasketProtocols::openOnlineRetail);

    /**
     * Any CSV of orders: which items will the last order of each shopper with at least three contain? All orders before
     * it in time, of all shoppers, are learned from.
     */
    public static final Protocol NEXT_BASKET = protocol(
            "next-basket", BasketMethods.OF_NEXT_BASKETS, "", Set.of(Takes.COLUMNS), BasketProtocols::openNextBasket);

    private static final int LEAST_BASKETS = 3;

    /** Seed of the order of shuffled lines. */
    private static final long SHUFFLE = 20110601L;

    private static final long MEASURE_FROM =
            Instant.parse("2011-06-01T00:00:00Z").toEpochMilli();

    private BasketProtocols() {}

    private static Protocol protocol(
            String dataset, List<String> methods, String chosenOn, Set<Takes> takes, Protocol.Opener opener) {
        return new Protocol(
                dataset, methods, "items.recall@20", BasketMethods.SIMPLE_OF_ITEMS, chosenOn, takes, opener);
    }

    private static Protocol.Run openOnlineRetail(EvaluationOptions options) throws IOException {
        Baskets read = Baskets.onlineRetail(options.dir(), options.testCsv()).before(options.until());
        Baskets baskets = options.shuffleLines() ? read.withShuffledLines(SHUFFLE) : read;
        long from = options.measuredFrom(
                options.part() == PredictedPart.TUNE ? MEASURE_FROM : 0,
                baskets.baskets().get(baskets.baskets().size() - 1).time());
        Predicate<Basket> measured = asked(baskets, options).and(basket -> basket.time() >= from);
        return (seed, progress) -> new BasketPass(baskets, "GBP", measured, false, options, seed)
                .run(progress)
                .fact("measured from", Instant.ofEpochMilli(from).toString());
    }

    private static Protocol.Run openNextBasket(EvaluationOptions options) throws IOException {
        Path file = DataSetFolder.file("next-basket", options.dir(), "orders", "transactions");
        Baskets baskets = Baskets.orders(file, options.columns(), options.testCsv());
        Set<String> last = baskets.last(LEAST_BASKETS);
        if (last.isEmpty()) {
            throw new DataException(file + ": nobody has " + LEAST_BASKETS + " orders: none can be predicted");
        }
        Predicate<Basket> measured = asked(baskets, options).and(basket -> last.contains(basket.key()));
        return (seed, progress) ->
                new BasketPass(baskets, Bundle.NO_CURRENCY, measured, true, options, seed).run(progress);
    }

    /** The baskets of the test part; all, if it is not predicted. */
    private static Predicate<Basket> asked(Baskets baskets, EvaluationOptions options) {
        return basket ->
                options.part() == PredictedPart.TUNE || baskets.tested().contains(basket.key());
    }
}
