package dev.kombo.console;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of commands that query a running instance. */
public final class QueryOptions {
    /** Address that commands query by default. */
    public static final String DEFAULT_URL = "http://127.0.0.1:7700";

    /** Environment variable with the token; an option would be visible in the list of processes. */
    private static final String TOKEN = "KOMBO_API_TOKEN";

    private static final String AUTHORITY = "KOMBO_API_CACERT";

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = QueryOptions.DEFAULT_URL,
            description =
                    "Query API of a running instance; default ${DEFAULT-VALUE}. Its token, if it needs one, is taken from the environment variable "
                            + TOKEN + ".")
    public String url;

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            description =
                    "PEM file with the certificate of the authority that an https:// address is trusted by; default:"
                            + " the environment variable " + AUTHORITY + ", else what Java trusts.")
    private Path authority;

    @Option(names = "--json", description = "Print the API's JSON response unchanged.")
    public boolean json;

    private final Map<String, String> environment;

    /**
     * Creates unset options.
     *
     * @param environment environment variables of the process
     */
    public QueryOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Token of the query API, or null. */
    public String token() {
        return environment.get(TOKEN);
    }

    /** File with the certificate of the authority to trust, or null: those that Java trusts. */
    public Path authority() {
        String given = environment.get(AUTHORITY);
        return authority == null && given != null ? Path.of(given) : authority;
    }
}
