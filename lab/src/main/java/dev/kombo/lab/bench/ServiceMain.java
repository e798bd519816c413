package dev.kombo.lab.bench;

import dev.kombo.cli.KomboMain;
import dev.kombo.lab.kafka.ChildJvm;

/** Starts the service as in production; it ends with the benchmark that started it. */
final class ServiceMain {
    private ServiceMain() {}

    public static void main(String[] arguments) {
        ChildJvm.endWithParent(System.in);
        KomboMain.main(arguments);
    }
}
