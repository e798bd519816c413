package dev.kombo.cli;

import picocli.CommandLine.Option;

/** Options of commands that ask a running instance. */
final class QueryOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:7700",
            description = "Query API of a running instance; default ${DEFAULT-VALUE}.")
    String url;

    @Option(names = "--json", description = "Print the API's answer as it is.")
    boolean json;
}
