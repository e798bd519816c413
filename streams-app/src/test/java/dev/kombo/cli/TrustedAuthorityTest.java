package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.ApiSettings;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask an instance whose certificate no public authority has signed. */
class TrustedAuthorityTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private final Console console = new Console();

    @Test
    void shouldTrustTheAuthorityThatIsNamedAndSayHowToNameIt() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Path authority = folder.resolve("ca.pem");
        keytool(keys, "-genkeypair", "-keyalg", "EC", "-dname", "CN=kombo", "-ext", "SAN=ip:127.0.0.1");
        keytool(keys, "-exportcert", "-rfc", "-file", authority.toString());
        Map<String, String> settings =
                Map.of(ApiSettings.KEYSTORE.name(), keys.toString(), ApiSettings.KEYSTORE_PASSWORD.name(), PASSWORD);
        try (QueryApi api = QueryApi.start(ScriptedSources.config(settings), console.service.sources.sources())) {
            assertThat(console.run("report", "--url", api.url(), "--cacert", authority.toString()))
                    .as(console.errors())
                    .isZero();

            assertThat(console.run("report", "--url", api.url())).isEqualTo(1);
            assertThat(console.errors()).contains("--cacert names the file");

            assertThat(console.run(
                            "report",
                            "--url",
                            api.url(),
                            "--cacert",
                            folder.resolve("absent").toString()))
                    .isEqualTo(2);
            assertThat(console.errors()).contains("absent cannot be used");
        }
    }

    private void keytool(Path keystore, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-alias", "api", "-storetype", "PKCS12", "-keystore", keystore.toString(), "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.out").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }
}
