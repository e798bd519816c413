package dev.kombo.shop.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command {@code run} in a JVM of its own, to be killed. */
final class ServiceProcess {
    private final List<String> command = new ArrayList<>();
    private final Path output;

    ServiceProcess(Map<String, String> settings, Path output) {
        this.output = output;
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.kombo.cli.KomboMain",
                "run"));
        settings.forEach((name, value) -> command.addAll(List.of("--set", name + "=" + value)));
    }

    /** Adds an option of the JVM. */
    ServiceProcess withOption(String option) {
        command.add(1, option);
        return this;
    }

    Process start() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
