package dev.kombo.serde;

import java.net.http.HttpClient;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * TLS towards a registry. The settings are those of Kafka's clients, {@code ssl.*}, with the prefix
 * {@code schema.registry.}, as Confluent's serializers have them; without the prefix they are about the broker. Where
 * there are none, the JVM's own trust decides.
 */
final class RegistryTls {

    private static final String SSL = "ssl.";
    private static final ConfigDef DEFINITION = new ConfigDef().withClientSslSupport();

    private RegistryTls() {}

    /**
     * Gives the client the keys and the trust that the settings name.
     *
     * @throws ConfigException where a store cannot be read, or a setting is wrong or would have no effect
     */
    static void configure(HttpClient.Builder client, AvroSettings settings) {
        Map<String, Object> given = new TreeMap<>(settings.originalsWithPrefix(AvroSettings.PREFIX));
        given.keySet().removeIf(name -> !name.startsWith(SSL));
        if (given.isEmpty()) {
            return;
        }
        requireEffect(given);
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            Settings ssl = new Settings(given);
            factory.configure(ssl.values());
            client.sslContext(factory.sslContext());
            client.sslParameters(new SSLParameters(ciphers(ssl), protocols(ssl)));
        } catch (ConfigException e) {
            throw new ConfigException(AvroSettings.PREFIX + SSL + "*: " + e.getMessage());
        } catch (KafkaException e) {
            throw new ConfigException(AvroSettings.PREFIX + SSL + "*: " + e.getMessage() + reasonOf(e));
        }
    }

    /** A mistyped name must not pass as a setting, and no promise of the JDK's client may be weaker than asked for. */
    private static void requireEffect(Map<String, Object> given) {
        for (Map.Entry<String, Object> setting : given.entrySet()) {
            String name = setting.getKey();
            if (!DEFINITION.names().contains(name) || name.equals(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG)) {
                throw new ConfigException(AvroSettings.PREFIX + name + " is no setting of the registry client");
            }
            if (name.equals(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG)
                    && !"https".equalsIgnoreCase(String.valueOf(setting.getValue()))) {
                throw new ConfigException(
                        AvroSettings.PREFIX + name,
                        setting.getValue(),
                        "the registry's certificate must name its host; this cannot be switched off");
            }
        }
    }

    private static String[] ciphers(Settings ssl) {
        List<String> suites = ssl.getList(SslConfigs.SSL_CIPHER_SUITES_CONFIG);
        return suites == null || suites.isEmpty() ? null : suites.toArray(String[]::new);
    }

    private static String[] protocols(Settings ssl) {
        return ssl.getList(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG).toArray(String[]::new);
    }

    private static String reasonOf(KafkaException failure) {
        Throwable cause = failure.getCause();
        return cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
    }

    /** Why a certificate was not accepted, if that is what failed. */
    static Optional<String> certificateFault(Throwable failure) {
        String fault = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean aboutCertificate = cause instanceof CertificateException
                    || cause instanceof CertPathBuilderException
                    || cause instanceof CertPathValidatorException;
            if (aboutCertificate && cause.getMessage() != null) {
                // The innermost says it best: "unable to find valid certification path to requested target".
                fault = cause.getMessage();
            }
        }
        return Optional.ofNullable(fault);
    }

    /** The settings, parsed: passwords are wrapped and lists are split. */
    private static final class Settings extends AbstractConfig {
        Settings(Map<String, ?> given) {
            super(DEFINITION, given, false);
        }
    }
}
