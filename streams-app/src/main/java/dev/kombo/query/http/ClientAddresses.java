package dev.kombo.query.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.InetAddressSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells by which address a client is limited. A proxy that is declared as such stands for many clients, and names the
 * client of a request in X-Forwarded-For; a proxy that hides it, for example by the word unknown, is the client itself.
 */
public final class ClientAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(ClientAddresses.class);

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)";
    private static final String SIX = "[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*";
    private static final String ZONE = "(?:%[\\w.-]+)?";

    /** An address as proxies write it: a port may follow. */
    private static final Pattern ADDRESS = Pattern.compile("(?<four>" + OCTET + "(?:\\." + OCTET + "){3})(?::\\d+)?"
            + "|\\[(?<bracketed>" + SIX + ")" + ZONE + "](?::\\d+)?"
            + "|(?<six>" + SIX + ")" + ZONE);

    private final InetAddressSet proxies = new InetAddressSet();
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * @param proxies addresses or networks of proxies
     */
    ClientAddresses(List<String> proxies) {
        this.proxies.addAll(proxies);
    }

    /** Returns the client of a request; an unnamed one is its proxy. */
    Client of(Request request) {
        return named(request).map(Client::of).orElseGet(() -> at(connected(request)));
    }

    /** Whether the request comes from a proxy that does not name the client. */
    boolean unnamed(Request request) {
        return proxy(connected(request)) && named(request).isEmpty();
    }

    /** Returns the address that a proxy names; only proxies are believed. */
    private Optional<InetAddress> named(Request request) {
        String forwarded = request.getHeaders().getLast(HttpHeader.X_FORWARDED_FOR);
        if (forwarded == null || !proxy(connected(request))) {
            return Optional.empty();
        }
        Optional<InetAddress> named = last(forwarded);
        if (named.isEmpty() && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "The proxy {} puts something else than an IP address at the end of X-Forwarded-For, so that its"
                            + " clients share the limits of one",
                    Request.getRemoteAddr(request));
        }
        return named;
    }

    private static SocketAddress connected(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress();
    }

    boolean proxy(SocketAddress address) {
        return address instanceof InetSocketAddress internet && proxies.test(internet.getAddress());
    }

    /** Returns the client at the other end of a connection. */
    static Client at(SocketAddress address) {
        InetAddress internet = address instanceof InetSocketAddress known ? known.getAddress() : null;
        // Without an address, the client has left already.
        return internet == null ? Client.named("") : Client.of(internet);
    }

    /**
     * Returns the last address of a header in which proxies name their clients: what stands before it may be anybody's
     * invention. Empty if it is no address.
     */
    public static Optional<InetAddress> last(String header) {
        Matcher literal =
                ADDRESS.matcher(header.substring(header.lastIndexOf(',') + 1).strip());
        if (!literal.matches()) {
            return Optional.empty();
        }
        String four = literal.group("four");
        String bracketed = literal.group("bracketed");
        String address = four != null ? four : bracketed != null ? bracketed : literal.group("six");
        try {
            // Only literals come here, as a name would be looked up.
            return Optional.of(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
