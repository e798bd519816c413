package dev.kombo.lab.command;

import dev.kombo.cli.Wiring;
import dev.kombo.lab.quality.protocol.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commands that the lab adds to those of the service. */
public final class LabCommands {
    private LabCommands() {}

    /** The real service, with an embedded broker for whoever asks for one. */
    public static Wiring wiring(Map<String, String> environment) {
        return Wiring.standard(
                environment,
                Optional.of((data, fresh, settings) -> EmbeddedStack.start(DataFolder.take(data, fresh), settings)));
    }

    /** The commands, as objects with picocli's annotations. */
    public static List<Object> all(Map<String, String> environment) {
        Wiring wiring = wiring(environment);
        List<Protocol> protocols = Protocols.builtIn();
        return List.of(
                new DemoCommand(wiring),
                new ShopCommand(),
                new ReplayCommand(wiring),
                new EvaluateCommand(protocols),
                new TuneCommand(protocols),
                new SimulateCommand(wiring),
                new BenchCommand());
    }
}
