package dev.kombo.lab;

import dev.kombo.cli.KomboCommandLine;
import dev.kombo.lab.command.LabCommands;

/** Entry point of the launcher: all commands of the service, with an embedded broker, and those of the lab. */
public final class LabMain {
    private LabMain() {}

    public static void main(String[] arguments) {
        System.exit(KomboCommandLine.create(LabCommands.wiring(System.getenv()), LabCommands.all(System.getenv()))
                .execute(arguments));
    }
}
