package dev.kombo.lab.command;

import dev.kombo.cli.CommandException;
import dev.kombo.lab.quality.live.LivePlan;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options of an evaluation through an embedded broker. */
final class ThroughKafkaOptions {
    private static final int PARTITIONS = 4;
    private static final int INSTANCES = 2;
    private static final double RATE = 500;
    private static final Path DATA = Path.of(".kombo", "evaluate");

    @Option(
            names = "--through-kafka",
            description = "Run the service on an embedded broker instead of its classes over maps; youshu only."
                    + " Seeds run one after the other.")
    private boolean throughKafka;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "With --through-kafka: partitions of the topics; default " + PARTITIONS + ".")
    private Integer partitions;

    @Option(
            names = "--instances",
            paramLabel = "N",
            description = "With --through-kafka: instances of the service; default " + INSTANCES + ".")
    private Integer instances;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "With --through-kafka: events a second at most; default 500. The input waits where the service"
                            + " does not keep up, and the replay sweeps come as often an event as without a broker.")
    private Double rate;

    @Option(
            names = "--unpaced",
            description = "With --through-kafka: publish as fast as the broker takes it, whatever the service does.")
    private boolean unpaced;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "With --through-kafka: folder of the broker, wiped before each seed; default .kombo/evaluate.")
    private Path data;

    /** Whether the evaluation goes through a broker. */
    boolean asked() {
        return throughKafka;
    }

    /** Folder of the broker. */
    Path data() {
        return data == null ? DATA : data;
    }

    /** Refuses options that say something of a broker where none is asked for. */
    void requireConsistent() {
        if (!throughKafka && (partitions != null || instances != null || rate != null || unpaced || data != null)) {
            throw CommandException.mistake(
                    "--partitions, --instances, --rate, --unpaced and --data go with --through-kafka, which is missing");
        }
        if (unpaced && rate != null) {
            throw CommandException.mistake("--unpaced knows no rate, but --rate is " + rate + "; give one of them");
        }
    }

    /** What was asked for. */
    LivePlan plan() {
        try {
            return new LivePlan(
                    partitions == null ? PARTITIONS : partitions,
                    instances == null ? INSTANCES : instances,
                    unpaced ? LivePlan.UNPACED : rate == null ? RATE : rate);
        } catch (IllegalArgumentException e) {
            throw CommandException.mistake(e.getMessage());
        }
    }

    /** These options as they are written on a command line, all that count for the figures. */
    String written() {
        if (!throughKafka) {
            return "";
        }
        LivePlan plan = plan();
        return " --through-kafka --partitions " + plan.partitions() + " --instances " + plan.instances()
                + (unpaced ? " --unpaced" : String.format(Locale.ROOT, " --rate %.0f", plan.rate()));
    }
}
