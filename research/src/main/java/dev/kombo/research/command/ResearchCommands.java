package dev.kombo.research.command;

import dev.kombo.instance.CommandContext;
import dev.kombo.instance.ExtraCommands;
import dev.kombo.research.evaluation.BasketProtocols;
import dev.kombo.research.evaluation.BundleRecPass;
import dev.kombo.research.evaluation.HoldingsPass;
import dev.kombo.research.evaluation.Protocol;
import dev.kombo.research.evaluation.YoushuPass;
import java.util.List;

/** The commands for those who develop Kombo: evaluation, tuning and benchmark. */
public final class ResearchCommands implements ExtraCommands {
    /** The evaluation protocols of all data sets, in the order in which they are listed. */
    static final List<Protocol> PROTOCOLS = List.of(
            YoushuPass.PROTOCOL,
            BasketProtocols.ONLINE_RETAIL,
            BundleRecPass.PROTOCOL,
            BasketProtocols.NEXT_BASKET,
            HoldingsPass.PROTOCOL);

    @Override
    public List<Object> commands(CommandContext wiring) {
        return List.of(new EvaluateCommand(PROTOCOLS), new TuneCommand(PROTOCOLS), new BenchCommand());
    }
}
