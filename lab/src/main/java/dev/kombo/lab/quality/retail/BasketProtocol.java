package dev.kombo.lab.quality.retail;

import dev.kombo.lab.data.CompleteJourney;
import dev.kombo.lab.data.OnlineRetail;
import dev.kombo.lab.quality.data.Baskets;
import dev.kombo.lab.quality.protocol.EvaluationOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Evaluates on baskets of known users in order of time, each predicted from those before it. */
public final class BasketProtocol extends RetailProtocol {
    private static final long SHUFFLE = 20110601L;

    private final String dataset;
    private final FolderReader reader;
    private final String currency;
    private final Instant measureFrom;
    private final String chosenOn;

    /** Reads the data of a folder. */
    @FunctionalInterface
    private interface FolderReader {
        Baskets read(Path folder) throws IOException;
    }

    private BasketProtocol(String dataset, FolderReader reader, String currency, Instant measureFrom, String chosenOn) {
        this.dataset = dataset;
        this.reader = reader;
        this.currency = currency;
        this.measureFrom = measureFrom;
        this.chosenOn = chosenOn;
    }

    /** Online Retail: invoices from June 2011 on are evaluated. */
    public static BasketProtocol onlineRetail() {
        return new BasketProtocol(
                OnlineRetail.NAME,
                Baskets::onlineRetail,
                "GBP",
                Instant.parse("2011-06-01T00:00:00Z"),
                "the months before October 2011");
    }

    /** Complete Journey: baskets of the last quarter of 2017 are evaluated. */
    public static BasketProtocol completeJourney() {
        return new BasketProtocol(
                CompleteJourney.NAME, Baskets::completeJourney, "USD", Instant.parse("2017-10-01T00:00:00Z"), "");
    }

    @Override
    public String dataset() {
        return dataset;
    }

    @Override
    public List<String> methods() {
        return BasketMethods.all();
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
    public String chosenOn() {
        return chosenOn;
    }

    @Override
    public boolean takesFrom() {
        return true;
    }

    @Override
    public boolean takesShuffledLines() {
        return true;
    }

    @Override
    public Run open(EvaluationOptions options) throws IOException {
        Baskets read = reader.read(options.dir()).before(options.until());
        Baskets baskets = options.shuffleLines() ? read.withShuffledLines(SHUFFLE) : read;
        long last = baskets.baskets().get(baskets.baskets().size() - 1).time();
        long from = measuredFrom(options, measureFrom.toEpochMilli(), last);
        return (seed, progress) -> new BasketPass(
                        baskets,
                        currency,
                        basket -> basket.time() >= from,
                        false,
                        options.methods(),
                        options.settings(),
                        seed)
                .run(progress)
                .fact("measured from", Instant.ofEpochMilli(from).toString());
    }
}
