package dev.kombo.lab.quality.retail;

import dev.kombo.catalog.Bundle;
import dev.kombo.lab.data.CompleteJourney;
import dev.kombo.lab.data.DataSetFolder;
import dev.kombo.lab.data.OnlineRetail;
import dev.kombo.lab.quality.data.Baskets;
import dev.kombo.lab.quality.data.PredictedPart;
import dev.kombo.lab.quality.protocol.EvaluationOptions;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.protocol.Protocol.Takes;
import dev.kombo.lab.quality.ranking.Ablations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Evaluates on baskets of known users in order of time, each predicted from those before it. */
public final class BasketProtocols {
    /** Online Retail: invoices from June 2011 on are evaluated. */
    public static final Protocol ONLINE_RETAIL = byDate(
            OnlineRetail.NAME,
            "the months before October 2011",
            new Dated("GBP", Instant.parse("2011-06-01T00:00:00Z"), Baskets::onlineRetail));

    /** Complete Journey: baskets of the last quarter of 2017 are evaluated. */
    public static final Protocol COMPLETE_JOURNEY = byDate(
            CompleteJourney.NAME,
            "",
            new Dated("USD", Instant.parse("2017-10-01T00:00:00Z"), Baskets::completeJourney));

    /**
     * Any CSV of orders: which items will the last order of each shopper with at least three contain? All orders before
     * it in time, of all shoppers, are learned from.
     */
    public static final Protocol NEXT_BASKET =
            protocol("next-basket", BasketMethods.ofNextBaskets(), "", Set.of(), BasketProtocols::openNextBasket);

    private static final int LEAST_BASKETS = 3;
    private static final long SHUFFLE = 20110601L;

    private BasketProtocols() {}

    /** Reads the data of a folder, and of a test file if it is not null. */
    @FunctionalInterface
    private interface FolderReader {
        Baskets read(Path folder, Path test) throws IOException;
    }

    /**
     * A data set that is evaluated from a date on.
     *
     * @param currency ISO 4217 code of all prices
     */
    private record Dated(String currency, Instant measureFrom, FolderReader reader) {
        Protocol.Run open(EvaluationOptions options) throws IOException {
            Baskets read = reader.read(options.dir(), options.testCsv()).before(options.until());
            Baskets baskets = options.shuffleLines() ? read.withShuffledLines(SHUFFLE) : read;
            boolean whole = options.part() == PredictedPart.TUNE;
            long from = options.measuredFrom(
                    whole ? measureFrom.toEpochMilli() : 0,
                    baskets.baskets().get(baskets.baskets().size() - 1).time());
            return (seed, progress) -> new BasketPass(
                            baskets,
                            currency,
                            basket -> basket.time() >= from
                                    && (whole || baskets.tested().contains(basket.key())),
                            false,
                            options,
                            seed)
                    .run(progress)
                    .fact("measured from", Instant.ofEpochMilli(from).toString());
        }
    }

    private static Protocol byDate(String dataset, String chosenOn, Dated dated) {
        Set<Takes> takes = Set.of(Takes.FROM, Takes.UNTIL, Takes.SHUFFLED_LINES);
        return protocol(dataset, BasketMethods.all(), chosenOn, takes, dated::open);
    }

    private static Protocol protocol(
            String dataset, List<String> methods, String chosenOn, Set<Takes> takes, Protocol.Opener opener) {
        return new Protocol(
                dataset,
                methods,
                List.copyOf(Ablations.groups().keySet()),
                "items.recall@20",
                BasketMethods.simpleOfItems(),
                chosenOn,
                takes,
                opener);
    }

    private static Protocol.Run openNextBasket(EvaluationOptions options) throws IOException {
        Path file = DataSetFolder.file("next-basket", options.dir(), "orders", "transactions");
        Baskets baskets = Baskets.orders(file, options.columns(), options.testCsv());
        boolean whole = options.part() == PredictedPart.TUNE;
        Set<String> last = baskets.last(LEAST_BASKETS);
        return (seed, progress) -> new BasketPass(
                        baskets,
                        Bundle.NO_CURRENCY,
                        basket -> last.contains(basket.key())
                                && (whole || baskets.tested().contains(basket.key())),
                        true,
                        options,
                        seed)
                .run(progress);
    }
}
