package dev.kombo.cli;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.ApiToken;
import dev.kombo.console.CommandException;
import dev.kombo.console.PrintingCommand;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Generates a token for the query API. It is stored nowhere: the setting holds only its hash. */
@Command(
        name = "token",
        description = "Generates a token for the query API, and the entry of kombo.api.tokens that admits it.")
final class TokenCommand extends PrintingCommand {
    private static final int BYTES = 32;

    /** Roles that a token can have. */
    enum GivenRole {
        METRICS,
        READ,
        INGEST,
        ADMIN
    }

    @Parameters(
            paramLabel = "NAME",
            description = "Name of the token's owner: letters, digits, dots, dashes and underscores.")
    private String name;

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "One of ${COMPLETION-CANDIDATES}; may be repeated.")
    private Set<GivenRole> roles = new LinkedHashSet<>();

    @Override
    protected boolean run(PrintWriter out) {
        byte[] drawn = new byte[BYTES];
        new SecureRandom().nextBytes(drawn);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
        String words =
                roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining("+"));
        String entry = name + ":" + words + ":" + ApiToken.hash(token);
        if (ApiToken.parse(entry).isEmpty()) {
            throw CommandException.mistake(
                    name + " is not a valid token name; expected letters, digits, dots, dashes and underscores");
        }
        out.println("Token, for " + name + " only:  " + token);
        out.println("Entry of " + ApiSettings.TOKENS.name() + ":  " + entry);
        return true;
    }
}
