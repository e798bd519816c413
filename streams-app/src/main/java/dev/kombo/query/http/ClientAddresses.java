package dev.kombo.query.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.InetAddressSet;

/**
 * Tells by which address a client is limited. A proxy that is declared as such stands for many clients, and names the
 * client of a request in X-Forwarded-For.
 */
final class ClientAddresses {
    private static final int NETWORK_BYTES = 8;

    private final InetAddressSet proxies = new InetAddressSet();

    /**
     * @param proxies addresses or networks of proxies
     */
    ClientAddresses(List<String> proxies) {
        this.proxies.addAll(proxies);
    }

    /** Returns the address of the client; of an unnamed client, that of its proxy. */
    String of(Request request) {
        String forwarded = request.getHeaders().getLast(HttpHeader.X_FORWARDED_FOR);
        return forwarded == null || !proxy(request.getConnectionMetaData().getRemoteSocketAddress())
                ? Request.getRemoteAddr(request)
                : forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    }

    /** Whether the request comes from a proxy that does not name the client. */
    boolean unnamed(Request request) {
        return !request.getHeaders().contains(HttpHeader.X_FORWARDED_FOR)
                && proxy(request.getConnectionMetaData().getRemoteSocketAddress());
    }

    boolean proxy(SocketAddress address) {
        return address instanceof InetSocketAddress internet && proxies.test(internet.getAddress());
    }

    /** Returns an address, or the network of an IPv6 address, of which anybody has plenty. */
    static String network(SocketAddress address) {
        InetAddress internet = address instanceof InetSocketAddress known ? known.getAddress() : null;
        if (internet == null) {
            // The client has left already.
            return "";
        }
        return internet instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(internet.getAddress(), NETWORK_BYTES))
                : internet.getHostAddress();
    }
}
