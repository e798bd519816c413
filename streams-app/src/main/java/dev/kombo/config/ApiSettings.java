package dev.kombo.config;

import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Format;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.InetAddressSet;

/** Settings of the query API. */
public final class ApiSettings {
    private static final int HIGHEST_PORT = 65_535;
    private static final int LONGEST_NOTICE = 300;
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:/\\[\\]]+):\\d{1,5}");

    /** A host and port, or empty. */
    static final Format<String> HOST_AND_PORT = new Format<>("host:port", ApiSettings::address);

    public static final Setting<String> HOST = Setting.ofString("kombo.api.host", "127.0.0.1", Format.notBlank())
            .high("Address that the query API binds to. An address that other machines can reach requires"
                    + " tokens.");
    public static final Setting<Integer> PORT = Setting.ofInt("kombo.api.port", 7700, between(0, HIGHEST_PORT))
            .high("Port of the query API; 0: any free port.");
    public static final Setting<String> ADVERTISED = Setting.ofString("kombo.api.advertised", "", HOST_AND_PORT)
            .medium("Address at which other instances reach this one's query API, host:port; empty: none,"
                    + " and each instance answers only from its own stores.");
    public static final Setting<String> PEER_SECRET = Setting.ofPassword("kombo.api.peer.secret", 16)
            .medium("Secret shared by all instances, which authenticates requests between them. Required"
                    + " with kombo.api.advertised.");
    public static final Setting<Long> FORWARD_TIMEOUT = Setting.ofLong(
                    "kombo.api.forward.timeout.ms", 2000, between(50L, 60_000L))
            .low("Timeout of a request that is forwarded to another instance, in milliseconds; then a"
                    + " standby is asked.");
    public static final Setting<List<ApiToken>> TOKENS = Setting.ofList(
                    "kombo.api.tokens", "", new Format<>("name:roles:SHA-256", ApiSettings::tokens))
            .high("Tokens of the query API, as name:roles:SHA-256 of the token; roles are metrics (for"
                    + " Prometheus), read, ingest and admin, joined by +. 'kombo token' generates one. Empty: every caller on the loopback"
                    + " address may do everything.");
    public static final Setting<String> KEYSTORE = Setting.ofString("kombo.api.tls.keystore", "", Format.text())
            .medium(
                    "File with the private key and certificate of the query API, in PKCS #12, JKS or PEM. A PEM file has"
                            + " the key in PKCS #8 and the certificates. The API reloads the file when it changes. Empty: plain"
                            + " HTTP.");
    public static final Setting<String> KEYSTORE_PASSWORD = Setting.ofPassword("kombo.api.tls.keystore.password")
            .medium("Password of the keystore; in a PEM file, of the key.");
    public static final Setting<String> TRUSTSTORE = Setting.ofString("kombo.api.tls.truststore", "", Format.text())
            .medium("File with the certificates that are trusted when other instances are called: PKCS #12, JKS or PEM."
                    + " It is read again when it is changed. Empty: those that Java trusts.");
    public static final Setting<String> TRUSTSTORE_PASSWORD =
            Setting.ofPassword("kombo.api.tls.truststore.password").medium("Password of the truststore.");
    public static final Setting<String> PAGE_NOTICE = Setting.ofString(
                    "kombo.api.page.notice", "", new Format<>("at most 300 characters", ApiSettings::notice))
            .low("Sentence that the operators' page shows above every view, such as that an installation is for"
                    + " tests. Empty: none.");
    public static final Setting<Integer> BODY = Setting.ofInt("kombo.api.body.bytes", 1 << 20, between(1024, 64 << 20))
            .low("Largest body that the query API accepts, in bytes.");
    public static final Setting<Integer> RATE = Setting.ofInt(
                    "kombo.api.requests.per.second", 200, between(0, 1_000_000))
            .medium("Sustained requests per second per client of the query API, by token or address; bursts"
                    + " may be twice as many. All addresses of an IPv6 network (/64) are one client, and a /48 may"
                    + " have four times as much. Files, such as tracker.js, count for the address. 0: unlimited.");
    public static final Setting<Integer> CONCURRENCY = Setting.ofInt("kombo.api.concurrency", 32, between(1, 1000))
            .low("Most requests that the query API processes at a time, and as many again that other"
                    + " instances forward.");
    public static final Setting<Integer> CONNECTIONS = Setting.ofInt(
                    "kombo.api.connections.per.address", 512, between(1, 1_000_000))
            .low("Most connections to the query API that an address may have open, or an IPv6 network (/64);"
                    + " a /48 four times as many. Further ones are closed. Not counted for kombo.api.proxies.");
    public static final Setting<List<String>> PROXIES = Setting.ofList(
                    "kombo.api.proxies",
                    "",
                    new Format<>("addresses or networks, as 10.0.0.0/8", ApiSettings::networks))
            .medium("Addresses and networks of the proxies in front of the query API, such as 10.0.0.0/8. Many clients"
                    + " share a proxy's address, so its connections are not counted, and clients without a token are"
                    + " limited by the last address in X-Forwarded-For; those for which it is no address, such as unknown, share"
                    + " the limits of the proxy's address.");
    public static final Setting<Long> READY_LAG = Setting.ofLong(
                    "kombo.api.ready.lag.records", 100_000, between(0L, Long.MAX_VALUE))
            .medium("Most records that an instance may be behind and still be ready.");

    private ApiSettings() {}

    /** Returns contradictions between the values. */
    static List<String> contradictions(SettingValues values) {
        List<String> found = new ArrayList<>();
        String host = values.get(HOST);
        // An API without tokens trusts every caller, so it must be reachable from this machine only.
        if (values.get(TOKENS).isEmpty() && !loopback(host)) {
            found.add(HOST.name() + ": " + host + " is reached by other machines, for which " + TOKENS.name()
                    + " is needed ('kombo token' makes one); without, only 127.0.0.1 can be used");
        }
        if (!values.get(ADVERTISED).isEmpty() && values.get(PEER_SECRET) == null) {
            found.add(ADVERTISED.name() + ": other instances are asked only with " + PEER_SECRET.name());
        }
        if (values.get(KEYSTORE).isEmpty() && values.get(KEYSTORE_PASSWORD) != null) {
            found.add(KEYSTORE_PASSWORD.name() + ": there is no " + KEYSTORE.name());
        }
        if (values.get(KEYSTORE).isEmpty() && !values.get(TRUSTSTORE).isEmpty()) {
            found.add(TRUSTSTORE.name() + ": there is no " + KEYSTORE.name()
                    + ", so other instances are asked over plain HTTP");
        }
        return found;
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String notice(Object given) {
        if (given.toString().length() > LONGEST_NOTICE) {
            throw new IllegalArgumentException(given.toString().length() + " characters are given");
        }
        return given.toString();
    }

    private static String address(Object given) {
        String address = given.toString();
        if (!address.isEmpty()
                && !(ADDRESS.matcher(address).matches()
                        && Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)) <= HIGHEST_PORT)) {
            throw new IllegalArgumentException(address + " is not an address");
        }
        return address;
    }

    private static List<String> networks(Object given) {
        List<String> networks = ((List<?>) given).stream().map(Object::toString).toList();
        new InetAddressSet().addAll(networks);
        return networks;
    }

    /** An invalid entry may be a token that was written by mistake, so it is not shown. */
    private static List<ApiToken> tokens(Object given) {
        List<ApiToken> tokens = new ArrayList<>();
        for (Object text : (List<?>) given) {
            ApiToken entry = ApiToken.parse(text.toString())
                    .orElseThrow(
                            () -> new IllegalArgumentException(
                                    "entry " + (tokens.size() + 1)
                                            + " is not name:roles:SHA-256 in hexadecimal, with roles of metrics, read, ingest and admin"));
            if (tokens.stream().anyMatch(other -> other.name().equals(entry.name()))) {
                throw new IllegalArgumentException("the name " + entry.name() + " is there twice");
            }
            tokens.add(entry);
        }
        return List.copyOf(tokens);
    }
}
